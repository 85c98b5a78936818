package postil_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"postil"
)

// ldAnnotator knows terms in several scripts, with and without definitions.
func ldAnnotator(t testing.TB) *postil.Annotator {
	data, err := postil.Compile([]postil.Term{
		{ID: "agi", Label: "Artificial general intelligence", Abbreviations: []string{"AGI"}, Definition: "A <b>machine</b> & \"more\".",
			Sources: []postil.Source{{Title: "Encyclopedia", URL: "https://example.org/agi"}, {Title: "A book"}}},
		{ID: "law/ai act é", Label: "AI Act", Language: "fr", Definition: "Un règlement."},
		{ID: "bare", Label: "Größenvorteil"},
		{ID: "ja", Label: "機械学習", Definition: "学習。"},
	}, postil.CompileOptions{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

var ldTexts = []string{
	"On AGI.",
	"AGI",
	"😀 AGI 👩‍👩‍👧 and e\u0301 AGI of the AI Act, in Größenvorteil, at considerable length\r\n so that AGI is far from the start",
	"それは機械学習です。機械学習は人工知能の一分野であり、データから規則を学習する方法を研究する分野である。機械学習。",
	strings.Repeat("x", 100) + " AGI " + strings.Repeat("y", 100),
	strings.Repeat("👨‍👩‍👧‍👦", 20) + " AGI " + strings.Repeat("🇫🇷", 50),
	strings.Repeat("\u0e01\u0e33", 40) + " AGI " + strings.Repeat("क्ष", 40) + " AGI " + strings.Repeat("\u1112\u1161\u11ab", 40),
	strings.Repeat("a\u0301\u0302", 40) + " AGI \u0301" + strings.Repeat("o\u0308", 40),
	"\"\\\u2028<script>AGI</script>\u0000",
}

// TestJSONLD checks what the W3C Web Annotation Data Model demands, by its
// sections, of every page.
func TestJSONLD(t *testing.T) {
	a := ldAnnotator(t)
	for i, text := range ldTexts {
		for _, offsets := range []postil.Offsets{postil.UTF8, postil.UTF16, postil.UTF32} {
			for _, ld := range []postil.LinkedData{{}, {Source: "https://example.org/a?b=c", Terms: "https://example.org/v1/terms/"}} {
				o := postil.Options{Offsets: offsets, MinScore: -1}
				plain, err := a.Annotate(text, o)
				if err != nil {
					t.Fatal(err)
				}
				html, err := a.AnnotateHTML("<title>no AGI</title><p>"+strings.NewReplacer("AGI", "A<b>G</b>I", "<", "&lt;").Replace(text), o)
				if err != nil {
					t.Fatal(err)
				}
				c := ldCheck{T: t, where: fmt.Sprintf("text %d", i), ld: ld}
				c.page(plain.AppendJSONLD(nil, ld), text, len(plain.Annotations))
				c.where += " as HTML"
				c.page(html.AppendJSONLD(nil, ld), "", len(html.Annotations))
			}
		}
	}
}

// ldCheck checks one page.
type ldCheck struct {
	*testing.T
	where string
	ld    postil.LinkedData
	ids   map[string]bool
}

type object = map[string]any

func (c *ldCheck) fail(section, format string, values ...any) {
	c.Helper()
	c.Errorf("%s: section %s: %s", c.where, section, fmt.Sprintf(format, values...))
}

// page checks section 5. With a text it checks that the selectors select.
func (c *ldCheck) page(data []byte, text string, total int) {
	c.Helper()
	var page object
	if err := json.Unmarshal(data, &page); err != nil || !utf8.Valid(data) {
		c.Fatalf("%s: %v in %s", c.where, err, data)
	}
	c.ids = map[string]bool{}
	if page["@context"] != "http://www.w3.org/ns/anno.jsonld" {
		c.fail("5.2", "the context is %v", page["@context"])
	}
	if total == 0 {
		c.collection(page, 0)
		if page["items"] != nil || page["first"] != nil {
			c.fail("5.1", "an empty collection has pages")
		}
		return
	}
	c.iri("5.2", page["id"])
	if page["type"] != "AnnotationPage" {
		c.fail("5.2", "the type is %v", page["type"])
	}
	if page["startIndex"] != 0.0 || page["next"] != nil || page["prev"] != nil {
		c.fail("5.2", "the only page is not the first and last")
	}
	part, _ := page["partOf"].(object)
	c.collection(part, total)
	items, _ := page["items"].([]any)
	if len(items) != total || total == 0 {
		c.fail("5.2", "%d items, want %d", len(items), total)
	}
	for _, x := range items {
		item, _ := x.(object)
		c.annotation(item, []rune(text))
	}
}

func (c *ldCheck) collection(o object, total int) {
	c.iri("5.1", o["id"])
	if o["type"] != "AnnotationCollection" || o["total"] != float64(total) {
		c.fail("5.1", "type %v, total %v, want %d", o["type"], o["total"], total)
	}
	if _, ok := o["label"].(string); !ok {
		c.fail("5.1", "the label is %v", o["label"])
	}
}

// iri checks that an id is an IRI, and no other thing's.
func (c *ldCheck) iri(section string, v any) {
	c.Helper()
	s, _ := v.(string)
	if u, err := url.Parse(s); err != nil || !u.IsAbs() || strings.ContainsAny(s, " <>\"{}|\\^`") {
		c.fail(section, "%v is no IRI", v)
	}
	if c.ids[s] {
		c.fail(section, "the id %s occurs twice", s)
	}
	c.ids[s] = true
}

// annotation checks sections 3.1 and 3.3.5, motivation and purpose.
func (c *ldCheck) annotation(o object, text []rune) {
	c.iri("3.1", o["id"])
	if o["type"] != "Annotation" {
		c.fail("3.1", "the type is %v", o["type"])
	}
	if o["@context"] != nil {
		c.fail("3.1", "a context inside the page")
	}
	if o["motivation"] != "identifying" {
		c.fail("3.3.5", "the motivation is %v", o["motivation"])
	}
	bodies, _ := o["body"].([]any)
	if len(bodies) == 0 {
		c.fail("3.1", "no body")
	}
	for _, b := range bodies {
		c.body(b.(object))
	}
	target, ok := o["target"].(object)
	if !ok {
		c.fail("3.1", "the target is %v", o["target"])
	}
	c.target(target, text)
}

// body checks sections 3.2.4, textual bodies, and 4, specific resources.
func (c *ldCheck) body(o object) {
	switch o["type"] {
	case "TextualBody":
		if s, ok := o["value"].(string); !ok || s == "" {
			c.fail("3.2.4", "the value is %v", o["value"])
		}
		if o["format"] != "text/plain" || o["purpose"] != "describing" || o["language"] == "" || o["language"] == nil {
			c.fail("3.2.4", "format %v, purpose %v, language %v", o["format"], o["purpose"], o["language"])
		}
	case "SpecificResource":
		source, _ := o["source"].(object)
		id, _ := source["id"].(string)
		delete(c.ids, id) // terms occur often
		c.iri("4", source["id"])
		if want := c.ld.Terms + url.PathEscape(source["schema:termCode"].(string)); c.ld.Terms != "" && id != want {
			c.fail("4", "the term is %s, want %s", id, want)
		}
		if source["type"] != "schema:DefinedTerm" || source["schema:name"] == "" || o["purpose"] != "identifying" {
			c.fail("4", "%v", o)
		}
	default:
		c.fail("3.2", "a body of type %v", o["type"])
	}
}

// target checks sections 4.2.4 and 4.2.5, the selectors.
func (c *ldCheck) target(o object, text []rune) {
	source, _ := o["source"].(string)
	delete(c.ids, source)
	c.iri("4", source)
	if c.ld.Source != "" && source != c.ld.Source || c.ld.Source == "" && !regexp.MustCompile(`^ni:///sha-256;[A-Za-z0-9_-]{43}$`).MatchString(source) {
		c.fail("4", "the source is %s", source)
	}
	selectors, _ := o["selector"].([]any)
	if len(selectors) != 2 {
		c.Fatalf("%s: selectors %v", c.where, o["selector"])
	}
	quote, position := selectors[0].(object), selectors[1].(object)
	exact, ok1 := quote["exact"].(string)
	prefix, ok2 := quote["prefix"].(string)
	suffix, ok3 := quote["suffix"].(string)
	if quote["type"] != "TextQuoteSelector" || !ok1 || !ok2 || !ok3 || exact == "" {
		c.fail("4.2.4", "%v", quote)
	}
	if n := max(utf8.RuneCountInString(prefix), utf8.RuneCountInString(suffix)); n > 32 {
		c.fail("4.2.4", "%d code points around it", n)
	}
	start, ok1 := position["start"].(float64)
	end, ok2 := position["end"].(float64)
	if position["type"] != "TextPositionSelector" || !ok1 || !ok2 || start < 0 || end <= start || start != float64(int(start)) || end != float64(int(end)) {
		c.fail("4.2.5", "%v", position)
	}
	if len(text) == 0 {
		return
	}
	from, to := int(start), int(end)
	if string(text[from:to]) != exact || !strings.HasSuffix(string(text[:from]), prefix) || !strings.HasPrefix(string(text[to:]), suffix) {
		c.fail("4.2.5", "[%d, %d) is %q, quoted as %q %q %q", from, to, string(text[from:to]), prefix, exact, suffix)
	}
	ends := clusters(string(text))
	for _, at := range []int{from - utf8.RuneCountInString(prefix), to + utf8.RuneCountInString(suffix)} {
		if _, ok := slices.BinarySearch(ends, at); !ok {
			c.fail("4.2.4", "a quotation ends within a grapheme cluster at %d", at)
		}
	}
}

// clusters are the boundaries of grapheme clusters, in code points.
func clusters(s string) (ends []int) {
	n, state := 0, -1
	for ends = append(ends, 0); s != ""; ends = append(ends, n) {
		var cluster string
		cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		n += utf8.RuneCountInString(cluster)
	}
	return ends
}

// TestJSONLDWords checks that quotations are whole words where there are words,
// and something where there are none.
func TestJSONLDWords(t *testing.T) {
	cases := []struct{ text, prefix, suffix string }{
		{"AGI", "", ""},
		{"On AGI.", "On ", "."},
		{"The quick brown fox jumps over the lazy AGI and then it rests for a long while", "brown fox jumps over the lazy ", " and then it rests for a long"},
		{strings.Repeat("x", 100) + " AGI " + strings.Repeat("y", 100), strings.Repeat("x", 31) + " ", " " + strings.Repeat("y", 31)},
		{"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五 AGI", "五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五 ", ""},
	}
	a := ldAnnotator(t)
	for _, c := range cases {
		r, err := a.Annotate(c.text, postil.Options{MinScore: -1})
		if err != nil || len(r.Annotations) != 1 {
			t.Fatal(err, r)
		}
		var page struct {
			Items []struct {
				Target struct {
					Selector []struct{ Prefix, Suffix string }
				}
			}
		}
		if err := json.Unmarshal(r.AppendJSONLD(nil, postil.LinkedData{}), &page); err != nil {
			t.Fatal(err)
		}
		if got := page.Items[0].Target.Selector[0]; got.Prefix != c.prefix || got.Suffix != c.suffix {
			t.Errorf("%q: got %q and %q, want %q and %q", c.text, got.Prefix, got.Suffix, c.prefix, c.suffix)
		}
	}
}

// TestJSONLDStable checks that ids stay, and differ where what they name does.
func TestJSONLDStable(t *testing.T) {
	a := ldAnnotator(t)
	page := func(text string, o postil.Options) string {
		r, err := a.Annotate(text, o)
		if err != nil {
			t.Fatal(err)
		}
		return string(r.AppendJSONLD(nil, postil.LinkedData{}))
	}
	one := page("AGI and the AI Act", postil.Options{})
	if again := page("AGI and the AI Act", postil.Options{Offsets: postil.UTF8}); again != one {
		t.Errorf("got %s, then %s", one, again)
	}
	ids := regexp.MustCompile(`"id":"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}","type":"Annotation[PC",]`)
	all := ids.FindAllString(one, -1)
	some := ids.FindAllString(page("AGI and the AI Act", postil.Options{Terms: []string{"agi"}}), -1)
	if len(all) != 4 || len(some) != 3 || all[0] == some[0] || all[1] == some[1] || all[2] != some[2] {
		t.Errorf("ids %q, of some terms %q", all, some)
	}
	if other := ids.FindAllString(page("AGI and the AI Act.", postil.Options{}), -1); len(other) != 4 || other[2] == all[2] {
		t.Errorf("another document has the id %s", all[2])
	}
}

func TestTermIRI(t *testing.T) {
	const base = "https://example.org/v1/terms/"
	for id, want := range map[string]string{
		"agi":        "agi",
		"law/ai act": "law%2Fai%20act",
		"a:b@c+d&e$": "a%3Ab%40c%2Bd%26e%24",
		"größe~._-":  "gr%C3%B6%C3%9Fe~._-",
		"..":         "..",
		"<\"%>":      "%3C%22%25%3E",
	} {
		got := postil.LinkedData{Terms: base}.TermIRI(id)
		if got != base+want {
			t.Errorf("%q: got %s, want %s", id, got, base+want)
		}
		if back, err := url.PathUnescape(strings.TrimPrefix(got, base)); back != id || err != nil {
			t.Errorf("%s is %q again (%v), was %q", got, back, err, id)
		}
	}
}

// FuzzJSONLD checks the pages of anything.
func FuzzJSONLD(f *testing.F) {
	for _, text := range ldTexts {
		f.Add(text)
	}
	a := ldAnnotator(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		c := ldCheck{T: t, where: "plain text"}
		text += " AGI " + text
		r, err := a.Annotate(text, postil.Options{MinScore: -1, Overlaps: postil.OverlapsAll})
		if err != nil {
			t.Fatal(err)
		}
		c.page(r.AppendJSONLD(nil, c.ld), text, len(r.Annotations))
		c.where = "HTML"
		if r, err = a.AnnotateHTML(text, postil.Options{MinScore: -1}); err != nil {
			t.Fatal(err)
		}
		c.page(r.AppendJSONLD(nil, c.ld), "", len(r.Annotations))
	})
}
