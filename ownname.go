package postil

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"postil/internal/match"
)

// A contract gives names of its own: "Meta Holdings Pte. Ltd. (“Meta”)", or “Claude”
// means the software. There Meta is not the company that the glossary has, unless the
// long name is one of that company's too.

const (
	// maxAside is how many bytes of the brackets stand before or after the quoted name:
	// hereinafter, together with its subsidiaries.
	maxAside = 60
	// maxOwnName is how many bytes of a long name are looked at.
	maxOwnName = 100
	// maxApposition is how many bytes may be said of it: a company incorporated in Singapore.
	maxApposition = 120
	// maxMeaning is how many bytes of what it means are looked at.
	maxMeaning = 120
)

// addOwnNames notes which forms the document takes for names of something else.
func (d *decider) addOwnNames(w *work) {
	for i, j := 0, 0; i < len(w.matches); i = j {
		m := &w.matches[i]
		j = w.stretch(i)
		if m.Start == 0 || !mayQuote(w.doc.Text[m.Start-1]) {
			continue
		}
		form := w.doc.Text[m.Start:m.End]
		open, end, ok := quotesAround(w.doc.Text, int(m.Start), int(m.End))
		if ok && !d.settles(form) && (w.givenInBrackets(w.matches[i:j], open, end) || w.givenAMeaning(w.matches[i:j], end)) {
			d.settle(form, nobody, true)
		}
	}
}

// mayQuote reports whether a quotation mark may end with a byte.
func mayQuote(b byte) bool {
	switch b {
	case '"', '\'', 0x98, 0x9A, 0x9C, 0x9E, 0xAB, 0xBB:
		return true
	}
	return false
}

// quotesAround is where the quotation marks around a stretch begin and end.
func quotesAround(s string, start, end int) (open, after int, ok bool) {
	first, n := utf8.DecodeLastRuneInString(s[:start])
	last, m := utf8.DecodeRuneInString(s[end:])
	return start - n, end + m, strings.ContainsRune(`"'“„‘‚«»`, first) && strings.ContainsRune(`"'”“’‘»«`, last)
}

// givenInBrackets reports whether a quoted form stands in brackets behind a longer
// name that has its words, and that names none of its terms.
func (w *work) givenInBrackets(alike []match.Match, open, end int) bool {
	text := w.doc.Text
	from := max(0, open-maxAside)
	bracket := strings.LastIndexAny(text[from:open], "()\n") + from
	rest := text[end:min(len(text), end+maxAside)]
	if bracket < from || text[bracket] != '(' || strings.IndexByte(rest, ')') < 0 {
		return false
	}
	m := &alike[0]
	form := text[m.Start:m.End]
	start, last := longName(text, bracket)
	if !hasWords(text[start:last], form) {
		start, last = longName(text, beforeApposition(text, bracket))
	}
	return hasWords(text[start:last], form) && !w.named(alike, start, last, func(x *match.Match) bool {
		return int(x.Start) == start && int(x.End) == last || x.End-x.Start > m.End-m.Start && int(x.End) <= last
	})
}

// beforeApposition is where the comma stands before what is said of a name: Meta
// Holdings Ltd, a company of Singapore. It is 0 if there is none before i.
func beforeApposition(text string, i int) int {
	from := max(0, i-maxApposition)
	for _, article := range [...]string{", a ", ", an ", ", eine ", ", une ", ", una "} {
		if at := strings.LastIndex(text[from:i], article); at >= 0 {
			return from + at
		}
	}
	return 0
}

// named reports whether a match that starts in [from, to), and is as wanted, is of one
// of the terms of others.
func (w *work) named(alike []match.Match, from, to int, wanted func(*match.Match) bool) bool {
	for i := w.matchAt(uint32(from)); i < len(w.matches) && int(w.matches[i].Start) < to; i++ {
		x := &w.matches[i]
		if wanted(x) && slices.ContainsFunc(alike, func(m match.Match) bool { return m.Term == x.Term }) {
			return true
		}
	}
	return false
}

// givenAMeaning reports whether the quoted form, one word, is said to mean something,
// and not one of its terms.
func (w *work) givenAMeaning(alike []match.Match, end int) bool {
	rest, ok := strings.CutPrefix(w.doc.Text[end:min(len(w.doc.Text), end+maxMeaning)], " ")
	if !ok || alike[0].First != alike[0].Last {
		return false
	}
	rest = strings.TrimPrefix(rest, "shall ")
	switch verb, _, _ := strings.Cut(rest, " "); verb {
	case "means", "mean", "bedeutet", "bezeichnet", "désigne", "significa":
	default:
		return false
	}
	size := len(rest)
	if i := strings.IndexAny(rest, ".;\n"); i >= 0 {
		size = i
	}
	return !w.named(alike, end, end+size, func(*match.Match) bool { return true })
}

// longName is the run of words with capitals before i, without the legal form at its
// end: where it begins and ends.
func longName(text string, i int) (start, end int) {
	end = len(strings.TrimRight(text[:i], " "))
	start = end
	named := false // there was more than a legal form
	for at := end; at > 0 && i-at < maxOwnName; {
		low := max(0, at-maxOwnName)
		word := text[low+strings.LastIndexAny(text[low:at], " \n")+1 : at]
		bare := strings.Trim(word, `.,;:"“”„'`)
		from := at - len(word) + strings.Index(word, bare)
		r, _ := utf8.DecodeRuneInString(bare)
		switch {
		case !named && isLegalForm(strings.ReplaceAll(bare, ".", "")):
		case unicode.IsUpper(r) || unicode.IsDigit(r):
			if !named {
				named, end = true, from+len(bare)
			}
			start = from
		case !linksNames(bare):
			return start, end
		}
		at -= len(word)
		if at == 0 || text[at-1] == '\n' {
			break
		}
		at = len(strings.TrimRight(text[:at], " "))
	}
	return min(start, end), end
}

// linksNames reports whether a small word may stand within a name.
func linksNames(s string) bool {
	switch s {
	case "&", "of", "and", "the", "für", "de", "del", "des", "y", "et", "und":
		return true
	}
	return false
}

// hasWords reports whether name has form among its words.
func hasWords(name, form string) bool {
	i := strings.Index(name, form)
	return i == 0 && len(name) > len(form) && name[len(form)] == ' ' || i > 0 && strings.HasSuffix(name[:i], " ") && (i+len(form) == len(name) || name[i+len(form)] == ' ')
}

// isLegalForm reports whether a word, without its full stops, ends names of companies.
func isLegalForm(s string) bool {
	switch s {
	case "Inc", "Incorporated", "Corp", "Corporation", "Co", "Company", "Ltd", "Limited", "LLC", "LLP", "LP", "plc", "PLC", "Pte", "Pty", "GmbH", "AG", "SE",
		"KG", "SA", "SAS", "SARL", "SL", "SpA", "Srl", "BV", "NV", "AB", "AS", "Oy", "Oyj", "FZE", "REIT", "KK":
		return true
	}
	return false
}
