package postil

// filter is a set of strings that errs on the side of having one, so that most
// others are told from them at once: a Bloom filter with one hash, of what a
// string begins and ends with.
type filter struct {
	bits   [1024]uint64
	n      int
	firsts [4]uint64 // a bit for each first byte
}

func (f *filter) reset() {
	if f.n > 0 {
		*f = filter{}
	}
}

func (f *filter) empty() bool { return f.n == 0 }

// add adds a string, which is not empty.
func (f *filter) add(s string) {
	h := filterHash(s)
	f.bits[h>>6] |= 1 << (h & 63)
	f.firsts[s[0]>>6] |= 1 << (s[0] & 63)
	f.n++
}

// begins reports whether a string of the set may begin with a byte.
func (f *filter) begins(c byte) bool { return f.firsts[c>>6]>>(c&63)&1 != 0 }

func (f *filter) has(s string) bool {
	if f.n == 0 || s == "" || !f.begins(s[0]) {
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
