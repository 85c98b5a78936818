package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"postil/internal/index"
	"postil/internal/text"
)

// compile builds a dictionary whose term i has the form written[i].
func compile(t testing.TB, written ...string) *Dictionary {
	t.Helper()
	b := Builder{Language: text.English()}
	for i, w := range written {
		if err := b.Add(Form{Term: uint32(i), Written: w, Exact: capitals(w) > 1}); err != nil {
			t.Fatalf("form %q: %v", w, err)
		}
	}
	var w index.Writer
	b.Write(&w)
	f, err := index.Open(w.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	d, err := Open(f, text.English())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func capitals(s string) (n int) {
	for _, r := range s {
		if hasUpper(string(r)) {
			n++
		}
	}
	return n
}

func find(d *Dictionary, s string) ([]Match, *Document) {
	doc := new(Document)
	doc.Reset(s)
	doc.Plain = true
	return d.Find(nil, doc), doc
}

// cases name the forms, the text, and the mentions to be found; | separates.
var cases = []struct{ name, forms, text, want string }{
	{"plain", "frontier model", "A frontier model.", "frontier model"},
	{"plural", "frontier model", "Frontier models", "Frontier models"},
	{"possessive", "OpenAI", "OpenAI's and OpenAI’s", "OpenAI|OpenAI"},
	{"acronym plural", "GPU|TPU", "GPUs, TPUs’s", "GPUs|TPUs"},
	{"acronym case", "AGI", "agi Agi AGI AGIS", "AGI"},
	{"mixed case", "OpenAI", "openai OPENAI OpenAI Openai", "OpenAI"},
	{"one capital", "Azure", "azure AZURE Azure", "azure|AZURE|Azure"},
	{"hyphen for space", "sovereign AI", "sovereign-AI sovereign–AI", "sovereign-AI|sovereign–AI"},
	{"space for hyphen", "multi-cloud", "multi cloud", "multi cloud"},
	{"no-break space", "sovereign AI", "sovereign\u00a0AI", "sovereign\u00a0AI"},
	{"soft hyphen", "sovereign AI", "sove\u00adreign AI", "sove\u00adreign AI"},
	{"full width", "AGI", "ＡＧＩ", "ＡＧＩ"},
	{"decomposed", "café", "cafe\u0301", "cafe\u0301"},
	{"not across a comma", "sovereign AI", "sovereign, AI", ""},
	{"not across a sentence", "sovereign AI", "sovereign. AI", ""},
	{"not across a blank line", "sovereign AI", "sovereign\n\nAI", ""},
	{"not across a short line", "sovereign AI", "On being sovereign\nAI is next", ""},
	{"across a wrapped line", "sovereign AI", "A long line of text that was wrapped at sovereign\nAI by an editor", "sovereign\nAI"},
	{"not across spaced dashes", "sovereign AI", "sovereign - AI, sovereign — AI", ""},
	{"not a longer word", "AI", "AIs TAIL AI_x naïve", "AIs"},
	{"nested", "cloud|sovereign cloud|cloud provider", "sovereign cloud provider", "sovereign cloud|cloud|cloud provider"},
	{"windows is no window", "Windows", "a window, Windows, windows", "Windows|windows"},
	{"united states", "United States", "united state United States", "United States"},
	{"plural written", "export controls", "one export control", "export control"},
	{"latin singular", "status|bus", "status bus", "status|bus"},
	{"ampersand", "AT&T", "AT&T AT T", "AT&T"},
	{"signs after", "C++", "C++ C C#", "C++"},
	{"letter before signs", "C", "C++ C", "C"},
	{"initials", "F.T.C.", "the F.T.C., the FTC and F.T.C", "F.T.C.|FTC|F.T.C"},
	{"initials without stops", "FTC", "The F.T.C.’s case. F.t.c. f.t.c. FT.C. F.T. C.", "F.T.C."},
	{"initials in the plural", "CEO", "C.E.O.s. All C.E.O.S are.", "C.E.O.s"},
	{"initials in a phrase", "U.S. Copyright Office", "US Copyright Office, U.S. copyright office, U. S. Copyright Office", "US Copyright Office"},
	{"initials before a phrase", "US Copyright Office", "the U.S. Copyright Office", "U.S. Copyright Office"},
	{"a sentence ends after no initials", "US office", "It is ours. US office. In NUS. Office", "US office"},
	{"slash", "TCP/IP", "TCP/IP TCP IP TCP-IP", "TCP/IP|TCP IP|TCP-IP"},
	{"no slash for space", "B cell", "B/cell", ""},
	{"inner possessive", "Microsoft Azure|Moore's law", "Microsoft's Azure, Moore’s Law", "Moore’s Law"},
	{"possessive of a common noun", "model weight", "a model’s weights, Model's weights", "model’s weights"},
	{"plural possessive", "data center operator", "data centers’ operators", "data centers’ operators"},
	{"address", "openai|azure", "https://openai.com/azure/ @openai www.x.org/azure/b mail openai@azure.com", ""},
	{"chinese", "人工智能|模型", "通用人工智能模型", "人工智能|模型"},
	{"digits", "MAI-1|GPT-4", "MAI-1 GPT 4 GPT-41", "MAI-1|GPT 4"},
	{"number", "4.5", "4.5 4,5", "4.5"},
	{"curly apostrophe", "O'Reilly|O'Connell Street|D'Angelo", "O’Reilly, O‘Connell Street, DʼAngelo’s, O’REILLY, o’reilly", "O’Reilly|O‘Connell Street|DʼAngelo"},
	{"straight apostrophe", "O’Brien|Côte d’Ivoire", "O'Brien, Côte d'Ivoire’s, o'brien", "O'Brien|Côte d'Ivoire"},
	{"apostrophes between two names", "D’Angelo", "D Angelo, DAngelo, D'Angelos", "D'Angelos"},
	{"sharp s", "Straße", "STRASSE strasse", "STRASSE|strasse"},
}

func TestFind(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := compile(t, strings.Split(c.forms, "|")...)
			matches, doc := find(d, c.text)
			var got []string
			for _, m := range matches {
				got = append(got, doc.Text[m.Start:m.End])
			}
			if g := strings.Join(got, "|"); g != c.want {
				t.Errorf("found %q, want %q", g, c.want)
			}
		})
	}
}

