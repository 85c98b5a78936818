package fulltext

import (
	"context"
	"encoding/binary"
	"fmt"
	"sort"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v16"
)

// part is an open segment. The articles of all segments are numbered through:
// first is the number of this segment's first.
type part struct {
	id      string
	base    *zap.SegmentBase
	deleted *roaring.Bitmap // nil if there are none
	first   uint64
	size    int // bytes
}

func (p *part) live() uint64 {
	if p.deleted == nil {
		return p.base.Count()
	}
	return p.base.Count() - p.deleted.GetCardinality()
}

func (p *part) liveSet() *roaring.Bitmap {
	all := roaring.New()
	all.AddRange(0, p.base.Count())
	if p.deleted != nil {
		all.AndNot(p.deleted)
	}
	return all
}

// reader is what bleve's searchers see of an index during one search. An
// article's internal identifier is its number, 8 bytes, big-endian.
type reader struct {
	parts []*part
	terms int // how many more terms queries may expand to
}

var (
	_ index.IndexReader         = (*reader)(nil)
	_ index.IndexReaderRegexp   = (*reader)(nil)
	_ index.IndexReaderFuzzy    = (*reader)(nil)
	_ index.IndexReaderContains = (*reader)(nil)
)

func (r *reader) Close() error                       { return nil }
func (r *reader) GetInternal([]byte) ([]byte, error) { return nil, nil }

func encodeNumber(b []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(b[:0], n) }

func decodeNumber(id index.IndexInternalID) (uint64, error) {
	if len(id) != 8 {
		return 0, fmt.Errorf("%q is not the identifier of an article", []byte(id))
	}
	return binary.BigEndian.Uint64(id), nil
}

// locate finds the segment of an article, -1 if there is none, and the article's
// number in it.
func (r *reader) locate(number uint64) (int, uint64) {
	i := sort.Search(len(r.parts), func(i int) bool { return r.parts[i].first > number }) - 1
	if i < 0 {
		return -1, 0
	}
	return i, number - r.parts[i].first
}

func (r *reader) locateID(id index.IndexInternalID) (*part, uint64, error) {
	n, err := decodeNumber(id)
	if err != nil {
		return nil, 0, err
	}
	i, local := r.locate(n)
	if i < 0 {
		return nil, 0, fmt.Errorf("there is no article number %d", n)
	}
	return r.parts[i], local, nil
}

func (r *reader) DocCount() (uint64, error) {
	var n uint64
	for _, p := range r.parts {
		n += p.live()
	}
	return n, nil
}

func (r *reader) Fields() ([]string, error) {
	seen := map[string]bool{}
	var fields []string
	for _, p := range r.parts {
		for _, f := range p.base.Fields() {
			if !seen[f] {
				seen[f] = true
				fields = append(fields, f)
			}
		}
	}
	return fields, nil
}

func (r *reader) ExternalID(id index.IndexInternalID) (string, error) {
	p, local, err := r.locateID(id)
	if err != nil {
		return "", err
	}
	v, err := p.base.DocID(local)
	if err == nil && v == nil {
		err = fmt.Errorf("there is no article number %d", p.first+local)
	}
	return string(v), err
}

// InternalID returns nil if there is no such article.
func (r *reader) InternalID(id string) (index.IndexInternalID, error) {
	t, err := r.TermFieldReader(context.Background(), []byte(id), idField, false, false, false)
	if err != nil {
		return nil, err
	}
	d, err := t.Next(nil)
	if err != nil || d == nil {
		return nil, err
	}
	return d.ID, nil
}

// Document returns the stored fields of an article, or nil if there is none.
func (r *reader) Document(id string) (index.Document, error) {
	internal, err := r.InternalID(id)
	if err != nil || internal == nil {
		return nil, err
	}
	return r.stored(internal, id)
}

func (r *reader) stored(internal index.IndexInternalID, id string) (*document.Document, error) {
	p, local, err := r.locateID(internal)
	if err != nil {
		return nil, err
	}
	doc := document.NewDocument(id)
	sound := true
	err = p.base.VisitStoredFields(local, func(name string, kind byte, value []byte, positions []uint64) bool {
		sound = sound && (kind != 't' || utf8.Valid(value))
		if name != idField {
			addStored(doc, name, kind, append([]byte(nil), value...), append([]uint64(nil), positions...))
		}
		return true
	})
	if err != nil || !sound {
		err = corrupt("what is stored of an article is no text")
	}
	return doc, err
}

// addStored adds a field as bleve's index would; kinds that articles do not
// have, such as geometries, are left out.
func addStored(doc *document.Document, name string, kind byte, value []byte, positions []uint64) {
	doc.StoredFieldsSize += uint64(len(value))
	switch kind {
	case 't':
		doc.AddField(document.NewTextField(name, positions, value))
	case 'n':
		doc.AddField(document.NewNumericFieldFromBytes(name, positions, value))
	case 'd':
		doc.AddField(document.NewDateTimeFieldFromBytes(name, positions, value))
	case 'b':
		doc.AddField(document.NewBooleanFieldFromBytes(name, positions, value))
	}
}

// DocIDReaderAll enumerates the live articles.
func (r *reader) DocIDReaderAll() (index.DocIDReader, error) {
	d := &numbers{r: r}
	for _, p := range r.parts {
		d.sets = append(d.sets, p.liveSet().Iterator())
	}
	return d, nil
}

// DocIDReaderOnly enumerates the live articles among those.
func (r *reader) DocIDReaderOnly(ids []string) (index.DocIDReader, error) {
	d := &numbers{r: r}
	for _, p := range r.parts {
		set, err := p.base.DocNumbers(ids)
		if err != nil {
			return nil, err
		}
		if p.deleted != nil {
			set.AndNot(p.deleted)
		}
		d.sets = append(d.sets, set.Iterator())
	}
	return d, nil
}

// numbers enumerates articles by their numbers.
type numbers struct {
	r    *reader
	sets []roaring.IntPeekable
	at   int
}

func (d *numbers) Next() (index.IndexInternalID, error) {
	for ; d.at < len(d.sets); d.at++ {
		if s := d.sets[d.at]; s.HasNext() {
			return encodeNumber(nil, d.r.parts[d.at].first+uint64(s.Next())), nil
		}
	}
	return nil, nil
}

// Advance goes to an article or the one after it.
func (d *numbers) Advance(id index.IndexInternalID) (index.IndexInternalID, error) {
	n, err := decodeNumber(id)
	if err != nil {
		return nil, err
	}
	if i, local := d.r.locate(n); i >= d.at {
		d.at = i
		d.sets[i].AdvanceIfNeeded(uint32(local))
	}
	return d.Next()
}

func (d *numbers) Size() int    { return 0 }
func (d *numbers) Close() error { return nil }

// DocValueReader reads the doc values of these fields; a field without any has
// none.
func (r *reader) DocValueReader(fields []string) (index.DocValueReader, error) {
	return &docValues{r: r, fields: fields}, nil
}

type docValues struct {
	r      *reader
	fields []string
	state  segment.DocVisitState
}

func (d *docValues) BytesRead() uint64 { return 0 }

func (d *docValues) VisitDocValues(id index.IndexInternalID, visit index.DocValueVisitor) error {
	if len(d.fields) == 0 {
		return nil
	}
	p, local, err := d.r.locateID(id)
	if err != nil {
		return err
	}
	d.state, err = p.base.VisitDocValues(local, d.fields, visit, d.state)
	return err
}
