package postil

import (
	"slices"

	"postil/internal/abbrev"
	"postil/internal/match"
	"postil/internal/text"
)

// usefulness answers what abbreviations of a document can matter to its
// mentions: those whose short form is the text of a match, and those whose long
// form a form of the glossary may have in it. All others need not be looked for
// unless somebody asks for the abbreviations themselves.
type usefulness struct {
	dict   *match.Dictionary
	doc    *match.Document
	forms  map[string]bool // the texts of matches; a word in small letters goes on to mean what it does
	filter filter          // of these
	at     int             // the token that was asked for last
	wanted abbrev.Wanted
}

// of prepares for a document and its matches.
func (u *usefulness) of(d *match.Dictionary, doc *match.Document, matches []match.Match) *abbrev.Wanted {
	u.dict, u.doc, u.at = d, doc, 0
	u.filter.reset()
	if u.forms == nil {
		u.forms = map[string]bool{}
		u.wanted = abbrev.Wanted{Short: u.short, Long: u.long}
	}
	clear(u.forms)
	last := ""
	for i := range matches {
		s := doc.Text[matches[i].Start:matches[i].End]
		if s != last && len(s) <= maxShort && !text.IsSmall(s) {
			u.forms[s] = true
			u.filter.add(s)
			last = s
		}
	}
	return &u.wanted
}

// maxShort is more than the length in bytes of any short form.
const maxShort = 64

func (u *usefulness) short(start, end int) bool {
	s := u.doc.Text[start:end]
	// HTTPS is a form of its own, and not the plural of what HTTP is defined as.
	return s != "" && s[len(s)-1]|0x20 == 's' || u.filter.has(s) && u.forms[s]
}

// long reports whether the words in a stretch may follow each other in a form.
func (u *usefulness) long(start, end int) bool {
	tokens := u.doc.Tokens
	i := u.token(uint32(start))
	before := uint32(0)
	for ; i < len(tokens) && tokens[i].End <= uint32(end); i++ {
		class := tokens[i].Class()
		if class == 0 || before != 0 && !u.dict.MayFollow(before, class) {
			return false
		}
		before = class
	}
	return true
}

// far is how many bytes away a search goes over all tokens.
const far = 1000

// token is the first token that starts at a byte or later. It looks from where
// it looked last.
func (u *usefulness) token(start uint32) int {
	tokens := u.doc.Tokens
	i := min(u.at, len(tokens))
	if i == len(tokens) || max(tokens[i].Start, start)-min(tokens[i].Start, start) > far {
		i, _ = slices.BinarySearchFunc(tokens, start, func(t match.Token, at uint32) int { return int(t.Start) - int(at) })
	}
	for i > 0 && tokens[i-1].Start >= start {
		i--
	}
	for i < len(tokens) && tokens[i].Start < start {
		i++
	}
	u.at = i
	return i
}