// naive finds forms by comparing them with the text at every token.
func naive(forms []string, s string) (found []Match) {
	doc := text.Tokens(nil, s)
	for i := range doc {
		for f, form := range forms {
			ft := text.Tokens(nil, form)
			ok := i+len(ft) <= len(doc)
			for k := 0; ok && k < len(ft); k++ {
				a, _ := text.Normal(nil, s[doc[i+k].Start:doc[i+k].End], text.English())
				b, _ := text.Normal(nil, form[ft[k].Start:ft[k].End], text.English())
				ok = string(a) == string(b) && (k == 0 || text.GapOf(s[doc[i+k-1].End:doc[i+k].Start]) == text.Loose)
			}
			if ok {
				found = append(found, Match{First: uint32(i), Last: uint32(i + len(ft) - 1), Term: uint32(f)})
			}
		}
	}
	return found
}

func TestFindEqualsNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("a b c d aa ab été ъ 人 x1")
	phrase := func(n int) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteString([]string{" ", "-", " ", ", ", "  "}[r.IntN(5)])
			}
			b.WriteString(words[r.IntN(len(words))])
		}
		return b.String()
	}
	for range 2000 {
		var forms []string
		for range 1 + r.IntN(8) {
			f := strings.NewReplacer(", ", " ").Replace(phrase(1 + r.IntN(4)))
			if !slices.ContainsFunc(forms, func(o string) bool { return equalForms(o, f) }) {
				forms = append(forms, f)
			}
		}
		s := phrase(30)
		d := compile(t, forms...)
		matches, _ := find(d, s)
		want := naive(forms, s)
		key := func(m Match) string { return fmt.Sprintf("%05d-%05d-%d", m.First, m.Last, m.Term) }
		slices.SortFunc(want, func(a, b Match) int { return strings.Compare(key(a), key(b)) })
		slices.SortFunc(matches, func(a, b Match) int { return strings.Compare(key(a), key(b)) })
		if !slices.EqualFunc(matches, want, func(a, b Match) bool { return key(a) == key(b) }) {
			t.Fatalf("forms %q in %q:\nfound %v\nwant  %v", forms, s, matches, want)
		}
	}
}

func equalForms(a, b string) bool {
	at, bt := text.Tokens(nil, a), text.Tokens(nil, b)
	return slices.EqualFunc(at, bt, func(x, y text.Token) bool { return a[x.Start:x.End] == b[y.Start:y.End] })
}

