package postil

// filter is a set of strings that errs on the side of having one, so that most
// others are told from them at once: a Bloom filter with one hash, of what a
// string begins and ends with.
type filter struct {
	bits [1024]uint64
	n    int
}

func (f *filter) reset() {
	if f.n > 0 {
		*f = filter{}
	}
}

// add adds a string, which is not empty.
func (f *filter) add(s string) {
	h := filterHash(s)
	f.bits[h>>6] |= 1 << (h & 63)
	f.n++
}

func (f *filter) has(s string) bool {
	if f.n == 0 || s == "" {
		return false
	}
	h := filterHash(s)
	return f.bits[h>>6]>>(h&63)&1 != 0
}

func filterHash(s string) uint16 {
	n := len(s)
	x := uint32(s[0]) | uint32(s[n/2])<<8 | uint32(s[n-1])<<16 | uint32(n)<<24
	return uint16(x * 0x9E3779B1 >> 16)
}

// beginnings is a set of strings of which only the first two bytes are known. One
// byte would not do: where a few of the strings begin with a small letter, as
// mRNA does, most words of a text would seem to be among them.
type beginnings struct{ bits [1 << 10]uint64 }

// add adds a string, which is not empty.
func (b *beginnings) add(s string) {
	if len(s) > 1 {
		b.set(s[0], s[1])
		return
	}
	for c := range 256 {
		b.set(s[0], byte(c))
	}
}

func (b *beginnings) set(first, second byte) { *b.word(first, second) |= 1 << (first & 63) }

// word is where the bit of two bytes is.
func (b *beginnings) word(first, second byte) *uint64 {
	return &b.bits[uint16(second)<<2|uint16(first)>>6]
}

// at reports whether a string of the set may stand at byte i of a text.
func (b *beginnings) at(text string, i uint32) bool {
	if int(i)+1 >= len(text) {
		return true
	}
	first, second := text[i], text[i+1]
	return *b.word(first, second)>>(first&63)&1 != 0
}
