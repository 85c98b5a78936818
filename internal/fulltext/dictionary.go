package fulltext

import (
	"container/heap"
	"errors"
	"fmt"
	"regexp/syntax"
	"sync"

	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	"github.com/blevesearch/vellum/levenshtein"
	"github.com/blevesearch/vellum/regexp"
)

// ErrTooManyTerms is wrapped by the error for a query, such as a wildcard, that
// stands for more terms than allowed.
var ErrTooManyTerms = errors.New("it stands for too many terms")

// errTooComplex is the error for a pattern that needs too large an automaton.
var errTooComplex = errors.New("the pattern is too complex")

// maxAutomaton bounds what a regular expression is compiled to, in bytes.
const maxAutomaton = 1 << 20

// dictionary enumerates the terms of a field, in order, over all segments.
type dictionary struct {
	r           *reader
	cursors     cursors
	cardinality int
	entry       index.DictEntry
}

type dictCursor struct {
	terms   segment.DictionaryIterator
	live    liveTerms
	current index.DictEntry
}

// next reports whether there is a further term of a live article.
func (c *dictCursor) next() (bool, error) {
	for {
		e, err := c.terms.Next()
		if err != nil || e == nil {
			return false, err
		}
		c.current = *e
		if c.live.deleted != nil {
			if c.current.Count, err = c.live.count([]byte(e.Term)); err != nil {
				return false, err
			}
		}
		if c.current.Count > 0 {
			return true, nil
		}
	}
}

// cursors is a heap, the smallest term first.
type cursors []*dictCursor

func (c cursors) Len() int           { return len(c) }
func (c cursors) Less(i, j int) bool { return c[i].current.Term < c[j].current.Term }
func (c cursors) Swap(i, j int)      { c[i], c[j] = c[j], c[i] }
func (c *cursors) Push(x any)        { *c = append(*c, x.(*dictCursor)) }
func (c *cursors) Pop() any {
	last := len(*c) - 1
	x := (*c)[last]
	*c = (*c)[:last]
	return x
}

// dictionary enumerates the terms from start to before end that the automaton
// accepts; nil each time means no bound.
func (r *reader) dictionary(field string, a segment.Automaton, start, end []byte) (*dictionary, error) {
	d := &dictionary{r: r}
	for _, p := range r.parts {
		live, err := p.terms(field)
		if err != nil {
			return nil, err
		}
		d.cardinality += live.Cardinality()
		c := &dictCursor{terms: live.AutomatonIterator(a, start, end), live: live}
		ok, err := c.next()
		if err != nil {
			return nil, err
		}
		if ok {
			d.cursors = append(d.cursors, c)
		}
	}
	heap.Init(&d.cursors)
	return d, nil
}

// Next returns nil after the last term. The counts of a term add up.
func (d *dictionary) Next() (*index.DictEntry, error) {
	if len(d.cursors) == 0 {
		return nil, nil
	}
	if d.r.terms <= 0 {
		return nil, ErrTooManyTerms
	}
	d.r.terms--
	d.entry = d.cursors[0].current
	d.entry.Count = 0
	for len(d.cursors) > 0 && d.cursors[0].current.Term == d.entry.Term {
		c := d.cursors[0]
		d.entry.Count += c.current.Count
		ok, err := c.next()
		if err != nil {
			return nil, err
		}
		if ok {
			heap.Fix(&d.cursors, 0)
		} else {
			heap.Pop(&d.cursors)
		}
	}
	return &d.entry, nil
}

func (d *dictionary) Cardinality() int  { return d.cardinality }
func (d *dictionary) BytesRead() uint64 { return 0 }
func (d *dictionary) Close() error      { return nil }

func (r *reader) FieldDict(field string) (index.FieldDict, error) {
	return r.dictionary(field, nil, nil, nil)
}

