package markup

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// seeds are shapes that the tree construction treats in a way of their own.
var seeds = []string{
	"",
	"plain text",
	"<!DOCTYPE html><html lang=en><head><title>T</title></head><body><h1>One &amp; two</h1>\r\n<p>Three<br>four</p></body></html>",
	"<p>one<b>two<p>three</b>four",
	"<a href=x>one<a href=y>two</a>three",
	"<b><i><u><s><div>one</b>two",
	"<table>one<tr><td>two</td>three<tr>four</table>five",
	"<table><b>one<tr><td>two</b>three</table>four",
	"<select><option>one<option>two<optgroup>three</select>four<hr>",
	"<svg><title>one</title><p>two</svg>three<svg><foreignObject><div>four</div></foreignObject></svg>",
	"<svg><![CDATA[one&amp;\x00]]></svg><![CDATA[two]]>",
	"<math><mi>one<b>two</mi><annotation-xml encoding=text/html><p>three</math>",
	"<template><td>one</template><td>two",
	"<script><!-- <script> </script> one --></script>two",
	"<textarea>\n</textarea>one<title>two</title><plaintext>three</plaintext>",
	"<frameset><frame>one</frameset>",
	"<pre>\n\none</pre><listing>&#10;two</listing>",
	"&notit; &amp &#128; &#xD800; &ngE; &lt &#x; &;&",
	"<p title='>'>one</p><p title=\">\">two<p a=/>three<br/ >",
	"</br></p>one<form><form><div></form>two",
	"<span translate=no>one<i translate=yes>two</i></span><div class=' a&#32;postil-ignore'>three</div>",
	"<button>one<button>two</button><ruby>three<rt>four<rp>five</ruby>",
	"<body class=a>one<body translate=no><html class=postil-ignore>two",
	"one\x00two\rthree\r\nfour<!-- x --!>five<!-->six<? seven>eight</ >",
	"<object><b>one</object>two<marquee><i>three</marquee>four",
	"<li>one<li>two<dd>three<dt>four<ul><li>five",
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(checkParse)
}

// checkParse compares with the reference.
func checkParse(t *testing.T, src string) {
	if !utf8.ValidString(src) || scriptsDiffer(src) {
		return
	}
	d := Parse(src)
	checkDocument(t, d)
	doc := parseReference(t, src)
	if d.tree.frozen {
		return
	}
	if s := diff(d, doc) + diffPaths(d, doc); s != "" {
		t.Fatalf("%q: %s", src, s)
	}
}

// checkDocument checks what holds for every document.
func checkDocument(t *testing.T, d *Document) {
	ascending(t, "breaks", d.Breaks, len(d.Text))
	ascending(t, "sections", d.Sections, len(d.Text))
	for _, b := range d.Breaks {
		if d.Text[b-1] != '\n' {
			t.Fatalf("%q: no line feed before break %d of %q", d.Source, b, d.Text)
		}
	}
	disjoint(t, "headings", d.Headings, len(d.Text))
	disjoint(t, "skip", d.Skip, len(d.Text))
	disjoint(t, "annotated", d.Annotated, len(d.Text))
	disjoint(t, "main", d.Main, len(d.Text))
	disjoint(t, "aside", d.Aside, len(d.Text))
	var expanded []Span
	for _, x := range d.Expansions {
		expanded = append(expanded, x.Span)
	}
	disjoint(t, "expansions", expanded, len(d.Text))
	if !utf8.ValidString(d.Text) {
		t.Fatalf("%q: text %q is not UTF-8", d.Source, d.Text)
	}
	last := 0
	for _, r := range d.Ranges(nil, 0, len(d.Text)) {
		if r.Start < last || r.End <= r.Start || r.End > len(d.Source) {
			t.Fatalf("%q: range %v after %d", d.Source, r, last)
		}
		last = r.End
	}
}

func ascending(t *testing.T, what string, list []int32, limit int) {
	for i, n := range list {
		if n < 0 || int(n) >= limit || i > 0 && n <= list[i-1] {
			t.Fatalf("%s not ascending below %d: %v", what, limit, list)
		}
	}
}

func disjoint(t *testing.T, what string, list []Span, limit int) {
	for i, s := range list {
		if s.Start < 0 || s.Start >= s.End || s.End > limit || i > 0 && s.Start < list[i-1].End {
			t.Fatalf("%s not disjoint below %d: %v", what, limit, list)
		}
	}
}

