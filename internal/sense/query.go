package sense

import (
	"encoding/binary"
	"math"
)

// query is a weighted sum of vectors. Four-bit codes, made positive, are
// multiplied and added four at a time, as lanes of sixteen bits of one number,
// until the weights so far could make a lane overflow; then the lanes are added
// to the sum proper.
type query struct {
	lanes   [maxDims / 4]uint64
	pending uint32 // sum of the weights in the lanes
	dims    int
	sum     [maxDims]float32 // in units of 1/unitsPerOne
	norm    float32          // of sum; negative if not computed
}

const (
	unitsPerOne = 4096
	zeroCode    = 8                 // the code 0 when made positive
	mostPending = 65535 / (2*8 - 1) // at most so much before a lane overflows
	fourCodes   = 0x000F000F000F000F
	signs       = 0x8888888888888888
)

func (q *query) reset(dims int) {
	if q.dims != dims {
		*q = query{dims: dims}
	}
	for i := range (dims + 15) / 16 * 4 {
		q.lanes[i] = 0
	}
	clear(q.sum[:dims])
	q.pending, q.norm = 0, -1
}

// weightOf is by what the codes of a vector of that scale, in units, are multiplied
// when it is added x times.
func weightOf(scale, x float32) uint32 {
	x *= scale
	if !(x > 0) { // as it is in a damaged file
		return 0
	}
	// For min Go calls a function under WebAssembly.
	if x += 0.5; x > mostPending {
		x = mostPending
	}
	return uint32(x)
}

// A weighted is a vector of a table, by number, and its weight.
type weighted struct{ vector, weight uint32 }

// add adds vectors of v.
func (q *query) add(v *vectors, list []weighted) {
	q.norm = -1
	for len(list) > 0 {
		n := 0
		for ; n < len(list) && q.pending+list[n].weight <= mostPending; n++ {
			q.pending += list[n].weight
		}
		q.addLanes(v, list[:n])
		if list = list[n:]; len(list) > 0 {
			q.flush()
		}
	}
}

// addLanes adds vectors to the lanes, sixteen codes of each after the other: the
// code 4t+r of them to lane t of the r-th of four numbers.
func (q *query) addLanes(v *vectors, list []weighted) {
	half, k := v.dims/2, 0
	for ; k+8 <= half; k += 8 {
		lanes := (*[4]uint64)(q.lanes[k/2:])
		a, b, c, d := lanes[0], lanes[1], lanes[2], lanes[3]
		for i := range list {
			x := &list[i]
			codes, w := binary.LittleEndian.Uint64(v.codes[int(x.vector)*half+k:])^signs, uint64(x.weight)
			a += codes & fourCodes * w
			b += codes >> 4 & fourCodes * w
			c += codes >> 8 & fourCodes * w
			d += codes >> 12 & fourCodes * w
		}
		lanes[0], lanes[1], lanes[2], lanes[3] = a, b, c, d
	}
	if k < half {
		q.addLast(v, list, k)
	}
}

// addLast adds the last eight codes of vectors, from byte k of each on.
func (q *query) addLast(v *vectors, list []weighted, k int) {
	for i := range list {
		codes := uint64(binary.LittleEndian.Uint32(v.codes[int(list[i].vector)*v.dims/2+k:])) ^ signs>>32
		for r := range 4 {
			q.lanes[k/2+r] += codes >> (4 * r) & fourCodes * uint64(list[i].weight)
		}
	}
}

// flush moves what is in the lanes to the sum.
func (q *query) flush() {
	if q.pending == 0 {
		return
	}
	zero := float32(zeroCode * q.pending)
	for d := range q.dims {
		lane := q.lanes[d>>4<<2|d&3] >> (d >> 2 & 3 * 16) & 0xFFFF
		q.sum[d] += float32(lane) - zero
	}
	clear(q.lanes[:])
	q.pending = 0
}

// vector is the sum, up to a factor.
func (q *query) vector() *[maxDims]float32 {
	q.flush()
	return &q.sum
}

// length is that of the vector.
func (q *query) length() float32 {
	if q.norm < 0 {
		sum := float32(0)
		for _, x := range q.vector()[:q.dims] {
			sum += x * x
		}
		q.norm = float32(math.Sqrt(float64(sum)))
	}
	return q.norm
}
