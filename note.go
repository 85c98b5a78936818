package postil

import (
	"strconv"
	"strings"
)

// note is what is kept with an article beside what is searched: a line with the
// date as it was given, a line with the places of its terms as pairs of numbers,
// in the order of the terms, then a line for each heading.
type note struct {
	published string
	places    []place
	headings  []string
}

// place is where an article first mentions a term: bytes of the text, or, if
// start is negative, bytes before the text, where title and two line feeds stand.
type place struct{ start, end int }

func (n *note) String() string {
	b := []byte(oneLine(n.published))
	b = append(b, '\n')
	for i, p := range n.places {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(strconv.AppendInt(b, int64(p.start), 10), ' ')
		b = strconv.AppendInt(b, int64(p.end), 10)
	}
	for _, h := range n.headings {
		b = append(append(b, '\n'), oneLine(h)...)
	}
	return string(b)
}

// oneLine makes one line of a text.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// readNote reads what String wrote; what it cannot read is left out.
func readNote(s string) note {
	var n note
	var numbers string
	n.published, numbers, _ = strings.Cut(s, "\n")
	numbers, headings, more := strings.Cut(numbers, "\n")
	if more {
		n.headings = strings.Split(headings, "\n")
	}
	f := strings.Fields(numbers)
	for ; len(f) > 1; f = f[2:] {
		start, err1 := strconv.Atoi(f[0])
		end, err2 := strconv.Atoi(f[1])
		if err1 != nil || err2 != nil {
			break
		}
		n.places = append(n.places, place{start, end})
	}
	return n
}
