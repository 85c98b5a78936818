package fulltext

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
	zap "github.com/blevesearch/zapx/v16"
)

// ArticleError says which article cannot be indexed.
type ArticleError struct {
	Number int // in the slice given to Build
	ID     string
	Err    error
}

func (e *ArticleError) Error() string {
	return fmt.Sprintf("article %d (%q): %v", e.Number, e.ID, e.Err)
}
func (e *ArticleError) Unwrap() error { return e.Err }

// maxID bounds ids, in bytes.
const maxID = 2048

// Build makes a segment of articles, which it analyses with an analyzer that
// Mapping knows; "" means that of English. The same articles in the same order give the same
// bytes. The memory it takes is some ten times that of the texts: give it a few
// thousand articles at a time, and Merge the segments. The error for an article
// is an *ArticleError.
func Build(articles []Article, analyzer string) (data []byte, err error) {
	defer guard(&err)
	m, err := Mapping(analyzer)
	if err != nil {
		return nil, err
	}
	if len(articles) == 0 {
		return nil, errors.New("a segment needs at least one article")
	}
	seen := make(map[string]bool, len(articles))
	docs := make([]index.Document, len(articles))
	for i := range articles {
		a := &articles[i]
		err := a.check()
		if err == nil && seen[a.ID] {
			err = errors.New("another article has this id")
		}
		if err != nil {
			return nil, &ArticleError{i, a.ID, err}
		}
		seen[a.ID] = true
		if docs[i], err = a.document(m); err != nil {
			return nil, &ArticleError{i, a.ID, err}
		}
	}
	return build(docs)
}

func (a *Article) check() error {
	if a.ID == "" || len(a.ID) > maxID || !utf8.ValidString(a.ID) {
		return fmt.Errorf("id: want 1 to %d bytes of UTF-8", maxID)
	}
	size := 0
	for _, s := range slices.Concat([]string{a.Title, a.Text, a.URL, a.Note}, a.Headings, a.Terms, a.Names) {
		if !utf8.ValidString(s) {
			return fmt.Errorf("%.40q: want UTF-8", s)
		}
		size += len(s)
	}
	if size > maxStored-1024 { // what is not text takes a few bytes
		return errors.New("it has more than 16 MiB")
	}
	if y := a.Published.Year(); !a.Published.IsZero() && (y < 1678 || y > 2261) {
		return fmt.Errorf("published: the year %d cannot be indexed; want 1678 to 2261", y)
	}
	return nil
}

func (a *Article) document(m *mapping.IndexMappingImpl) (*document.Document, error) {
	d := document.NewDocument(a.ID)
	if err := m.MapDocument(d, a.fields()); err != nil {
		return nil, err
	}
	d.AddIDField()
	analyze(d)
	addLengths(d)
	return d, nil
}

// analyze does for a document what bleve's own index does before it hands it on.
func analyze(d *document.Document) {
	d.VisitFields(func(f index.Field) {
		if !f.Options().IsIndexed() {
			return
		}
		f.Analyze()
		maps.DeleteFunc(f.AnalyzedTokenFrequencies(), func(word string, _ *index.TokenFreq) bool { return len(word) > maxWord })
		if f.Name() == idField {
			return
		}
		d.VisitComposite(func(c index.CompositeField) {
			c.Compose(f.Name(), f.AnalyzedLength(), f.AnalyzedTokenFrequencies())
		})
	})
}

// build makes a segment of documents that have been analysed.
func build(docs []index.Document) ([]byte, error) {
	s, _, err := new(zap.ZapPlugin).New(docs)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := s.(*zap.SegmentBase).WriteTo(&b); err != nil {
		return nil, err
	}
	return canonical(b.Bytes())
}

// canonical orders what zap writes in the random order of a map, the sections
// of each field, so that the same articles give the same bytes. It makes sure that
// the segment can be opened.
func canonical(data []byte) ([]byte, error) {
	f, err := parseFooter(data)
	if err != nil {
		return nil, err
	}
	body := data[:len(data)-zap.FooterSize]
	err = visitFields(body, f, func(_ string, s []byte) {
		for i := 10; i < len(s); i += 10 { // an insertion sort; there are two sections
			for j := i; j > 0 && binary.BigEndian.Uint16(s[j:]) < binary.BigEndian.Uint16(s[j-10:]); j -= 10 {
				var t [10]byte
				copy(t[:], s[j:])
				copy(s[j:j+10], s[j-10:])
				copy(s[j-10:], t[:])
			}
		}
	})
	if err == nil {
		binary.BigEndian.PutUint32(data[len(data)-4:], crc32.ChecksumIEEE(data[:len(data)-4]))
		err = Verify(data)
	}
	if err != nil { // others would refuse it
		return nil, fmt.Errorf("segment just made: %w", err)
	}
	return data, nil
}
