package match

import (
	"math/bits"
	"slices"

	"postil/internal/text"
)

// readBlocks reads a text but for its last bytes, and returns where to go on. It
// finds the ends of words in bitmaps, and what words are in a table of recent
// ones: where a word ends, whether it is a plural, and whether the dictionary
// has it can all not be foreseen, and a branch that cannot be foreseen costs as
// much as all else that is done with a word.
func (d *Dictionary) readBlocks(doc *Document, glued *bool) int {
	s, i := doc.Text, 0
	for i+text.BlockSize+maxRecent <= len(s) {
		doc.Tokens, doc.starts = withRoom(doc.Tokens, i, len(s)), withRoom(doc.starts, i, len(s))
		b := text.BlockAt(s, i)
		known := text.BlockSize
		if b.Wide != 0 {
			known = bits.TrailingZeros64(b.Wide)
		}
		n := d.readBlock(doc, &b, i, known)
		i += n
		if known == text.BlockSize && n > 0 {
			continue
		}
		for {
			i = d.readOne(doc, i, glued)
			if i+8 > len(s) || text.Load64(s, i)&high == 0 {
				break
			}
		}
	}
	return i
}

// withRoom makes room in list for what a block has. If there is none, it is for all
// that the rest of n bytes will have if it is like the first i: growing step by step
// takes several times the memory.
func withRoom[E any](list []E, i, n int) []E {
	const sample = 1 << 10 // from so many on they tell how many will come
	if cap(list)-len(list) >= text.BlockSize {
		return list
	}
	if len(list) < sample {
		return slices.Grow(list, sample)
	}
	return slices.Grow(list, text.BlockSize+len(list)*(n-i)/i*17/16)
}

// readBlock reads the words in the block at byte i that end before what is not
// known: the next block, or what is not ASCII. It returns how far it came.
func (d *Dictionary) readBlock(doc *Document, b *text.Block, i, known int) int {
	s, recent := doc.Text, doc.recent
	tokens, starts := doc.Tokens, doc.starts
	joined := b.Joined(s, i, known)
	for word := (b.Word | joined) & (1<<known - 1); word != 0; {
		low := word & -word
		next := word + low // the bit after the run that low begins
		from, to := bits.TrailingZeros64(low), bits.TrailingZeros64(next)
		if to+1 >= known {
			known = from
			break
		}
		word &= next
		at, n := i+from, to-from
		if n > maxRecent {
			doc.Tokens, doc.starts = tokens, starts
			d.add(doc, text.Token{Start: uint32(at), End: uint32(at + n)})
			tokens, starts = doc.Tokens, doc.starts
			continue
		}
		first, last := text.Load64(s, at)&firstBytes[n], text.Load64(s, at+8)&lastBytes[n]
		r := recent.place(first, last)
		if r.first != first || r.last != last {
			d.meet(doc, r, first, last, s[at:at+n], joined&(next-low) != 0)
		}
		starts = append(starts, start{uint32(len(tokens)), r.node})
		starts = starts[:len(starts)-1+int((r.node|-r.node)>>31)]
		tokens = append(tokens, Token{uint32(at), uint32(i + to), r.word})
	}
	doc.Tokens, doc.starts = tokens, starts
	return known
}
