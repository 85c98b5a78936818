package rivals

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/cloudflare/ahocorasick"
)

// cloudflareFinder finds the places itself: the library says which forms are in
// a text, not where. A line at a time there are few, and no form goes across.
type cloudflareFinder struct {
	matcher *ahocorasick.Matcher
	forms   [][]byte
	hits    []Span // of one line
}

func buildCloudflare(forms []string) (Finder, error) {
	f := &cloudflareFinder{}
	for _, s := range forms {
		f.forms = append(f.forms, []byte(s))
	}
	f.matcher = ahocorasick.NewMatcher(f.forms)
	return f, nil
}

func (f *cloudflareFinder) Find(dst []Span, text []byte) []Span {
	for at := 0; at < len(text); {
		end := len(text)
		if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n + 1
		}
		f.hits = f.hits[:0]
		for _, form := range f.matcher.Match(text[at:end]) {
			f.places(f.forms[form], text, at, end)
		}
		slices.SortFunc(f.hits, func(a, b Span) int { return cmp.Compare(a.End, b.End) })
		for _, s := range f.hits {
			dst = add(dst, s)
		}
		at = end
	}
	return dst
}

// places adds the places of a form in text[at:end] to the hits.
func (f *cloudflareFinder) places(form, text []byte, at, end int) {
	for {
		i := bytes.Index(text[at:end], form)
		if i < 0 {
			return
		}
		if s := (Span{at + i, at + i + len(form)}); wholeWord(text, s.Start, s.End) {
			f.hits = append(f.hits, s)
		}
		at += i + 1
	}
}
