package rivals

// Naive finds forms by trying every whole word and sequence of words.
type Naive struct {
	forms   map[string]bool
	longest int
}

// NewNaive returns a Naive for some forms.
func NewNaive(forms []string) *Naive {
	n := &Naive{forms: make(map[string]bool, len(forms))}
	for _, f := range forms {
		n.forms[f] = true
		n.longest = max(n.longest, len(f))
	}
	return n
}

// Find appends what it finds in text to dst, in order.
func (n *Naive) Find(dst []Span, text []byte) []Span {
	for start := 0; start < len(text); {
		end := n.at(text, start)
		if end == start {
			start++
			continue
		}
		dst = append(dst, Span{start, end})
		start = end
	}
	return dst
}

// at returns the end of the longest form at start, or start.
func (n *Naive) at(text []byte, start int) int {
	if endsInWord(text[:start]) {
		return start
	}
	for end := min(start+n.longest, len(text)); end > start; end-- {
		if !startsInWord(text[end:]) && n.forms[string(text[start:end])] {
			return end
		}
	}
	return start
}
