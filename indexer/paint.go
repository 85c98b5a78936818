package main

import (
	"fmt"
	"html"
	"strings"

	"postil"
)

const (
	mentionStyle = "\x1b[1;4;36m" // bold, underlined, cyan
	noteStyle    = "\x1b[2m"      // dim
	plainStyle   = "\x1b[0m"
)

// paint writes a text with each mention followed by its term and score in
// brackets, and below it what else the result holds. Positions in the result
// must count bytes.
func paint(src string, r *postil.Result, color bool) string {
	p := painter{src: src, color: color}
	for _, a := range r.Annotations {
		ranges := a.Ranges
		if len(ranges) == 0 {
			ranges = []postil.Range{{Start: a.Start, End: a.End}}
		}
		for i, span := range ranges {
			if span.Start < p.done { // overlaps the one before
				continue
			}
			p.upTo(span.Start)
			p.styled(mentionStyle, src[span.Start:span.End])
			p.done = span.End
			if i == len(ranges)-1 {
				p.styled(noteStyle, fmt.Sprintf("[%s %.2f]", a.Term, a.Score))
			}
		}
	}
	p.upTo(len(src))
	if src != "" && !strings.HasSuffix(src, "\n") {
		p.out.WriteByte('\n')
	}
	p.details(r)
	return p.out.String()
}

type painter struct {
	src   string
	color bool
	done  int // bytes of src written
	out   strings.Builder
}

func (p *painter) upTo(end int) {
	p.out.WriteString(harmless(p.src[p.done:end]))
	p.done = end
}

func (p *painter) styled(style, s string) {
	if p.color {
		p.out.WriteString(style)
	}
	p.out.WriteString(harmless(s))
	if p.color {
		p.out.WriteString(plainStyle)
	}
}

// details lists the other senses, the reasons and the abbreviations, where they
// were asked for.
func (p *painter) details(r *postil.Result) {
	for _, a := range r.Annotations {
		if len(a.Candidates)+len(a.Reasons) == 0 {
			continue
		}
		fmt.Fprintf(&p.out, "\n%d–%d %q: %s %.2f\n", a.Start, a.End, a.Exact, a.Term, a.Score)
		for _, c := range a.Candidates {
			fmt.Fprintf(&p.out, "  or %s %.2f\n", c.Term, c.Score)
		}
		for _, reason := range a.Reasons {
			fmt.Fprintf(&p.out, "  %+.2f %s %s\n", reason.Weight, reason.Kind, harmless(reason.Detail))
		}
	}
	for i, a := range r.Abbreviations {
		if i == 0 {
			p.out.WriteByte('\n')
		}
		term := ""
		if a.Term != "" {
			term = " [" + a.Term + "]"
		}
		fmt.Fprintf(&p.out, "%q stands for %q%s\n", a.Short.Text, a.Long.Text, term)
	}
}

// paragraphs makes HTML of a text: blank lines separate its paragraphs.
func paragraphs(text string) string {
	var b strings.Builder
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for block := range strings.SplitSeq(text, "\n\n") {
		if block = strings.Trim(block, "\n"); block != "" {
			b.WriteString("<p>" + html.EscapeString(block) + "</p>\n")
		}
	}
	return b.String()
}
