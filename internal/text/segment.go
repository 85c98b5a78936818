package text

import (
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"

	"github.com/blevesearch/segment"
)

// pieceSize is how much text the segmenter is given at once, in bytes. It keeps
// the segmenter's results small where a text has no spaces.
const pieceSize = 2 << 10

type segmenter struct {
	words [][]byte
	types []int
	// leftOut says that the last token is of letters that the segmenter takes for
	// no word.
	leftOut bool
}

var segmenters = sync.Pool{New: func() any { return new(segmenter) }}

// segmentStretch gives the stretch from start to the next ASCII space or line
// feed to bleve's segmenter. It appends the tokens and returns the stretch's end.
func segmentStretch(dst []Token, s string, start int) ([]Token, int) {
	stop := len(s)
	if i := strings.IndexAny(s[start:], " \n"); i >= 0 {
		stop = start + i
	}
	g := segmenters.Get().(*segmenter)
	g.leftOut = false
	for size := pieceSize; start < stop; {
		end := start + size
		if end >= stop {
			end = stop
		} else {
			for !utf8.RuneStart(s[end]) {
				end--
			}
		}
		n := g.run(s[start:end])
		if end < stop {
			// What the segmenter saw of the last two segments may be cut off: a
			// word, and a joining character with marks that ends the piece.
			if n -= 2; n <= 0 {
				size *= 2
				continue
			}
		}
		size = pieceSize
		dst, start = g.tokens(dst, s, start, n)
	}
	if cap(g.words) > 2*pieceSize {
		g.words, g.types = nil, nil // of one long segment; to clear them after every stretch takes longer than to make others
	}
	clear(g.words[:cap(g.words)])
	segmenters.Put(g)
	return dst, stop
}

// run splits piece into segments and returns their number.
func (g *segmenter) run(piece string) int {
	// The segmenter only reads its input.
	in := unsafe.Slice(unsafe.StringData(piece), len(piece))
	var err error
	g.words, g.types, _, err = segment.SegmentWordsDirect(in, g.words[:0], g.types[:0])
	if err != nil {
		panic("text: segmenter: " + err.Error()) // impossible: it accepts all valid UTF-8
	}
	return len(g.words)
}

// tokens appends those of the first n segments that are words, and letters that
// were left out; the first starts at start. It returns the end of the last.
func (g *segmenter) tokens(dst []Token, s string, start, n int) ([]Token, int) {
	for i, w := range g.words[:n] {
		end := start + len(w)
		if g.types[i] != segment.None {
			dst = append(dst, Token{Start: uint32(start), End: uint32(end), Wide: isWide(s[start:end])})
			g.leftOut = false
		} else if w[0] >= utf8.RuneSelf {
			dst = g.letter(dst, s, start, end)
		}
		start = end
	}
	return dst, start
}

func isWide(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}
