package sense

import "postil/internal/text"

// Recent remembers the words of small ASCII letters that a model was asked for
// last, as far as they have at most sixteen bytes: one in each place of a table.
// Texts repeat their words, and texts of one publisher each other's. The zero
// value is empty; it is for one model only, and not safe for concurrent use.
type Recent struct {
	places [1 << recentBits]recentWord
}

const (
	recentBits = 11
	maxRecent  = 16 // bytes
)

// recentWord has the first and the last eight bytes of a word, as numbers, and
// zeros for what it does not have.
type recentWord struct {
	first, last uint64
	vector      int32   // of the Word
	scale       float32 // of the Word
}

// Word is like Model.Word for the stretch s[start:end] of a text. If that is small
// letters only it may be known from before; any other has to be folded first, and
// then known is false.
func (r *Recent) Word(m *Model, s string, start, end int) (w Word, ok, known bool) {
	n := end - start
	if n > maxRecent || n == 0 || start+maxRecent > len(s) {
		return Word{}, false, false
	}
	first := text.Load64(s, start) << (64 - 8*min(n, 8))
	last := uint64(0)
	if n > 8 {
		last = text.Load64(s, start+8) << (128 - 8*n)
	}
	p := &r.places[((first^last<<3^last>>29)*0x9E3779B97F4A7C15)>>(64-recentBits)]
	word := s[start:end]
	if p.first == first && p.last == last {
		w := Word{word, p.vector, p.scale, chain(word)}
		return w, !w.isStop(), true
	}
	if !text.IsSmall(word) {
		return Word{}, false, false
	}
	w, ok = m.Word(word)
	*p = recentWord{first, last, w.vector, w.scale}
	return w, ok, true
}
