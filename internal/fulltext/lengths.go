package fulltext

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// BM25F needs the average length of a field in tokens, which zap does not keep.
// So each article has a field more, "length", with one term for each field that
// is searched by words: its name and how many tokens it has. There are few such
// terms, and how many live articles have each is in the postings.

func lengthTerm(field string, tokens int) string { return field + " " + strconv.Itoa(tokens) }

// whole takes a value for a single token.
type whole struct{}

func (whole) Analyze(b []byte) analysis.TokenStream {
	return analysis.TokenStream{&analysis.Token{Term: b, Start: 0, End: len(b), Position: 1}}
}

// addLengths adds the length field to a document that has been analysed.
func addLengths(d *document.Document) {
	tokens := map[string]int{}
	d.VisitFields(func(f index.Field) { tokens[f.Name()] += f.AnalyzedLength() })
	for _, w := range weights {
		if n := tokens[w.field]; n > 0 {
			f := document.NewTextFieldCustom(lengthField, nil, []byte(lengthTerm(w.field, n)), index.IndexField, whole{})
			f.Analyze()
			d.AddField(f)
		}
	}
}

// measure computes the average lengths over all live articles, those that lack
// a field counting as empty.
func (x *Index) measure() (err error) {
	defer guard(&err)
	x.lengths = map[string]float64{}
	live := float64(x.Count())
	for _, p := range x.parts {
		d, err := p.base.Dictionary(lengthField)
		if err != nil {
			return err
		}
		terms := d.AutomatonIterator(nil, nil, nil)
		for e, err := terms.Next(); e != nil || err != nil; e, err = terms.Next() {
			if err != nil {
				return err
			}
			l, err := d.PostingsList([]byte(e.Term), p.deleted, nil)
			if err != nil {
				return err
			}
			field, digits, _ := strings.Cut(e.Term, " ")
			n, err := strconv.Atoi(digits)
			if err != nil {
				return fmt.Errorf("%w: %q is not a length", ErrCorrupt, e.Term)
			}
			x.lengths[field] += float64(n) * float64(l.Count()) / live
		}
	}
	return nil
}