// longestNaive is the policy as one would write it down.
func longestNaive(spans []Span) (kept []Span) {
	for len(spans) > 0 {
		best := spans[0]
		for _, s := range spans {
			if l, b := s.End-s.Start, best.End-best.Start; l > b || l == b && s.Start > best.Start {
				best = s
			}
		}
		kept = append(kept, best)
		spans = slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return s.First <= best.Last && best.First <= s.Last })
	}
	sortByPlace(kept)
	return kept
}

func FuzzOverlaps(f *testing.F) {
	f.Add([]byte{0, 1, 1, 2, 2, 2, 0, 5})
	f.Fuzz(func(t *testing.T, b []byte) {
		var spans []Span
		seen := map[[2]uint32]bool{}
		for i := 0; i+1 < len(b); i += 2 {
			first, n := uint32(b[i]), uint32(b[i+1]%8)
			if k := [2]uint32{first, n}; !seen[k] {
				seen[k] = true
				spans = append(spans, Span{First: first, Last: first + n, Start: first * 3, End: (first+n)*3 + 2, Index: i})
			}
		}
		sortByPlace(spans)
		want := longestNaive(spans)
		if got := Longest(slices.Clone(spans)); !slices.Equal(got, want) {
			t.Fatalf("longest of %v\nis   %v\nwant %v", spans, got, want)
		}
		inside := func(a, b Span) bool { return a != b && b.First <= a.First && a.Last <= b.Last }
		got := NoSub(slices.Clone(spans))
		for _, s := range spans {
			sub := slices.ContainsFunc(spans, func(o Span) bool { return inside(s, o) })
			if sub == slices.Contains(got, s) {
				t.Fatalf("no-sub: %v is inside another: %v, kept: %v", s, sub, !sub)
			}
		}
	})
}

// sameTokens compares what Find read with what package text says, token by token.
func sameTokens(t *testing.T, d *Dictionary, doc *Document) {
	t.Helper()
	want := text.Tokens(nil, doc.Text)
	if len(want) != len(doc.Tokens) {
		t.Fatalf("%d tokens, want %d", len(doc.Tokens), len(want))
	}
	for i, x := range want {
		got := &doc.Tokens[i]
		normal, ending := text.Normal(nil, doc.Text[x.Start:x.End-text.Syllable*got.particle()], d.Language)
		if got.Start != x.Start || got.End != x.End || got.wide() != x.Wide || got.Class() != d.Class(normal) {
			t.Fatalf("token %d is %+v, want %+v of class %d", i, *got, x, d.Class(normal))
		}
		if got.Class() != 0 && got.Ending() != ending {
			t.Fatalf("token %d, %q, has ending %d, want %d", i, doc.Text[x.Start:x.End], got.Ending(), ending)
		}
	}
}

// prose has all that readBlocks meets, more than once.
const prose = "The C++ AIs of state-run R&D, and X-ray/CT classes' 1.5 buses don't pass_by café–bars: " +
	"services, boxes, TPUs of 3,000 misclassifications and internationalisations in U.S. A-Z—naïve. "

func FuzzFind(f *testing.F) {
	f.Add("sovereign AI|AIs|bus|box|class|service|café|internationalisation|C++|pass_by|X-ray", strings.Repeat(prose, 3))
	f.Add("sovereign AI|AI|C++|U.S.|a/b", "The U.S.\nhas sovereign-AI's C++ a/b, AIs.")
	f.Fuzz(func(t *testing.T, forms, s string) {
		if !utf8.ValidString(forms) || !utf8.ValidString(s) {
			return
		}
		b := Builder{Language: text.English()}
		for i, w := range strings.Split(forms, "|") {
			_ = b.Add(Form{Term: uint32(i), Written: w, Exact: capitals(w) > 1})
		}
		var w index.Writer
		b.Write(&w)
		file, err := index.Open(w.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		d, err := Open(file, text.English())
		if err != nil {
			t.Fatal(err)
		}
		matches, doc := find(d, s)
		if !strings.Contains(s, zeroWidthSpace) {
			sameTokens(t, d, doc)
		}
		for _, m := range matches {
			if m.Start >= m.End || int(m.End) > len(s) || !utf8.ValidString(s[m.Start:m.End]) || m.First > m.Last {
				t.Fatalf("%+v in %q", m, s)
			}
		}
		if limit := (len(doc.Tokens) + 1) * MaxTokens; doc.Steps() > limit {
			t.Fatalf("%d steps for %d tokens", doc.Steps(), len(doc.Tokens))
		}
	})
}
