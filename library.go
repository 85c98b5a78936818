package postil

import "postil/internal/fulltext"

// Library is what can be searched of an index, perhaps with articles that came
// later. It does not change and is safe for concurrent use.
type Library struct {
	annotator *Annotator
	later     *fulltext.Index // all articles; nil means those of the index alone
}

// built is the library of the index alone.
func (a *Annotator) built() *Library { return &Library{annotator: a} }

// articles returns what can be searched of the articles.
func (l *Library) articles() (*fulltext.Index, error) {
	if l.later != nil {
		return l.later, nil
	}
	return l.annotator.archive(&l.annotator.library)
}

// terms returns what can be searched of the glossary.
func (l *Library) terms() (*fulltext.Index, error) {
	return l.annotator.archive(&l.annotator.lexicon)
}

// Count is the number of articles. The error is a *FormatError.
func (l *Library) Count() (int, error) {
	x, err := l.articles()
	if err != nil {
		return 0, err
	}
	return x.Count(), nil
}

// Has reports whether there is an article with an id. The error is a
// *FormatError.
func (l *Library) Has(id string) (bool, error) {
	x, err := l.articles()
	if err != nil {
		return false, err
	}
	ok, err := x.Has(id)
	return ok, searchError(articleSection, err)
}

// Segment is articles made searchable, or gone: what changes a library.
type Segment struct {
	// Name is what errors call it.
	Name string
	// Data is what Annotator.Segment returned; nil for a segment that only removes.
	// It is used in place and must not change.
	Data []byte
	// Removes are the ids of articles of the index and of the segments before this
	// one that it replaces or removes. One that is not there is no error.
	Removes []string
	// Checked says that Data has been opened before without an error, and need not
	// be read whole again.
	Checked bool
}

// SegmentError says which segment cannot be used, and why.
type SegmentError = fulltext.SegmentError

// Segment makes articles searchable: it annotates and analyses them as Compile
// does. The error says which article cannot be indexed.
func (a *Annotator) Segment(articles ...Article) ([]byte, error) {
	if _, err := inOrder(articles); err != nil {
		return nil, err
	}
	s := segmenter{analyzer: a.finds}
	for i := range articles {
		indexed, err := a.indexed(&articles[i])
		if err != nil {
			return nil, err
		}
		if err := s.add(indexed); err != nil {
			return nil, err
		}
	}
	return s.finish()
}

// Library opens the articles of the index together with those of segments, the
// later ones last. Of segments that cannot be opened only the articles are left
// out; the error then joins a *SegmentError for each, and the library answers
// from all else. Without a library the error is a *FormatError. Without segments
// there is no error yet, and nothing is opened before it is asked for.
func (a *Annotator) Library(segments ...Segment) (*Library, error) {
	if len(segments) == 0 {
		return a.built(), nil
	}
	all, err := a.builtSegment()
	if err != nil {
		return nil, err
	}
	x, err := fulltext.Open(append(all, forFulltext(segments)...), fulltext.Options{Analyzer: a.finds})
	return &Library{annotator: a, later: x}, err
}

// builtSegment is the segment of the index, if it has one.
func (a *Annotator) builtSegment() ([]fulltext.Segment, error) {
	if _, err := a.archive(&a.library); err != nil || !a.file.Has(articleSection) {
		return nil, err
	}
	data, err := a.file.Checked(articleSection)
	return []fulltext.Segment{{ID: articleSection, Data: data, Verified: true}}, err
}

func forFulltext(segments []Segment) []fulltext.Segment {
	all := make([]fulltext.Segment, len(segments))
	for i, s := range segments {
		all[i] = fulltext.Segment{ID: s.Name, Data: s.Data, Removes: s.Removes, Verified: s.Checked}
	}
	return all
}
