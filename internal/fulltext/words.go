package fulltext

import (
	"context"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"
)

// Words without a field are ranked by BM25F (Robertson, Zaragoza and Taylor,
// "Simple BM25 extension to multiple weighted fields", 2004). How often a word
// occurs in an article is summed over the fields, each occurrence weighted by
// its field and by how long the field is, compared with the average; the sum t
// saturates as t/(t+k1) and is multiplied by the word's rarity. It finds more
// than bleve's own formulas do, which score each field by itself, count rarity
// twice and multiply by the share of words found. words is a bleve query like any
// other, and can stand in a boolean query.

const (
	saturation = 2    // k1
	lengthBias = 0.75 // b
)

// fieldWeight says how much an occurrence in a field counts.
type fieldWeight struct {
	field  string
	weight float64
}

// weights of the fields that words are searched in.
var weights = [...]fieldWeight{{FieldTitle, 3}, {FieldHeadings, 1}, {FieldText, 1}}

// words is a query for any of some words: those of a text and terms as they
// are in the index.
type words struct {
	text    string
	terms   []weighted
	boost   float64
	lengths map[string]float64
}

// weighted is a term of the query, how much it counts and where it is searched.
type weighted struct {
	term   string
	times  float64
	fields []fieldWeight
}

func (w *words) Searcher(ctx context.Context, r index.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	docs, err := r.DocCount()
	if err != nil {
		return nil, err
	}
	terms := w.weighted(m)
	if len(terms) == 0 {
		return searcher.NewMatchNoneSearcher(r)
	}
	s := &wordsSearcher{boost: w.boost, factor: w.boost, scored: o.Score != "none"}
	for _, t := range terms {
		if err := s.add(ctx, r, w, t, float64(docs), o); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// weighted lists the terms; one that occurs again counts again.
func (w *words) weighted(m mapping.IndexMapping) []weighted {
	terms := slices.Clone(w.terms)
	at := map[string]int{}
	for _, t := range m.AnalyzerNamed(m.AnalyzerNameForPath(FieldText)).Analyze([]byte(w.text)) {
		if i, ok := at[string(t.Term)]; ok {
			terms[i].times++
			continue
		}
		at[string(t.Term)] = len(terms)
		terms = append(terms, weighted{string(t.Term), 1, weights[:]})
	}
	return terms
}

// add opens the postings of a term.
func (s *wordsSearcher) add(ctx context.Context, r index.IndexReader, w *words, t weighted, docs float64, o search.SearcherOptions) error {
	frequency := 0.0 // articles that have it, as far as one field tells
	for _, f := range t.fields {
		p, err := r.TermFieldReader(ctx, []byte(t.term), f.field, true, true, o.IncludeTermVectors)
		if err != nil {
			return err
		}
		if p.Count() > 0 {
			frequency = max(frequency, float64(p.Count()))
			s.lists = append(s.lists, &wordList{term: t.term, word: len(s.rarity), postings: p, weight: f.weight, length: w.lengths[f.field]})
		}
	}
	if frequency > 0 {
		s.rarity = append(s.rarity, t.times*rarity(docs, frequency))
		s.sums = append(s.sums, 0)
	}
	return nil
}

// rarity is the weight of a term that so many of all articles have.
func rarity(docs, frequency float64) float64 {
	// Log1p and not Log, which is not the same to the last bit on all machines.
	return math.Log1p((docs - frequency + 0.5) / (frequency + 0.5))
}

// wordList is the postings of a word in a field.
type wordList struct {
	term     string
	word     int // number of the word
	postings index.TermFieldReader
	weight   float64
	length   float64 // average length of the field; 0 means that length does not count
	current  index.TermFieldDoc
	number   uint64 // of the current article; past if there is none
}

// past is the number after all articles.
const past = math.MaxUint64

// share is what the current posting adds to the sum of its word.
func (l *wordList) share() float64 {
	relative := 1.0
	if l.length > 0 && l.current.Norm > 0 {
		relative = 1 / (l.current.Norm * l.current.Norm) / l.length
	}
	return l.weight * float64(l.current.Freq) / (1 - lengthBias + lengthBias*relative)
}

// wordsSearcher goes through all lists at once, article by article.
type wordsSearcher struct {
	lists   []*wordList
	rarity  []float64 // of each word
	sums    []float64 // of each word in the current article
	boost   float64
	factor  float64
	scored  bool
	started bool
}

func (s *wordsSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if !s.started {
		s.started = true
		for _, l := range s.lists {
			if err := l.next(); err != nil {
				return nil, err
			}
		}
	}
	return s.match(ctx)
}

func (l *wordList) next() error { return l.at(l.postings.Next(l.current.Reset())) }

// at notes where the list has come to; what it returned lies in l.current.
func (l *wordList) at(d *index.TermFieldDoc, err error) error {
	if l.number = past; err != nil || d == nil {
		return err
	}
	l.number, err = decodeNumber(d.ID)
	return err
}

func (s *wordsSearcher) Advance(ctx *search.SearchContext, id index.IndexInternalID) (*search.DocumentMatch, error) {
	number, err := decodeNumber(id)
	if err != nil {
		return nil, err
	}
	for _, l := range s.lists {
		if s.started && l.number >= number {
			continue
		}
		if err := l.at(l.postings.Advance(id, l.current.Reset())); err != nil {
			return nil, err
		}
	}
	s.started = true
	return s.match(ctx)
}

// match takes the first article that any list stands at and moves those on.
func (s *wordsSearcher) match(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	least := uint64(past)
	for _, l := range s.lists {
		least = min(least, l.number)
	}
	if least == past {
		return nil, nil
	}
	d := ctx.DocumentMatchPool.Get()
	d.IndexInternalID = encodeNumber(d.IndexInternalID, least)
	clear(s.sums)
	for _, l := range s.lists {
		if l.number != least {
			continue
		}
		s.sums[l.word] += l.share()
		l.addLocations(d)
		if err := l.next(); err != nil {
			return nil, err
		}
	}
	if s.scored {
		d.Score = s.score()
	}
	return d, nil
}

func (s *wordsSearcher) score() float64 {
	score := 0.0
	for i, t := range s.sums {
		score += s.rarity[i] * t * (saturation + 1) / (t + saturation)
	}
	return score * s.factor
}

func (l *wordList) addLocations(d *search.DocumentMatch) {
	for _, v := range l.current.Vectors {
		d.FieldTermLocations = append(d.FieldTermLocations, search.FieldTermLocation{
			Field: v.Field, Term: l.term,
			Location: search.Location{Pos: v.Pos, Start: v.Start, End: v.End, ArrayPositions: append(search.ArrayPositions(nil), v.ArrayPositions...)},
		})
	}
}

// Weight and SetQueryNorm put the words on a scale with the other clauses of a
// boolean query, as bleve does with its own.
func (s *wordsSearcher) Weight() float64 {
	sum := 0.0
	for _, r := range s.rarity {
		sum += r * r
	}
	return sum * s.boost * s.boost
}

func (s *wordsSearcher) SetQueryNorm(norm float64) { s.factor = s.boost * norm }

func (s *wordsSearcher) Count() uint64 {
	n := uint64(0)
	for _, l := range s.lists {
		n += l.postings.Count()
	}
	return n
}

func (s *wordsSearcher) Min() int                   { return 0 }
func (s *wordsSearcher) Size() int                  { return 0 }
func (s *wordsSearcher) DocumentMatchPoolSize() int { return 1 }

func (s *wordsSearcher) Close() error {
	for _, l := range s.lists {
		if err := l.postings.Close(); err != nil {
			return err
		}
	}
	return nil
}
