package postil

import (
	"math"
	"strconv"
)

// The answers of search as the JSON objects of the HTTP interface, written by
// hand as those of Annotate are, and as safe inside HTML.

// AppendJSON appends the answer. Terms are what a card shows of them, with their
// scores.
func (r *SearchResult) AppendJSON(dst []byte) []byte {
	dst = appendHead(dst, r.Index, r.Offsets)
	if r.query.Scope != ScopeTerms {
		dst = append(dst, `,"total":`...)
		dst = strconv.AppendInt(dst, int64(r.Total), 10)
		dst = append(dst, `,"articles":`...)
		dst = appendList(dst, r.Articles, (*ArticleHit).AppendJSON)
	}
	if r.query.Scope == ScopeTerms || r.query.Scope == ScopeAll && r.query.Cursor == "" {
		dst = append(dst, `,"total_terms":`...)
		dst = strconv.AppendInt(dst, int64(r.TotalTerms), 10)
		dst = append(dst, `,"terms":`...)
		dst = appendList(dst, r.Terms, r.appendTerm)
	}
	return append(appendNext(dst, r.Next), '}')
}

func (r *SearchResult) appendTerm(t *TermHit, dst []byte) []byte {
	a := r.library.annotator
	n, err := a.number(t.ID)
	var rec record
	if err == nil {
		rec, err = a.record(n)
	}
	if err != nil {
		return append(t.appendMembers(append(dst, '{')), '}')
	}
	dst = append(dst, rec.json[:rec.card]...)
	dst = append(dst, `,"score":`...)
	return append(appendRelevance(dst, t.Score), '}')
}

func (t *TermHit) appendMembers(dst []byte) []byte {
	dst = append(dst, `"id":`...)
	dst = appendString(dst, t.ID)
	dst = append(dst, `,"label":`...)
	return appendString(dst, t.Label)
}

// AppendJSON appends the answer.
func (s *Suggestions) AppendJSON(dst []byte) []byte {
	dst = append(dst, `{"index":`...)
	dst = appendString(dst, s.Index)
	dst = append(dst, `,"terms":`...)
	dst = appendList(dst, s.Terms, func(t *TermHit, dst []byte) []byte {
		return append(t.appendMembers(append(dst, '{')), '}')
	})
	dst = append(dst, `,"articles":`...)
	dst = appendList(dst, s.Articles, func(h *ArticleHit, dst []byte) []byte {
		return append(h.appendMembers(append(dst, '{')), '}')
	})
	return append(dst, '}')
}

// AppendJSON appends the answer.
func (r *MentionResult) AppendJSON(dst []byte) []byte {
	dst = appendHead(dst, r.Index, r.Offsets)
	dst = append(dst, `,"term":`...)
	dst = appendString(dst, r.Term)
	dst = append(dst, `,"total":`...)
	dst = strconv.AppendInt(dst, int64(r.Total), 10)
	dst = append(dst, `,"mentions":`...)
	dst = appendList(dst, r.Mentions, func(m *ArticleMention, dst []byte) []byte {
		dst = m.appendMembers(append(dst, '{'))
		dst = append(dst, `,"sentence":`...)
		dst = appendString(dst, m.Sentence)
		dst = append(dst, `,"mark":`...)
		return append(appendRange(dst, m.Start, m.End), "}}"...)
	})
	return append(appendNext(dst, r.Next), '}')
}

// AppendRelatedJSON appends what Related found of this index as the JSON object of
// the HTTP interface.
func (a *Annotator) AppendRelatedJSON(dst []byte, found []ArticleHit) []byte {
	dst = appendString(append(dst, `{"index":`...), a.Digest())
	dst = append(dst, `,"articles":`...)
	return append(appendList(dst, found, (*ArticleHit).AppendJSON), '}')
}

// AppendJSON appends the hit, as answers have it.
func (h *ArticleHit) AppendJSON(dst []byte) []byte {
	dst = h.appendMembers(append(dst, '{'))
	dst = append(dst, `,"score":`...)
	dst = appendRelevance(dst, h.Score)
	if h.Fragments != nil {
		dst = append(dst, `,"fragments":`...)
		dst = appendList(dst, h.Fragments, (*Fragment).appendJSON)
	}
	return append(dst, '}')
}

func (h *ArticleHit) appendMembers(dst []byte) []byte {
	dst = append(dst, `"id":`...)
	dst = appendString(dst, h.ID)
	for _, m := range [][2]string{{`,"title":`, h.Title}, {`,"url":`, h.URL}, {`,"published":`, h.Published}} {
		if m[1] != "" {
			dst = appendString(append(dst, m[0]...), m[1])
		}
	}
	return dst
}

func (f *Fragment) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"field":`...)
	dst = appendString(dst, f.Field)
	dst = append(dst, ',')
	dst = append(dst, appendRange(nil, f.Start, f.End)[1:]...)
	dst = append(dst, `,"text":`...)
	dst = appendString(dst, f.Text)
	dst = append(dst, `,"html":`...)
	dst = appendString(dst, f.HTML)
	dst = append(dst, `,"marks":`...)
	dst = appendList(dst, f.Marks, func(m *Range, dst []byte) []byte {
		return append(appendRange(dst, m.Start, m.End), '}')
	})
	if f.CutBefore {
		dst = append(dst, `,"cut_before":true`...)
	}
	if f.CutAfter {
		dst = append(dst, `,"cut_after":true`...)
	}
	return append(dst, '}')
}

// AppendJSON appends the article with its text and the ids of its terms.
func (a *StoredArticle) AppendJSON(dst []byte) []byte {
	h := ArticleHit{ID: a.ID, Title: a.Title, URL: a.URL, Published: a.Published}
	dst = h.appendMembers(append(dst, '{'))
	dst = append(dst, `,"headings":`...)
	dst = appendList(dst, a.Headings, appendItem)
	dst = append(dst, `,"terms":`...)
	dst = appendList(dst, a.Terms, appendItem)
	dst = append(dst, `,"text":`...)
	return append(appendString(dst, a.Text), '}')
}

func appendItem(s *string, dst []byte) []byte { return appendString(dst, *s) }

// appendHead leaves the object open.
func appendHead(dst []byte, digest string, unit Offsets) []byte {
	dst = append(dst, `{"index":`...)
	dst = appendString(dst, digest)
	dst = append(dst, `,"offsets":`...)
	return appendString(dst, unit.String())
}

func appendNext(dst []byte, next string) []byte {
	if next == "" {
		return dst
	}
	return appendString(append(dst, `,"next":`...), next)
}

func appendList[T any](dst []byte, items []T, item func(*T, []byte) []byte) []byte {
	dst = append(dst, '[')
	for i := range items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = item(&items[i], dst)
	}
	return append(dst, ']')
}

// appendRelevance appends the score of a hit with four decimals: more are not the
// same on all machines.
func appendRelevance(dst []byte, x float64) []byte {
	return strconv.AppendFloat(dst, math.Round(x*1e4)/1e4, 'f', -1, 64)
}
