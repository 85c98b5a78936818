package source

import (
	"slices"

	"postil/indexer/diag"
)

// place remembers where the parts of one entry were written, in 16 bytes a
// part, so that glossaries of a million forms can be checked.
type place struct {
	file  *file
	line  int32
	col   int32
	marks []mark
}

// mark is the place of a field's value (index 0) or of its n-th item (n+1).
type mark struct {
	field     uint8 // in fieldNames
	index     int32
	line, col int32
}

// termFields is how many of the fieldNames are fields of a term.
const termFields = 17

// fieldNames are the parts of an entry that have places of their own: the
// fields of a term, then those of a source.
var fieldNames = [...]string{"id", "label", "abbreviations", "kind", "definition", "sources", "see_also",
	"language", "aliases", "related", "context", "not_context", "case", "plural", "evidence", "prior", "hidden",
	"sources.title", "sources.url"}

func (p *place) add(name string, index int, n *node) {
	i := slices.Index(fieldNames[:], name)
	p.marks = append(p.marks, mark{uint8(i), int32(index), int32(n.line), int32(n.column)})
}

// find returns the place of a part, or of what it is part of.
func (p *place) find(name string, index int) diag.Position {
	for _, m := range p.marks {
		if fieldNames[m.field] == name && m.index == int32(index) {
			return p.file.at(int(m.line), int(m.col))
		}
	}
	switch {
	case name == "sources.title", name == "sources.url":
		return p.find("sources", index)
	case index != 0:
		return p.find(name, 0)
	}
	return p.file.at(int(p.line), int(p.col))
}
