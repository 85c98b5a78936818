package source

import (
	"fmt"
	"strings"
)

// hint says how to mend a value of another kind than k, or is "".
func (d *decoder) hint(name string, v *node, k kind) string {
	isYAML := d.file.ext == ".yaml" || d.file.ext == ".yml"
	switch {
	case v.kind == null:
		return ": remove the field or give it a value"
	case k == text && (v.kind == number || v.kind == boolean):
		return ": put it in quotes"
	case k == text && v.kind == object && isYAML:
		return quoteColon
	case name == sourceItem && v.kind == text:
		return ": write " + sourceHint(v.text)
	case name == "sources" && v.kind == text:
		return fmt.Sprintf(": write [%s]", sourceHint(v.text))
	case name == "sources" && v.kind == object:
		return ": put brackets around it"
	case k == list && v.kind == text:
		return fmt.Sprintf(": write [%s]", inList(v.text))
	}
	return ""
}

const (
	sourceItem = "an item of sources"
	quoteColon = ": put the text in quotes: it has a colon"
)

// sourceHint is how a source is written that was given as a text alone.
func sourceHint(s string) string {
	if isAddress(s) {
		return fmt.Sprintf("{title: …, url: %q}", shortened(s))
	}
	return fmt.Sprintf("{title: %q}", shortened(s))
}

// inList is a text as it stands in a list, in quotes where YAML would see signs.
func inList(s string) string {
	s = shortened(s)
	if strings.ContainsAny(s, ":#[]{}&*!|>'\"%@`\n") {
		return fmt.Sprintf("%q", s)
	}
	return s
}

// shortened cuts what a message repeats.
func shortened(s string) string { return fmt.Sprintf("%.100s", s) }

// afterComma is a hint for an unknown field that is a name alone, in braces: mostly it
// is the rest of a text, of which a comma is the end there.
func afterComma(f *field) string {
	if !f.bare {
		return ""
	}
	return ": a comma ends a text here: put a text that has one in quotes"
}

// plainer says in other words what the YAML parser says about a line; rest is what the
// line has from the mistake on.
func plainer(message, rest string) string {
	switch {
	case strings.HasPrefix(message, "mapping value is not allowed in this context"):
		if strings.Contains(rest, ": ") {
			return "put the text in quotes: it has a colon"
		}
		return "the text goes on in the next line, which has a colon: indent that line like the fields around it, or put the text in quotes"
	case strings.HasSuffix(message, "is a reserved character"):
		return message + ": put the text in quotes"
	case strings.HasSuffix(message, "map key-value is pre-defined"):
		return "something follows the value: if it is a text with quotes in it, put all of it in quotes of the other kind"
	}
	return message
}

// lineOf is a line of a file, counted from 1.
func lineOf(src string, line int) string {
	n := 1
	for l := range strings.Lines(src) {
		if n == line {
			return l
		}
		n++
	}
	return ""
}

// from is what a line has from a column on.
func from(line string, column int) string {
	for i := range line {
		if column--; column == 0 {
			return line[i:]
		}
	}
	return ""
}

// tabbed reports whether a line is indented with a tab, of which the parser has
// much to say that does not help.
func tabbed(line string) bool {
	return strings.Contains(line[:len(line)-len(strings.TrimLeft(line, " \t"))], "\t")
}
