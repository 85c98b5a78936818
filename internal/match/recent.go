package match

import "postil/internal/text"

// A text repeats its words, as do texts of one publisher. So a document that is
// used again for other texts remembers what its dictionary said of words, as
// they are written: of ASCII words of up to sixteen bytes, one in each place of
// the table.
const (
	maxRecent  = 16 // bytes
	recentBits = 13
)

type recent struct {
	of     *Dictionary
	places [1 << recentBits]recentWord
}

// recentWord has the first and the last eight bytes of a word, as numbers, and
// zeros for what it does not have.
type recentWord struct {
	first, last uint64
	word        uint32 // as in Token
	node        uint32
}

// place is where a word belongs (hashed by multiplication, see mix).
func (r *recent) place(first, last uint64) *recentWord {
	return &r.places[((first^last<<3^last>>29)*0x9E3779B97F4A7C15)>>(64-recentBits)]
}

// firstBytes and lastBytes have the bits set of those bytes of a word of so many
// that are among its first eight, and among those after.
var firstBytes, lastBytes = func() (first, last [maxRecent + 1]uint64) {
	for n := range first {
		first[n] = 1<<(8*min(n, 8)) - 1
		last[n] = 1<<(8*max(n-8, 0)) - 1
	}
	return first, last
}()

// meet fills r in with a token, whose numbers are given; joined says that it has
// signs.
func (d *Dictionary) meet(doc *Document, r *recentWord, first, last uint64, token string, joined bool) {
	r.first, r.last = first, last
	if joined || d.inflects {
		r.word, r.node = d.known(doc, token)
	} else {
		r.word, r.node = d.lookUpASCII(doc, token)
	}
}

// lookUpASCII is lookUp for ASCII letters, digits and underscores.
func (d *Dictionary) lookUpASCII(doc *Document, token string) (word, node uint32) {
	n := len(token)
	if d.english && n > 2 && token[n-1]|0x20 == 's' {
		singular, plain := text.SingularASCII(token)
		if !plain {
			return d.lookUp(doc, token)
		}
		if singular < n {
			word, n = flagPluralEnding, singular
		}
	}
	class, node := d.vocab.findASCII(token[:n])
	return word | class<<classShift, node
}
