package fulltext

import "math"

// A dictionary is a transducer of vellum's: behind a head of 16 bytes states, each
// after those that it leads to, and then how many terms there are and where the first
// state is, 8 bytes each. A state is read backwards from its last byte. The sum of
// what is found on the way through it is a term's value: the place of its postings or,
// if the highest bit is set, the only article that has it, once, and its norm.

const (
	dictionaryHead, dictionaryTail = 16, 16
	// onlyOne marks the value of a term that only one article has.
	onlyOne = 1 << 63
	mask31  = 1<<31 - 1
)

// state is one of a dictionary's.
type state struct {
	final       bool
	finalOut    uint64
	many        int    // ways on
	keys        []byte // the last way's first; nil if there is one way, which has no other
	to, out     []byte // of each way, in the same order
	wide, deep  int    // bytes of each number in to and in out
	bottom, way int    // the state's first byte, and the way taken next
	value       uint64 // what was found on the way here
}

// dictionary goes through all terms of a field.
func (v *verifier) dictionary(b []byte) bool {
	if b == nil || !v.spend(uint64(len(b))) || littleEndian(b[:8]) != 1 {
		return false
	}
	end := len(b) - dictionaryTail
	terms, root := littleEndian(b[end:end+8]), littleEndian(b[end+8:])
	b = b[:end]
	path := make([]state, 1, 64)
	if root == 0 || root >= uint64(end) || !path[0].read(b, int(root)) {
		return false
	}
	for len(path) > 0 {
		s := &path[len(path)-1]
		if s.way == 0 && s.final {
			if terms == 0 || !v.term(s.value+s.finalOut) {
				return false
			}
			terms--
		}
		if s.way == s.many {
			path = path[:len(path)-1]
			continue
		}
		if v.steps == 0 || len(path) > maxWord {
			return false
		}
		v.steps--
		path = append(path, state{})
		if !path[len(path)-2].follow(b, &path[len(path)-1]) {
			return false
		}
	}
	return terms == 0
}

// follow takes a state's next way.
func (s *state) follow(b []byte, next *state) bool {
	i := s.many - 1 - s.way
	if s.keys != nil && s.way > 0 && s.keys[i] <= s.keys[i+1] {
		return false
	}
	s.way++
	to := littleEndian(s.to[i*s.wide : (i+1)*s.wide])
	next.value = s.value + littleEndian(s.out[i*s.deep:(i+1)*s.deep])
	if to == 0 {
		next.final = true
		return true
	}
	return to < uint64(s.bottom) && next.read(b, s.bottom-int(to)) && (next.final || next.many > 0)
}

// read reads the state whose last byte is at a place.
func (s *state) read(b []byte, at int) bool {
	if at < dictionaryHead {
		return false
	}
	r := backwards{b[dictionaryHead : at+1]}
	head := int(r.byte())
	single := head >= 0x80
	if single {
		s.many = 1
		if head&0x3f == 0 {
			r.byte() // the letter, if it is not among the frequent ones
		}
		if head&0x40 != 0 { // the state before this one is next
			s.bottom = dictionaryHead + len(r.b)
			s.wide, s.to = 1, []byte{1}
			return true
		}
	} else if s.final, s.many = head&0x40 != 0, head&0x3f; s.many == 0 {
		if s.many = int(r.byte()); s.many == 1 {
			s.many = 256
		}
	}
	sizes := int(r.byte())
	s.wide, s.deep = sizes>>4, sizes&15
	if !single {
		s.keys = r.bytes(s.many)
	}
	s.to = r.bytes(s.many * s.wide)
	s.out = r.bytes(s.many * s.deep)
	if s.final {
		s.finalOut = littleEndian(r.bytes(s.deep))
	}
	s.bottom = dictionaryHead + len(r.b)
	return r.b != nil && max(s.wide, s.deep) <= 8
}

// backwards reads from the end; b is nil when the bytes have run out.
type backwards struct{ b []byte }

//go:noinline
func (r *backwards) bytes(n int) []byte {
	at := len(r.b) - n
	if r.b == nil || at < 0 {
		r.b = nil
		return make([]byte, n)
	}
	out := r.b[at:]
	r.b = r.b[:at]
	return out
}

//go:noinline
func (r *backwards) byte() byte { return r.bytes(1)[0] }

