package postil

// roster lists the terms that a document may name, in the order in which they
// are met, with what is known of each. It is a hash table with open addressing,
// so that it grows with the document and not with the glossary.
type roster struct {
	slots   []uint32 // 1 + place in entries; 0 if empty
	shift   uint8
	entries []entry
}

// entry is what an annotation knows of a term.
type entry struct {
	term    uint32
	often   uint32 // mentions where there is nothing to decide
	present bool   // the document names it by a form that is not weak and that no other term shares
	named   bool   // one of those often is of several words
	listed  bool   // among the terms of the result
	id      string // once it is needed
}

const leastSlots = 64

func (r *roster) reset() {
	if len(r.slots) > 16*len(r.entries)+leastSlots {
		r.slots = nil // a long document must not make all after it slow
	}
	clear(r.slots)
	clear(r.entries)
	r.entries = r.entries[:0]
}

// enter returns the place of a term in the entries; it adds the term if it is
// not there.
func (r *roster) enter(term uint32) uint32 {
	if 2*len(r.entries) >= len(r.slots) {
		r.grow()
	}
	at := r.slot(term)
	if r.slots[at] == 0 {
		r.entries = append(r.entries, entry{term: term})
		r.slots[at] = uint32(len(r.entries))
	}
	return r.slots[at] - 1
}

// find returns the entry of a term, or nil.
func (r *roster) find(term uint32) *entry {
	if len(r.slots) == 0 {
		return nil
	}
	if i := r.slots[r.slot(term)]; i > 0 {
		return &r.entries[i-1]
	}
	return nil
}

// slot is the slot of a term, or the empty one where it belongs.
func (r *roster) slot(term uint32) int {
	at := int(term * 0x9E3779B1 >> r.shift)
	for r.slots[at] != 0 && r.entries[r.slots[at]-1].term != term {
		if at++; at == len(r.slots) {
			at = 0
		}
	}
	return at
}

func (r *roster) grow() {
	n := max(leastSlots, 2*len(r.slots))
	r.slots = make([]uint32, n)
	r.shift = 32
	for ; n > 1; n >>= 1 {
		r.shift--
	}
	for i, e := range r.entries {
		r.slots[r.slot(e.term)] = uint32(i + 1)
	}
}
