package fulltext

import (
	"bytes"
	"errors"
	_ "unsafe" // for go:linkname

	"github.com/RoaringBitmap/roaring/v2"
	zap "github.com/blevesearch/zapx/v16"
)

// Merge makes one segment of the live articles of all that are open, in their
// order, with zap's own merger: nothing is analysed again, so it is much faster
// than Build. The same segments give the same bytes. It returns nil if no
// article is left. The index itself does not change.
func (x *Index) Merge() (data []byte, err error) {
	defer guard(&err)
	if x.Count() == 0 {
		return nil, nil
	}
	bases := make([]*zap.SegmentBase, len(x.parts))
	drops := make([]*roaring.Bitmap, len(x.parts))
	size := zap.FooterSize
	for i, p := range x.parts {
		bases[i], drops[i] = p.base, p.deleted
		size += p.size
	}
	var b bytes.Buffer
	b.Grow(size) // most is stored text, which stays as long as it is
	w := zap.NewCountHashWriter(&b)
	_, docs, stored, _, _, fields, err := mergeToWriter(bases, drops, zap.DefaultChunkMode, w, nil)
	if err != nil {
		return nil, err
	}
	if docs != uint64(x.Count()) {
		return nil, errors.New("the merged segment lacks articles")
	}
	f := footer{docs: docs, stored: stored, fields: fields, chunkMode: zap.DefaultChunkMode}
	return canonical(f.append(b.Bytes()))
}

// zap's exported Merge does the same, but writes to a file by its path, and
// there are no files at the edge. Both ends are pinned in go.mod, and the tests
// compare what it makes with what zap's exported Merge does.
//
//go:linkname mergeToWriter github.com/blevesearch/zapx/v16.mergeToWriter
func mergeToWriter(segments []*zap.SegmentBase, drops []*roaring.Bitmap, chunkMode uint32, w *zap.CountHashWriter, closed chan struct{}) (
	newNumbers [][]uint64, docs, stored uint64, fieldNames []string, fieldsMap map[string]uint16, fields uint64, err error)
