package source

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"postil"
	"postil/indexer/diag"
)

// decoder turns the nodes of one file into terms of a glossary.
type decoder struct {
	file     *file
	glossary *Glossary
	first    int    // number of terms before this file
	language string // stated by this file
	problems int    // of this file
	err      error  // of the file system
}

// maxProblems is how many mistakes of one file are reported.
const maxProblems = 1000

// report adds a diagnostic, up to a number that nobody reads.
func (d *decoder) report(n *node, code, format string, args ...any) {
	d.problems++
	if d.problems > maxProblems {
		return
	}
	d.glossary.Problems = append(d.glossary.Problems, diag.Diagnostic{
		Position: d.file.at(n.line, n.column), Code: code, Message: fmt.Sprintf(format, args...)})
}

// document decodes a whole file's value: a list of terms, or an object with
// the fields language and terms.
func (d *decoder) document(n *node) {
	switch n.kind {
	case list:
		for i := range n.items {
			d.term(&n.items[i])
		}
	case object:
		d.object(n, []string{"language", "terms"}, func(name string, v *node) {
			if name == "language" {
				if d.language = d.text(name, v); d.language != "" {
					d.glossary.Stated = append(d.glossary.Stated, Statement{d.language, d.file.at(v.line, v.column)})
				}
			} else if d.want(name, v, list) {
				d.document(v)
			}
		})
	case null:
		d.report(n, "empty", "the file holds no terms")
	default:
		d.report(n, "wrong-type", "want a list of terms, or an object with the field terms; got %s", n.kind)
	}
}

// finish settles the language of the file's terms once all have been read.
func (d *decoder) finish() {
	g := d.glossary
	if d.problems > maxProblems {
		g.Problems = append(g.Problems, diag.Diagnostic{Position: d.file.at(0, 0), Code: "too-many-problems",
			Message: fmt.Sprintf("%d more problems in this file are not shown", d.problems-maxProblems)})
	}
	if g.Language == "" && d.first == 0 {
		g.Language = d.language
	}
	if d.language == "" || d.language == g.Language {
		return
	}
	for i := d.first; i < len(g.Terms); i++ {
		if g.Terms[i].Language == "" {
			g.Terms[i].Language = d.language
		}
	}
}

// object calls f for each field with a known name and reports all others.
func (d *decoder) object(n *node, known []string, f func(name string, v *node)) {
	var seen uint32
	for i := range n.fields {
		fl := &n.fields[i]
		here := &node{line: fl.line, column: fl.column}
		switch k := slices.Index(known, fl.name); {
		case k < 0:
			d.report(here, "unknown-field", "unknown field %q%s", fl.name, cmp.Or(afterComma(fl), didYouMean(fl.name, known)))
		case seen&(1<<k) != 0:
			d.report(here, "duplicate-field", "the field %s is given twice", fl.name)
		default:
			seen |= 1 << k
			f(known[k], &fl.value)
		}
	}
}

// term decodes an object into a term. Fields of a wrong type are reported and
// left out.
func (d *decoder) term(n *node) {
	if n.kind != object {
		d.report(n, "wrong-type", "want a term, which is an object with id and label; got %s", n.kind)
		return
	}
	var t postil.Term
	d.glossary.places.begin(d.file, n)
	d.object(n, fieldNames[:termFields], func(name string, v *node) {
		d.glossary.places.add(name, 0, v)
		d.set(&t, name, v)
	})
	d.glossary.Terms = append(d.glossary.Terms, t)
}

func (d *decoder) set(t *postil.Term, name string, v *node) {
	switch name {
	case "id":
		if d.want(name, v, text) {
			t.ID = v.text
		}
	case "label":
		t.Label = d.text(name, v)
	case "kind":
		t.Kind = d.text(name, v)
	case "definition":
		t.Definition = d.text(name, v)
	case "language":
		t.Language = d.text(name, v)
	case "case":
		t.Case = d.letterCase(v)
	case "abbreviations":
		t.Abbreviations = d.texts(name, v)
	case "aliases":
		t.Aliases = d.texts(name, v)
	case "related":
		t.Related = d.texts(name, v)
	case "context":
		t.Context = d.texts(name, v)
	case "not_context":
		t.NotContext = d.texts(name, v)
	case "see_also":
		t.SeeAlso = d.texts(name, v)
	case "sources":
		t.Sources = d.sources(v)
	case "plural":
		if b, ok := d.bool(name, v); ok {
			t.Plural = &b
		}
	case "evidence":
		t.Evidence, _ = d.bool(name, v)
	case "hidden":
		t.Hidden, _ = d.bool(name, v)
	case "prior":
		t.Prior = d.share(name, v)
	}
}

func (d *decoder) want(name string, v *node, k kind) bool {
	if v.kind == k {
		return true
	}
	d.report(v, "wrong-type", "%s is %s, want %s%s", name, v.kind, k, d.hint(name, v, k))
	return false
}

// text returns a text on one line without outer blanks.
func (d *decoder) text(name string, v *node) string {
	if !d.want(name, v, text) {
		return ""
	}
	if strings.ContainsAny(v.text, "\n\r") {
		return strings.Join(strings.Fields(v.text), " ")
	}
	return strings.TrimSpace(v.text)
}

func (d *decoder) texts(name string, v *node) []string {
	if !d.want(name, v, list) || len(v.items) == 0 {
		return nil
	}
	out := make([]string, 0, len(v.items))
	for i := range v.items {
		item := &v.items[i]
		s := d.text("an item of "+name, item)
		if s == "" {
			if item.kind == text {
				d.report(item, "empty", "an item of %s is empty: remove it", name)
			}
			continue
		}
		d.glossary.places.add(name, len(out)+1, item)
		out = append(out, s)
	}
	return out
}

func (d *decoder) sources(v *node) []postil.Source {
	if !d.want("sources", v, list) {
		return nil
	}
	var out []postil.Source
	for i := range v.items {
		item := &v.items[i]
		if !d.want(sourceItem, item, object) {
			continue
		}
		var s postil.Source
		d.glossary.places.add("sources", len(out)+1, item)
		d.object(item, []string{"title", "url"}, func(name string, v *node) {
			d.glossary.places.add("sources."+name, len(out)+1, v)
			if name == "title" {
				s.Title = d.text("title", v)
			} else {
				s.URL = d.text("url", v)
			}
		})
		out = append(out, s)
	}
	return out
}

func (d *decoder) bool(name string, v *node) (value, ok bool) {
	if !d.want(name, v, boolean) {
		return false, false
	}
	return v.text == "true", true
}

func (d *decoder) letterCase(v *node) postil.Case {
	if !d.want("case", v, text) {
		return ""
	}
	switch c := postil.Case(v.text); c {
	case postil.CaseSmart, postil.CaseExact, postil.CaseAny:
		return c
	}
	d.report(v, "bad-value", "case is %q, want smart, exact or any", v.text)
	return ""
}

func (d *decoder) share(name string, v *node) float64 {
	if !d.want(name, v, number) {
		return 0
	}
	x, err := strconv.ParseFloat(v.text, 64)
	if err != nil || !(x >= 0 && x <= 1) {
		d.report(v, "bad-value", "%s is %s, want a number from 0 to 1", name, v.text)
		return 0
	}
	return x
}
