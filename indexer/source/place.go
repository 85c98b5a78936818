package source

import (
	"encoding/binary"
	"iter"
	"slices"

	"postil/indexer/diag"
)

// places remember where the parts of entries were written, so that what is wrong
// with them can be said with line and column. A glossary of a million forms has
// ten million parts, hence numbers of variable length: three or four bytes a part.
//
// An entry is its file, line and column, then for each part its field and index,
// by how many lines it stands after the one before, and its column. The index is
// 0 for a field's value and n+1 for its n-th item.
type places struct {
	files  []*file
	starts []uint64 // of the entries, in data
	data   []byte
	line   int // of the last part

	known map[int]spot // the parts of an entry with many, the one asked for last
	entry int          // its number, plus one
}

// spot is where a part stands.
type spot struct{ line, column int }

// manyParts is the size of an entry, in bytes, from which its parts are noted instead
// of being gone through for each that is asked for.
const manyParts = 1 << 10

// termFields is how many of the fieldNames are fields of a term.
const termFields = 17

// fieldNames are the parts of an entry that have places of their own: the
// fields of a term, then those of a source.
var fieldNames = [...]string{"id", "label", "abbreviations", "kind", "definition", "sources", "see_also",
	"language", "aliases", "related", "context", "not_context", "case", "plural", "evidence", "prior", "hidden",
	"sources.title", "sources.url"}

// begin adds an entry, whose parts are added next.
func (p *places) begin(f *file, n *node) {
	if len(p.files) == 0 || p.files[len(p.files)-1] != f {
		p.files = append(p.files, f)
	}
	p.starts = append(p.starts, uint64(len(p.data)))
	p.data = binary.AppendUvarint(p.data, uint64(len(p.files)-1))
	p.data = binary.AppendUvarint(p.data, uint64(n.line))
	p.data = binary.AppendUvarint(p.data, uint64(n.column))
	p.line = n.line
}

func (p *places) add(name string, index int, n *node) {
	field := slices.Index(fieldNames[:], name)
	p.data = binary.AppendUvarint(p.data, uint64(index*len(fieldNames)+field))
	p.data = binary.AppendVarint(p.data, int64(n.line-p.line))
	p.data = binary.AppendUvarint(p.data, uint64(n.column))
	p.line = n.line
}

// find returns the place of a part of the i-th entry, or of what it is part of.
func (p *places) find(i int, name string, index int) diag.Position {
	f, start, parts := p.begun(i)
	field := slices.Index(fieldNames[:], name)
	if at, ok := p.spot(i, start.line, parts, index*len(fieldNames)+field); ok {
		return f.at(at.line, at.column)
	}
	switch {
	case name == "sources.title", name == "sources.url":
		return p.find(i, "sources", index)
	case index != 0:
		return p.find(i, name, 0)
	}
	return f.at(start.line, start.column)
}

// begun returns where the i-th entry begins, and its parts.
func (p *places) begun(i int) (f *file, start spot, parts varints) {
	end := uint64(len(p.data))
	if i+1 < len(p.starts) {
		end = p.starts[i+1]
	}
	parts = p.data[p.starts[i]:end]
	f = p.files[parts.uvarint()]
	start.line = int(parts.uvarint())
	start.column = int(parts.uvarint())
	return f, start, parts
}

// spot looks a part of the i-th entry up, which begins in a line.
func (p *places) spot(i, line int, parts varints, wanted int) (at spot, ok bool) {
	if len(parts) < manyParts {
		for part, at := range parts.all(line) {
			if part == wanted {
				return at, true
			}
		}
		return at, false
	}
	if p.entry != i+1 {
		p.entry, p.known = i+1, map[int]spot{}
		for part, at := range parts.all(line) {
			if _, twice := p.known[part]; !twice {
				p.known[part] = at
			}
		}
	}
	at, ok = p.known[wanted]
	return at, ok
}

// all goes through the parts of an entry that begins in a line.
func (v varints) all(line int) iter.Seq2[int, spot] {
	return func(yield func(int, spot) bool) {
		for len(v) > 0 {
			part := int(v.uvarint())
			line += int(v.varint())
			if !yield(part, spot{line, int(v.uvarint())}) {
				return
			}
		}
	}
}

// varints are numbers of variable length.
type varints []byte

func (v *varints) uvarint() uint64 {
	x, n := binary.Uvarint(*v)
	*v = (*v)[n:]
	return x
}

func (v *varints) varint() int64 {
	x, n := binary.Varint(*v)
	*v = (*v)[n:]
	return x
}
