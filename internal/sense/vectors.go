package sense

import (
	"encoding/binary"
	"math"
	"math/bits"
)

const maxDims = 128

// vectors is a table of quantised vectors; with hashes, one that is searched.
type vectors struct {
	dims                           int
	shift                          int
	buckets, hashes, scales, codes []byte
}

func (v *vectors) len() int { return len(v.scales) / 2 }

// find returns the number of a word, or -1.
func (v *vectors) find(word string) int {
	if len(v.hashes) == 0 {
		return -1
	}
	h := hashOf(word)
	from, to := span(v.buckets, int(uint64(h)>>v.shift), len(v.hashes)/4)
	for i := from; i < to; i++ {
		if x := u32(v.hashes, i); x >= h {
			if x == h {
				return i
			}
			break
		}
	}
	return -1
}

// scale of the i-th vector; what is not there has none.
func (v *vectors) scale(i int) float32 {
	if i < 0 || i >= v.len() {
		return 0
	}
	return bfloat(binary.LittleEndian.Uint16(v.scales[2*i:]))
}

// add adds x times the i-th vector to sum.
func (v *vectors) add(sum *[maxDims]float32, i int, x float32) {
	if x *= v.scale(i); x != 0 {
		v.addCodes(sum, i, x)
	}
}

// addCodes adds x times the codes of the i-th vector to sum.
func (v *vectors) addCodes(sum *[maxDims]float32, i int, x float32) {
	half := v.dims / 2
	dst := sum[:2*half]
	for k, c := range v.codes[i*half : (i+1)*half] {
		dst[2*k] += x * low(c)
		dst[2*k+1] += x * high(c)
	}
}

// dot is the product of the i-th vector with q.
func (v *vectors) dot(q *[maxDims]float32, i int) float32 {
	s := v.scale(i)
	if s == 0 {
		return 0
	}
	half := v.dims / 2
	src := q[:2*half]
	var even, odd float32
	for k, c := range v.codes[i*half : (i+1)*half] {
		even += src[2*k] * low(c)
		odd += src[2*k+1] * high(c)
	}
	return s * (even + odd)
}

func low(c byte) float32  { return float32(int8(c<<4) >> 4) }
func high(c byte) float32 { return float32(int8(c) >> 4) }

// quantise appends v in four bits a number to codes and returns the scale that
// loses least.
func quantise(codes []byte, v []float32) ([]byte, float32) {
	const top = 7
	most := float32(0)
	for _, x := range v {
		most = max(most, abs(x))
	}
	best, least := most/top, float32(math.Inf(1))
	for cut := float32(0.5); cut <= 1 && most > 0; cut += 0.05 {
		// The scale that is stored is the one to measure with.
		scale, loss := bfloat(toBfloat(most*cut/top)), float32(0)
		for _, x := range v {
			d := x - scale*nearest(x/scale, top)
			loss += d * d
		}
		if loss < least {
			best, least = scale, loss
		}
	}
	for i := 0; i+1 < len(v); i += 2 {
		var a, b float32
		if best > 0 {
			a, b = nearest(v[i]/best, top), nearest(v[i+1]/best, top)
		}
		codes = append(codes, byte(int8(a))&15|byte(int8(b))<<4)
	}
	return codes, best
}

func nearest(x float32, top float64) float32 {
	return float32(math.Max(-top, math.Min(top, math.RoundToEven(float64(x)))))
}

func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// bfloat reads the upper half of a float32, toBfloat rounds to one.
func bfloat(x uint16) float32 { return math.Float32frombits(uint32(x) << 16) }
func toBfloat(x float32) uint16 {
	b := math.Float32bits(x)
	return uint16((b + 0x7FFF + b>>16&1) >> 16)
}

// hashOf is 32-bit FNV-1a with the finisher of MurmurHash3, so that its upper
// bits are as good as its lower ones.
func hashOf(word string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(word); i++ {
		h = (h ^ uint32(word[i])) * 16777619
	}
	h = (h ^ h>>16) * 0x85EBCA6B
	h = (h ^ h>>13) * 0xC2B2AE35
	return h ^ h>>16
}

// bucketsFor is the number of ranges of hashes that keeps about four words in
// each, bucketShift how far to shift a hash for its range.
func bucketsFor(words int) int    { return 1 << bits.Len(uint(words/4)) }
func bucketShift(buckets int) int { return 32 - bits.TrailingZeros(uint(buckets)) }

// appendBuckets appends the first word of each range of ascending hashes.
func appendBuckets(dst []byte, hashes []uint32, buckets int) []byte {
	shift, next := bucketShift(buckets), 0
	for b := range buckets + 1 {
		for next < len(hashes) && int(uint64(hashes[next])>>shift) < b {
			next++
		}
		dst = binary.LittleEndian.AppendUint32(dst, uint32(next))
	}
	return dst
}
