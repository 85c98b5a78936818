package postil

import (
	"encoding/binary"
	"math"
)

// AppendNumbers appends the annotations without words, for hosts to which JSON is
// dear: for each four little-endian numbers of 32 bits, its start, its end, the number
// of its term in the index, which AppendCardsJSON takes, and the score in
// ten-thousandths.
func (r *Result) AppendNumbers(dst []byte) []byte {
	const size = 4 * 4
	at := len(dst)
	dst = append(dst, make([]byte, size*len(r.Annotations))...)
	le := binary.LittleEndian
	for i := range r.Annotations {
		a := &r.Annotations[i]
		b := dst[at+i*size : at+(i+1)*size]
		le.PutUint32(b, uint32(a.Start))
		le.PutUint32(b[4:], uint32(a.End))
		le.PutUint32(b[8:], a.number)
		le.PutUint32(b[12:], uint32(math.Round(a.Score*10000)))
	}
	return dst
}

// AppendCardsJSON appends a JSON array of the terms with those numbers, each as
// AppendJSON has it among the terms of an answer. For a number that no visible
// term has the error wraps ErrNoTerm; any other is a *FormatError.
func (a *Annotator) AppendCardsJSON(dst []byte, numbers []uint32) ([]byte, error) {
	start := len(dst)
	dst = append(dst, '[')
	for i, n := range numbers {
		if int64(n) >= int64(a.terms.Len()) || a.attributes(n).hidden() {
			return dst[:start], ErrNoTerm
		}
		r, err := a.record(int(n))
		if err != nil {
			return dst[:start], err
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = r.appendCard(dst)
	}
	return append(dst, ']'), nil
}