// term reads what a dictionary has for a term.
func (v *verifier) term(value uint64) bool {
	if value >= onlyOne {
		return value>>62 == 2 && value&mask31 < v.docs && value>>31&mask31 > 0
	}
	return v.postings(value)
}

// postings reads the postings of a term: where the frequencies lie, where the places
// lie, zero if nowhere, and the set of the articles, with its length.
func (v *verifier) postings(at uint64) bool {
	c := cursor{b: v.body, at: at}
	frequencies, places := c.varint(), c.varint()
	set := c.bytes(c.varint())
	if c.bad || !v.spend(c.at-at) || frequencies == 0 {
		return false
	}
	if n, err := v.set.FromBuffer(set); err != nil || n != int64(len(set)) {
		return false
	}
	count := v.set.GetCardinality()
	size := v.docs / (count/1024 + 1) // as zap has it, articles in a chunk
	if size == 0 {
		return false
	}
	p := posting{v: v}
	if !p.frequencies.open(v, frequencies, size) || places != 0 && !p.places.open(v, places, size) {
		return false
	}
	least := uint64(0)
	for all := v.set.Iterator(); all.HasNext(); count-- {
		// roaring makes sure only that a set lies within its bytes.
		doc := uint64(all.Next())
		if count == 0 || doc < least || doc >= v.docs || !p.read(doc) {
			return false
		}
		least = doc + 1
	}
	return count == 0 && p.frequencies.close() && p.places.close()
}

// posting reads what is known of one article after the other.
type posting struct {
	v                   *verifier
	frequencies, places chunks
}

func (p *posting) read(doc uint64) bool {
	if !p.frequencies.seek(doc) || !p.places.seek(doc) {
		return false
	}
	f, l := &p.frequencies.now, &p.places.now
	frequency, norm := f.varint(), f.varint()
	placed := frequency&1 != 0
	frequency >>= 1
	if f.bad || frequency == 0 || frequency > math.MaxInt32 || norm == 0 || norm > math.MaxUint32 {
		return false
	}
	if !placed {
		return true
	}
	size := l.varint()
	if l.bad || size > uint64(len(l.b))-l.at || frequency > size {
		return false
	}
	for end := l.at + size; l.at < end; frequency-- {
		field, position, from, to := l.varint(), l.varint(), l.varint(), l.varint()
		l.positions()
		if l.bad || l.at > end || frequency == 0 || field >= p.v.count || position > math.MaxInt32 || from > to || to > math.MaxInt32 {
			return false
		}
	}
	return frequency == 0
}

// chunks are numbers by article, of so many articles together: how many chunks there
// are and the end of each lie before them.
type chunks struct {
	ends cursor
	base uint64 // where the first chunk lies
	size uint64 // articles in a chunk
	at   uint64 // the chunk after that being read
	now  cursor // in the chunk being read
}

// open reads the table, and makes sure that all chunks lie in the segment.
func (k *chunks) open(v *verifier, at, size uint64) bool {
	c := cursor{b: v.body, at: at}
	n := c.varint()
	if n != (v.docs-1)/size+1 {
		return false
	}
	k.ends, k.size = c, size
	last := uint64(0)
	for ; n > 0 && !c.bad; n-- {
		end := c.varint()
		if end < last {
			return false
		}
		last = end
	}
	k.base = c.at
	k.now = cursor{b: v.body[:min(c.at, uint64(len(v.body)))], at: c.at}
	return !c.bad && last <= uint64(len(v.body))-c.at && v.spend(c.at-at+last)
}

// seek goes on to the chunk of an article; those before must have been read whole.
func (k *chunks) seek(doc uint64) bool {
	for k.size > 0 && k.at <= doc/k.size {
		if !k.next() {
			return false
		}
	}
	return true
}

func (k *chunks) next() bool {
	if k.now.at != uint64(len(k.now.b)) {
		return false
	}
	k.at++
	k.now.b = k.ends.b[:k.base+k.ends.varint()]
	return true
}

// close goes to the end, where nothing may be left.
func (k *chunks) close() bool {
	for k.size > 0 && k.ends.at < k.base {
		if !k.next() {
			return false
		}
	}
	return k.now.at == uint64(len(k.now.b))
}
