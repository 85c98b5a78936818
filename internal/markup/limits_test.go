package markup

import (
	"fmt"
	"strings"
	"testing"
	"unsafe"
)

// TestDeep checks that beyond the nesting that browsers allow, text is read
// and not marked.
func TestDeep(t *testing.T) {
	for _, name := range []string{"div", "b", "span", "a", "svg", "math", "table", "ul><li", "x-y", "template"} {
		for _, depth := range []int{maxOpen / 2, 10_000} {
			src := "<p>one</p>" + strings.Repeat("<"+name+">", depth) + "two" + strings.Repeat("</"+name+">", depth) + "<p>three</p>"
			d := Parse(src)
			checkDocument(t, d)
			i := strings.Index(d.Text, "two")
			if i < 0 && name != "template" && name != "table" {
				t.Errorf("<%s> %d deep: no text: %q", name, depth, d.Text)
			}
			if i >= 0 && depth > maxOpen && !d.skipped()[i] {
				t.Errorf("<%s> %d deep: may be marked", name, depth)
			}
			if d.skipped()[0] {
				t.Errorf("<%s> %d deep: the text before may not be marked", name, depth)
			}
		}
	}
}

func TestDeepestMark(t *testing.T) {
	// html and body are open too.
	deepest := maxOpen - 2
	for depth, want := range map[int]int{deepest - 1: 1, deepest: 0, deepest + 1: 0} {
		src := strings.Repeat("<div>", depth) + "one"
		d := Parse(src)
		if marks := wordMarks(d, 1); len(marks) != want {
			t.Errorf("%d deep: %d marks, want %d", depth, len(marks), want)
		}
		if depth < deepest {
			checkInsert(t, src, 0)
		}
	}
}

// TestHostile checks that what a source can make the parser keep grows with
// the source alone. A source that took quadratic time would not end.
func TestHostile(t *testing.T) {
	const n = 1 << 16
	many := func(s string) string { return strings.Repeat(s, n/len(s)) }
	var formatting strings.Builder
	for i := range 400 {
		formatting.WriteString("<b id=" + strings.Repeat("x", i) + ">")
	}
	var attributes strings.Builder
	for i := range 400 {
		fmt.Fprintf(&attributes, "<b x%d a b c d e f g h i>", i)
	}
	for name, src := range map[string]string{
		"alike":      attributes.String() + strings.Repeat("<b y></b>", 1<<17),
		"reopened":   "<p>" + formatting.String() + many("<p>x"),
		"adopted":    formatting.String() + "<p>" + many("<br>") + strings.Repeat("</b>", 400),
		"readopted":  formatting.String() + strings.Repeat("<div>", 7) + strings.Repeat("<br>", 1<<17) + strings.Repeat("</b>", 400),
		"fostered":   many("<table><b>x"),
		"titled":     `<abbr title="&amp;` + many("x") + `">` + many("a<br>") + "</abbr>",
		"angles":     many("<"),
		"ampersands": many("&"),
		"references": many("&a;&#1;&#x"),
		"long name":  "&" + many("a") + "<" + many("a"),
		"comments":   many("<!--"),
		"dashes":     "<!--" + many("-!"),
		"ends":       many("</"),
		"titles":     many("<title></tit"),
		"scripts":    "<script><!--" + many("<script></scrip"),
		"cdata":      "<svg>" + many("<![CDATA["),
		"attributes": "<p " + many("a=/ ") + "a=/>one",
		"paragraphs": strings.Repeat("<div>", 500) + many("<p>"),
		"ends of p":  strings.Repeat("<div>", 500) + many("</p>"),
		"templates":  many("<template>"),
		"svg":        many("<svg><p>"),
		"nul":        many("\x00"),
		"space":      many(" "),
		"returns":    many("\r"),
	} {
		d := Parse(src)
		checkDocument(t, d)
		limit := len(src) + spareNodes + 2*maxOpen
		if len(d.tree.nodes) > limit || len(d.tree.events) > 2*limit {
			t.Errorf("%s: %d elements and %d events from %d bytes", name, len(d.tree.nodes), len(d.tree.events), len(src))
		}
		if most := maxLooked*(len(src)+spareNodes) + len(d.tree.nodes) + len(d.tree.events); d.tree.looked > most {
			t.Errorf("%s: %d elements and events looked at for %d bytes", name, d.tree.looked, len(src))
		}
		for _, x := range d.Expansions {
			if unsafe.StringData(x.Title) != unsafe.StringData(d.Expansions[0].Title) {
				t.Fatalf("%s: the title is there more than once", name)
			}
		}
	}
}

// TestReuse checks that a document keeps nothing of the page before.
func TestReuse(t *testing.T) {
	var d Document
	for range 2 {
		for _, src := range seeds {
			fresh := Parse(src)
			d.Parse(src)
			if show(&d) != show(fresh) || d.Source != src {
				t.Errorf("%q: got %q, want %q", src, show(&d), show(fresh))
			}
			if a, b := d.Ranges(nil, 0, len(d.Text)), fresh.Ranges(nil, 0, len(fresh.Text)); len(a) != len(b) {
				t.Errorf("%q: ranges %v, want %v", src, a, b)
			}
		}
	}
}

func TestInsertCrossing(t *testing.T) {
	m := func(start, end int, name string) Mark { return Mark{start, end, "<" + name + ">", "</" + name + ">"} }
	for _, c := range []struct {
		marks []Mark
		want  string
	}{
		{nil, "abcdef"},
		{[]Mark{m(0, 6, "i")}, "<i>abcdef</i>"},
		{[]Mark{m(0, 2, "i"), m(2, 4, "b")}, "<i>ab</i><b>cd</b>ef"},
		{[]Mark{m(0, 4, "i"), m(0, 2, "b"), m(2, 4, "u")}, "<i><b>ab</b><u>cd</u></i>ef"},
		{[]Mark{m(0, 4, "i"), m(2, 6, "b"), m(4, 5, "u")}, "<i>abcd</i><u>e</u>f"},
		{[]Mark{m(4, 5, "i"), m(0, 2, "b"), m(5, 7, "u"), m(5, 5, "s")}, "abcd<i>e</i>f"},
	} {
		if got := string(Insert(nil, "abcdef", c.marks)); got != c.want {
			t.Errorf("%v: got %s, want %s", c.marks, got, c.want)
		}
	}
}
