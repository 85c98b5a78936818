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

// add adds x times the i-th vector of v and returns by what its codes were
// multiplied for that.
func (q *query) add(v *vectors, i int, x float32) uint32 {
	x *= v.scale(i) * unitsPerOne
	if !(x > 0) { // as it is in a damaged file
		return 0
	}
	weight := uint32(min(x+0.5, mostPending))
	if q.pending+weight > mostPending {
		q.flush()
	}
	q.pending += weight
	q.norm = -1
	half := v.dims / 2
	codes := v.codes[i*half : (i+1)*half]
	k := 0
	for ; len(codes) >= 8; codes, k = codes[8:], k+4 {
		addLanes((*[4]uint64)(q.lanes[k:]), binary.LittleEndian.Uint64(codes), uint64(weight))
	}
	if len(codes) > 0 { // four bytes
		addLanes((*[4]uint64)(q.lanes[k:]), uint64(binary.LittleEndian.Uint32(codes)), uint64(weight))
	}
	return weight
}

// addLanes adds sixteen codes times weight to four numbers of four lanes: the
// code 4t+r to lane t of number r.
func addLanes(lanes *[4]uint64, codes, weight uint64) {
	codes ^= signs
	lanes[0] += codes & fourCodes * weight
	lanes[1] += codes >> 4 & fourCodes * weight
	lanes[2] += codes >> 8 & fourCodes * weight
	lanes[3] += codes >> 12 & fourCodes * weight
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
