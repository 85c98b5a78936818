package match

// A stemmer costs more than all else that is done with a token, and a text
// repeats its words, as do texts of one publisher. So a document that is used
// again for other texts remembers what words are, in a table in which each word
// has two places and drives out the older of those that are there.

// memoSize is the number of places, a power of two; maxMemo the length in bytes
// of the words that are remembered.
const (
	memoSize = 1 << 11
	maxMemo  = 30
)

// memo is what a dictionary says of words as they are written.
type memo struct {
	of      *Dictionary
	entries []known
}

type known struct {
	token [maxMemo]byte
	size  uint8
	word  uint32 // as in Token
	node  uint32
}

// open makes m ready for a dictionary.
func (m *memo) open(d *Dictionary) {
	if m.entries == nil {
		m.entries = make([]known, memoSize)
	} else if m.of != d {
		clear(m.entries)
	}
	m.of = d
}

// find returns a token of at most maxMemo bytes and true, or the place where it
// belongs.
func (m *memo) find(token string) (at *known, ok bool) {
	i := hash(token) >> 32 & (memoSize - 2)
	first, second := &m.entries[i], &m.entries[i+1]
	switch {
	case first.is(token):
		return first, true
	case second.is(token):
		return second, true
	}
	*second = *first
	return first, false
}

func (k *known) is(token string) bool { return string(k.token[:k.size]) == token }

func (k *known) set(token string, word, node uint32) {
	k.size = uint8(copy(k.token[:], token))
	k.word, k.node = word, node
}
