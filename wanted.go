package postil

import (
	"slices"
	"strings"

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
	forms  filter // the texts of matches; a word in small letters goes on to mean what it does
	at     int    // the token that was asked for last
	wanted abbrev.Wanted
}

// of prepares for a document and its matches.
func (u *usefulness) of(d *match.Dictionary, doc *match.Document, matches []match.Match) *abbrev.Wanted {
	u.dict, u.doc, u.at = d, doc, 0
	u.forms.reset()
	if u.wanted.Short == nil {
		u.wanted = abbrev.Wanted{Short: u.short, Long: u.long, Any: u.any}
	}
	last := ""
	for i := range matches {
		s := doc.Text[matches[i].Start:matches[i].End]
		if s != last && len(s) <= maxShort && !text.IsSmall(s) {
			u.forms.add(s)
			last = s
		}
	}
	return &u.wanted
}

// maxShort is more than the length in bytes of any short form.
const maxShort = 64

func (u *usefulness) short(start, end int) bool {
	s := u.doc.Text[start:end]
	return likePlural(s) || u.forms.has(s)
}

// likePlural reports whether a short form may be taken for the plural of another:
// where Abs is defined as something else it is not that of Ab.
func likePlural(s string) bool {
	const longest = 12
	n := len(s)
	return n > 2 && n <= longest && s[n-1] == 's' && !text.IsSmall(s) && !strings.Contains(s, " ")
}

// long reports whether the words in a stretch, with those that it has a part of,
// may follow each other in a form. A word that is none itself must do so with one
// of its neighbours.
func (u *usefulness) long(start, end int) bool {
	tokens := u.doc.Tokens
	i := u.from(uint32(start))
	first := i
	for ; i < len(tokens) && tokens[i].Start < uint32(end); i++ {
		if tokens[i].Class() == 0 || i > first && !u.follow(i) {
			return false
		}
	}
	return i != first+1 || u.inForm(first)
}

// inForm reports whether token i, which is a word of forms, may be one of a form here.
func (u *usefulness) inForm(i int) bool {
	return u.doc.Tokens[i].Matches() || u.follow(i) || u.follow(i+1)
}

// any reports whether a word in a stretch may be a form or, with a neighbour, one of
// its words, or is a plural as likePlural has it: of what a hyphen joins that is seen
// at the last part.
func (u *usefulness) any(start, end int) bool {
	tokens := u.doc.Tokens
	for i := u.from(uint32(start)); i < len(tokens) && tokens[i].Start < uint32(end); i++ {
		x := &tokens[i]
		if x.Class() != 0 && u.inForm(i) {
			return true
		}
		if s := u.doc.Text[x.Start:x.End]; s[len(s)-1] == 's' && (x.Start > 0 && u.doc.Text[x.Start-1] == '-' || likePlural(s)) {
			return true
		}
	}
	return false
}

// follow reports whether a form may have token i after the one before it.
func (u *usefulness) follow(i int) bool {
	tokens := u.doc.Tokens
	return i > 0 && i < len(tokens) && u.dict.MayFollow(tokens[i-1].Class(), tokens[i].Class())
}

// from is the first token that ends after a byte.
func (u *usefulness) from(start uint32) int {
	i := u.token(start)
	if i > 0 && u.doc.Tokens[i-1].End > start {
		i--
	}
	return i
}

// token is the first token that starts at a byte or later. It looks from where
// it looked last, since it is asked in order but for some bytes back and forth:
// first where the token should be if words were of ordinary length.
func (u *usefulness) token(start uint32) int {
	const far, ordinary = 1000, 7 // bytes
	tokens := u.doc.Tokens
	i := min(u.at, len(tokens))
	if i == len(tokens) || max(tokens[i].Start, start)-min(tokens[i].Start, start) > far {
		i, _ = slices.BinarySearchFunc(tokens, start, func(t match.Token, at uint32) int { return int(t.Start) - int(at) })
	} else {
		i = min(max(i+(int(start)-int(tokens[i].Start))/ordinary, 0), len(tokens)-1)
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
