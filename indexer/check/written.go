package check

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"postil/indexer/diag"
)

// written reports a form with more in it than its name: what a list for people may
// have, and no text has. All forms of the term are given, folded.
func (c *checker) written(at diag.Position, f form, all map[string]bool) {
	if advice := unwritten(f, all); advice != "" {
		c.report(at, diag.Warning, "not-as-in-texts", "%.60q %s", f.written, advice)
	}
}

// foldedNames are forms without letter case.
func foldedNames(forms []form) map[string]bool {
	names := make(map[string]bool, len(forms))
	for _, f := range forms {
		names[strings.ToLower(f.written)] = true
	}
	return names
}

// unwritten says what of a form texts do not have, and where it belongs, or
// returns "".
func unwritten(f form, all map[string]bool) string {
	s := f.written
	if name, inside, ok := bracketed(s); ok {
		switch {
		case all[strings.ToLower(name)]:
			return "" // found without, too: the label is for readers
		case shortForm(inside, name):
			return fmt.Sprintf("is found only with its brackets: give %q as the name and %q as an abbreviation", name, inside)
		case len(all) > 1:
			return "" // what texts have is among the others
		}
		return fmt.Sprintf("is found only with its brackets: give %q as a form, too, and words that tell it apart as context", name)
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	switch {
	case strings.Contains(s, " / ") || strings.Contains(s, " | "):
		return "looks like several names: give them one by one, as aliases"
	case quotes(first, last) && utf8.RuneCountInString(s) > 3:
		return "is found only in quotes: leave them out"
	case last == '*' && first != '*':
		return "is found only with its *, which stands for nothing else: leave it out, since endings are found without"
	}
	return ""
}

// bracketed takes apart "name (inside)".
func bracketed(s string) (name, inside string, ok bool) {
	for _, b := range [...]string{"()", "[]"} {
		if i := strings.LastIndex(s, " "+b[:1]); i > 0 && strings.HasSuffix(s, b[1:]) {
			return strings.TrimSpace(s[:i]), strings.TrimSuffix(s[i+2:], b[1:]), true
		}
	}
	return "", "", false
}

// shortForm reports whether s is one word with several capitals that begins like a
// name.
func shortForm(s, name string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	begin, _ := utf8.DecodeRuneInString(name)
	return !strings.Contains(s, " ") && capitals(s) > 1 && unicode.ToLower(first) == unicode.ToLower(begin)
}

// quotes reports whether two characters are the quotes around something.
func quotes(first, last rune) bool {
	switch first {
	case '"', '\'':
		return last == first
	case '“', '„', '”':
		return last == '”' || last == '“'
	case '‘', '‚':
		return last == '’' || last == '‘'
	case '«', '»':
		return last == '»' || last == '«'
	}
	return false
}
