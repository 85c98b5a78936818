package markup

import "sort"

// Ranges appends to dst the source ranges of the text bytes [start, end): one
// for each piece that no markup interrupts, in order. Pieces of nothing but
// white space are left out, and a piece grows to whole character references.
func (d *Document) Ranges(dst []Range, start, end int) []Range {
	i := sort.Search(len(d.runs), func(i int) bool {
		return int(d.runs[i].text+d.runs[i].n) > start
	})
	blank := true // the last of dst is white space so far
	first := len(dst)
	for ; i < len(d.runs) && int(d.runs[i].text) < end; i++ {
		r := &d.runs[i]
		from, to := max(int(r.text), start), min(int(r.text+r.n), end)
		piece := r.source(from, to)
		if n := len(dst); n > first && dst[n-1].End == piece.Start {
			dst[n-1].End = piece.End
		} else {
			if n > first && blank {
				dst = dst[:n-1]
			}
			dst = append(dst, piece)
			blank = true
		}
		blank = blank && skipSpace(d.Text[:to], from) == to
	}
	if len(dst) > first && blank {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// source returns where the text bytes [from, to) of the run stand.
func (r *run) source(from, to int) Range {
	if r.unit > 0 {
		return Range{int(r.src), int(r.src + r.unit)}
	}
	shift := int(r.src - r.text)
	return Range{from + shift, to + shift}
}
