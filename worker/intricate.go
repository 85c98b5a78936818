package worker

import (
	"fmt"
	"strings"
)

// What Markdown may hold. Its readers, here and at the edge, look from each mark for
// the one that belongs to it as far as the paragraph goes, go through all paragraphs
// again for each quotation and list that begins, and through a line for each that it
// is in. Within these bounds the worst that was found takes the edge's two to four
// seconds, and what people write is far from them.
const (
	maxMarks   = 30_000   // and lines
	maxTries   = 32 << 20 // bytes that marks look at
	maxCells   = 50_000   // of tables, which readers fill up to the widest row
	maxBlocks  = 10_000   // between blank lines
	maxOpened  = 1000     // quotations and lists
	maxNesting = 24
	maxHeading = 500 // underlined
)

// intricate says what of a text is too much to read as Markdown, and from which line
// on; "" if nothing is.
func intricate(text string) string {
	var c complexity
	for number := 1; text != ""; number++ {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		c.add(strings.TrimRight(line, " \t\r"))
		if what := c.tooMuch(); what != "" {
			return fmt.Sprintf("%s (line %d)", what, number)
		}
	}
	return ""
}

// complexity counts what the lines of a text have.
type complexity struct {
	marks, tries, cells, blocks, opened, nesting, underlined int

	open  stretch // after the last that has been added up
	kinds string  // of the last line's containers
}

// A stretch is lines that are one paragraph at most: without a blank one, although
// they may be a table or code.
type stretch struct{ lines, length, marks, widest int }

func (c *complexity) add(line string) {
	kinds, indent, rest := containers(line)
	marks, pipes := countMarks(rest)
	c.marks += 1 + len(kinds) + marks
	switch {
	case strings.Trim(rest, "=") == "" && rest != "", strings.Trim(rest, "-") == "" && rest != "":
		c.underlined++
	case rest == "":
		c.close()
		c.blocks++
		if strings.Contains(c.kinds, ">") {
			c.kinds = ""
		}
	case kinds != "" && kinds[0] != '>' && kinds[0] != '1' && indent < 4, rest[0] == '#':
		c.close() // an item of a list and a heading begin anew
	}
	if rest != "" || kinds != "" {
		if kinds != c.kinds {
			c.opened += len(kinds)
		}
		c.kinds, c.nesting = kinds, len(kinds)+indent/4
		if kinds == "" {
			c.nesting = 0 // what is indented is code
		}
	}
	c.open.lines++
	c.open.length += len(rest)
	c.open.marks += marks
	c.open.widest = max(c.open.widest, pipes)
}

// close adds up the stretch, and begins another.
func (c *complexity) close() {
	c.tries += c.open.length * c.open.marks
	c.cells += c.open.lines * c.open.widest
	c.open = stretch{}
}

func (c *complexity) tooMuch() string {
	s := &c.open
	switch {
	case c.nesting > maxNesting:
		return fmt.Sprintf("more than %d quotations and lists are in each other", maxNesting)
	case c.opened > maxOpened:
		return fmt.Sprintf("more than %d quotations and lists begin", maxOpened)
	case c.underlined > maxHeading:
		return fmt.Sprintf("more than %d headings or rules are lines of - or =: write # before headings", maxHeading)
	case c.blocks > maxBlocks:
		return fmt.Sprintf("more than %d blank lines", maxBlocks)
	case c.tries+s.length*s.marks > maxTries:
		return "paragraphs have too many marks such as * _ [ < for their length: part them with blank lines"
	case c.cells+s.lines*s.widest > maxCells:
		return fmt.Sprintf("tables have more than %d cells", maxCells)
	case c.marks > maxMarks:
		return fmt.Sprintf("more than %d lines and marks such as * _ [ <", maxMarks)
	}
	return ""
}

// containers says which quotations and lists a line begins, one letter for each, by how
// much their markers are indented, and what follows them.
func containers(line string) (kinds string, indent int, rest string) {
	for {
		trimmed := strings.TrimLeft(line, " \t")
		kind, after := marker(trimmed)
		if kind == 0 || len(kinds) > maxNesting {
			return kinds, indent, trimmed
		}
		indent += len(line) - len(trimmed)
		kinds += string(kind)
		line = after
	}
}

// marker cuts off what begins a quotation or an item of a list; of one that is empty
// it leaves a dash, which may underline a heading.
func marker(s string) (kind byte, rest string) {
	if rest, ok := strings.CutPrefix(s, ">"); ok {
		return '>', rest
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	signs, rest := ".)", s[digits:]
	if digits == 0 {
		signs = "-+*"
	}
	if rest == "" || strings.IndexByte(signs, rest[0]) < 0 || s == "-" || len(rest) > 1 && rest[1] != ' ' && rest[1] != '\t' {
		return 0, s
	}
	if digits > 0 {
		return '1', rest[1:]
	}
	return rest[0], rest[1:]
}

// countMarks counts what may begin or end something within a line, equal ones in a row
// once, but for brackets, what stands for itself, and tildes, from each of which goldmark
// looks to the row's end; and what parts cells.
func countMarks(line string) (n, pipes int) {
	var last byte
	for i := range len(line) {
		c := line[i]
		switch c {
		case '[', ']', '<', '!', '&', '\\', '~':
			n++
		case '*', '_', '`', '#':
			if c != last {
				n++
			}
		case '|':
			n++
			pipes++
		}
		last = c
	}
	return n, pipes
}
