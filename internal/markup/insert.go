package markup

// A Mark is a pair of tags to put around [Start, End) of the source.
type Mark struct {
	Start, End  int
	Open, Close string
}

// Insert appends to dst the source with the tags of marks in it. The marks are
// sorted by Start, and lie apart or within one another, the outer one first; a
// mark that crosses the one before it, or the end of src, is left out. Nothing
// else changes: without the tags it is src again, byte for byte.
//
// Around ranges from Document.Ranges that are free of Document.Skip, complete
// elements like <span> are all that is added to the page's DOM.
func Insert(dst []byte, src string, marks []Mark) []byte {
	at := 0
	var open []Mark
	closeUntil := func(limit int) {
		for len(open) > 0 && open[len(open)-1].End <= limit {
			m := open[len(open)-1]
			open = open[:len(open)-1]
			dst = append(append(dst, src[at:m.End]...), m.Close...)
			at = m.End
		}
	}
	for _, m := range marks {
		if m.Start < at || m.Start >= m.End || m.End > len(src) {
			continue
		}
		closeUntil(m.Start)
		if len(open) > 0 && m.End > open[len(open)-1].End {
			continue
		}
		dst = append(append(dst, src[at:m.Start]...), m.Open...)
		at = m.Start
		open = append(open, m)
	}
	closeUntil(len(src))
	return append(dst, src[at:]...)
}
