package source

import (
	"encoding/binary"
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
}

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
	f, line, column, r := p.entry(i)
	field := slices.Index(fieldNames[:], name)
	for at := line; len(r) > 0; {
		part := int(r.uvarint())
		at += int(r.varint())
		if c := int(r.uvarint()); part == index*len(fieldNames)+field {
			return f.at(at, c)
		}
	}
	switch {
	case name == "sources.title", name == "sources.url":
		return p.find(i, "sources", index)
	case index != 0:
		return p.find(i, name, 0)
	}
	return f.at(line, column)
}

// entry returns the place of the i-th entry, and its parts.
func (p *places) entry(i int) (f *file, line, column int, parts varints) {
	end := uint64(len(p.data))
	if i+1 < len(p.starts) {
		end = p.starts[i+1]
	}
	parts = p.data[p.starts[i]:end]
	f = p.files[parts.uvarint()]
	line = int(parts.uvarint())
	column = int(parts.uvarint())
	return f, line, column, parts
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