// loneAngle finds a script with a comment in which "<" stands alone, where the
// reference forgets the comment.
var loneAngle = regexp.MustCompile(`(?is)<script.*<!--.*<([^a-z/]|$)`)

func scriptsDiffer(src string) bool { return loneAngle.MatchString(src) }

func FuzzInsert(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, uint8(i))
	}
	f.Fuzz(func(t *testing.T, src string, step uint8) {
		checkInsert(t, src, int(step))
	})
}

const openTag, closeTag = `<span data-postil="☂">`, `</span>`

// checkInsert marks words, or runs of words, and checks that the marks are all
// that changes.
func checkInsert(t *testing.T, src string, step int) {
	if !utf8.ValidString(src) || strings.Contains(src, "☂") || scriptsDiffer(src) {
		return
	}
	d := Parse(src)
	marks := wordMarks(d, 1+step%3)
	out := string(Insert(nil, src, marks))
	if back := strip(out, len(marks)); back != src {
		t.Fatalf("%q: stripped %q is %q", src, out, back)
	}
	want := parseReference(t, src)
	got, err := html.Parse(strings.NewReader(out))
	if err != nil {
		t.Fatalf("%q: the annotated page is refused: %v", out, err)
	}
	n := unwrap(got)
	if n != len(marks) {
		t.Fatalf("%q: %d marks in the page, want %d", out, n, len(marks))
	}
	if a, b := dump(got), dump(want); a != b {
		t.Fatalf("%q: the tree changed\n got %s\nwant %s", out, a, b)
	}
	again := Parse(out)
	if again.Text != d.Text {
		t.Fatalf("%q: text %q became %q", out, d.Text, again.Text)
	}
	if m := wordMarks(again, 1+step%3); step%3 == 0 && len(m) > 0 {
		t.Fatalf("%q: marked again: %v", out, m)
	}
}

// wordMarks marks every so many words that may be marked.
func wordMarks(d *Document, every int) []Mark {
	var marks []Mark
	skip := d.skipped()
	barrier := map[int]bool{}
	for _, b := range d.Breaks {
		barrier[int(b)] = true
	}
	start, words := -1, 0
	flush := func(end int) {
		if start >= 0 {
			for _, r := range d.Ranges(nil, start, end) {
				marks = append(marks, Mark{r.Start, r.End, openTag, closeTag})
			}
		}
		start, words = -1, 0
	}
	end := 0 // of the last word
	for i, r := range d.Text {
		letter := r > ' ' && r != '\u00A0' && !skip[i]
		switch {
		case skip[i] || barrier[i]:
			flush(end)
			if letter {
				start, end = i, i+utf8.RuneLen(r)
			}
		case letter:
			if start < 0 {
				start = i
			}
			end = i + utf8.RuneLen(r)
		case start >= 0 && end == i:
			if words++; words >= every {
				flush(end)
			}
		}
	}
	flush(end)
	return marks
}

// strip removes n tags of marks, and the end tags that belong to them.
func strip(out string, n int) string {
	for range n {
		i := strings.Index(out, openTag)
		j := i + strings.Index(out[i:], closeTag)
		out = out[:i] + out[i+len(openTag):j] + out[j+len(closeTag):]
	}
	return out
}

// unwrap removes the marks from a tree and returns how many there were.
func unwrap(n *html.Node) int {
	count := 0
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		count += unwrap(c)
		if c.Data == "span" && attr(c, "data-postil") == "☂" {
			count++
			for c.FirstChild != nil {
				child := c.FirstChild
				c.RemoveChild(child)
				n.InsertBefore(child, c)
			}
			n.RemoveChild(c)
		}
		c = next
	}
	return count
}

// dump writes a tree in full, with adjacent texts as one.
func dump(n *html.Node) string {
	var s strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			if n.PrevSibling == nil || n.PrevSibling.Type != html.TextNode {
				s.WriteString(" '")
			}
			s.WriteString(n.Data)
			if n.NextSibling == nil || n.NextSibling.Type != html.TextNode {
				s.WriteString("'")
			}
			return
		}
		s.WriteString(" (" + n.Namespace + ":" + n.Data)
		for _, a := range n.Attr {
			s.WriteString(" " + a.Namespace + ":" + a.Key + "=" + a.Val)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		s.WriteString(")")
	}
	walk(n)
	return s.String()
}