// FieldDictRange includes both ends, and, as bleve's own index does, the terms
// that begin with the end.
func (r *reader) FieldDictRange(field string, start, end []byte) (index.FieldDict, error) {
	if n := len(end); n > 0 {
		end = append([]byte(nil), end...)
		if end[n-1] < 0xff {
			end[n-1]++
		} else {
			end = append(end, 0)
		}
	}
	return r.dictionary(field, nil, start, end)
}

func (r *reader) FieldDictPrefix(field string, prefix []byte) (index.FieldDict, error) {
	return r.dictionary(field, nil, prefix, afterPrefix(prefix))
}

// afterPrefix is the first term that comes after all with that prefix; nil if
// none does.
func afterPrefix(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end
		}
	}
	return nil
}

func (r *reader) FieldDictRegexp(field, pattern string) (index.FieldDict, error) {
	d, _, err := r.FieldDictRegexpAutomaton(field, pattern)
	return d, err
}

func (r *reader) FieldDictRegexpAutomaton(field, pattern string) (index.FieldDict, index.RegexAutomaton, error) {
	// Classes by name, such as \pL, would need large tables at every start.
	parsed, err := syntax.Parse(pattern, syntax.Perl&^syntax.UnicodeGroups)
	if err != nil {
		return nil, nil, err
	}
	a, err := regexp.NewParsedWithLimit(pattern, parsed, maxAutomaton)
	if errors.Is(err, regexp.ErrCompiledTooBig) || errors.Is(err, regexp.ErrTooManyStates) {
		err = errTooComplex
	}
	if err != nil {
		return nil, nil, err
	}
	var start, end []byte
	if p := literalPrefix(parsed); p != "" {
		start, end = []byte(p), afterPrefix([]byte(p))
	}
	d, err := r.dictionary(field, a, start, end)
	return d, a, err
}

// literalPrefix returns letters that all matches begin with.
func literalPrefix(s *syntax.Regexp) string {
	for s.Op == syntax.OpConcat && len(s.Sub) > 0 {
		s = s.Sub[0]
	}
	if s.Op == syntax.OpLiteral && s.Flags&syntax.FoldCase == 0 {
		return string(s.Rune)
	}
	return ""
}

// The tables for one and for two edits, transpositions counting as one, are the
// same for all terms and take a while to compute.
var oneEdit, twoEdits = sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
	return levenshtein.NewLevenshteinAutomatonBuilder(1, true)
}), sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
	return levenshtein.NewLevenshteinAutomatonBuilder(2, true)
})

// maxApproximate is the longest word, in bytes, that is looked for approximately: an
// automaton takes a kilobyte and more for each letter.
const maxApproximate = 64

func editAutomaton(term string, edits int) (vellum.Automaton, error) {
	if len(term) > maxApproximate {
		return nil, fmt.Errorf("approximate word %.20q: %w", term, ErrTooComplex)
	}
	tables := oneEdit
	switch edits {
	case 1:
	case 2:
		tables = twoEdits
	default:
		return nil, fmt.Errorf("a fuzziness of %d is not supported: want 0 to 2", edits)
	}
	b, err := tables()
	if err != nil {
		return nil, err
	}
	a, err := b.BuildDfa(term, uint8(edits))
	if err != nil { // it has too many states
		return nil, fmt.Errorf("approximate word %.20q: %w", term, ErrTooComplex)
	}
	return a, nil
}

func (r *reader) FieldDictFuzzy(field, term string, edits int, prefix string) (index.FieldDict, error) {
	d, _, err := r.FieldDictFuzzyAutomaton(field, term, edits, prefix)
	return d, err
}

func (r *reader) FieldDictFuzzyAutomaton(field, term string, edits int, prefix string) (index.FieldDict, index.FuzzyAutomaton, error) {
	a, err := editAutomaton(term, edits)
	if err != nil {
		return nil, nil, err
	}
	var start, end []byte
	if prefix != "" {
		start, end = []byte(prefix), afterPrefix([]byte(prefix))
	}
	d, err := r.dictionary(field, a, start, end)
	fuzzy, _ := a.(index.FuzzyAutomaton)
	return d, fuzzy, err
}
