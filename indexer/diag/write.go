package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// Style says how WriteText shows diagnostics. The zero Style is plain lines.
type Style struct {
	// Color uses terminal colours.
	Color bool
	// Excerpt shows the line in question with a caret below the place.
	Excerpt bool
}

const (
	bold   = "\x1b[1m"
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	green  = "\x1b[32m"
	reset  = "\x1b[0m"
)

// WriteText writes one line a diagnostic, in the order given, and below it
// what the style asks for. Files are read again for excerpts; one that cannot
// be read has none.
func WriteText(w io.Writer, ds []Diagnostic, style Style) error {
	var b bytes.Buffer
	var file excerpts
	for _, d := range ds {
		b.WriteString(style.headline(d))
		b.WriteByte('\n')
		if style.Excerpt {
			file.write(&b, d.Position, style.Color)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (s Style) headline(d Diagnostic) string {
	if !s.Color {
		return Printable(d.String(), "")
	}
	color := red
	if d.Severity == Warning {
		color = yellow
	}
	return fmt.Sprintf("%s%s:%s %s%s:%s %s [%s]", bold, Printable(d.Position.String(), ""), reset,
		color, d.Severity, reset, Printable(d.Message, ""), d.Code)
}

// WriteJSON writes the diagnostics as one JSON array, one element a line.
func WriteJSON(w io.Writer, ds []Diagnostic) error {
	var b bytes.Buffer
	b.WriteByte('[')
	for i, d := range ds {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n  ")
		line, err := json.Marshal(d)
		if err != nil {
			return err
		}
		b.Write(line)
	}
	if len(ds) > 0 {
		b.WriteByte('\n')
	}
	b.WriteString("]\n")
	_, err := w.Write(b.Bytes())
	return err
}

// excerpts shows lines of files, keeping the last file it read.
type excerpts struct {
	name  string
	lines [][]byte
}

// span is how many code points of a long line are shown on either side of the
// place in question.
const span = 60

func (e *excerpts) write(b *bytes.Buffer, p Position, color bool) {
	line, ok := e.line(p)
	if !ok {
		return
	}
	at := min(max(p.Column-1, 0), len(line))
	from, to := max(0, at-span), min(len(line), at+span)
	before, after := Printable(string(line[from:at]), ""), Printable(string(line[at:to]), "")
	if from > 0 {
		before = "…" + before
	}
	if to < len(line) {
		after += "…"
	}
	caret := strings.Repeat(" ", uniseg.StringWidth(before)) + "^"
	if color {
		caret = green + caret + reset
	}
	fmt.Fprintf(b, "%6d | %s%s\n       | %s\n", p.Line, before, after, caret)
}

func (e *excerpts) line(p Position) ([]rune, bool) {
	if e.name != p.File {
		e.name, e.lines = p.File, nil
		if data, err := os.ReadFile(p.File); err == nil {
			data = bytes.TrimPrefix(data, []byte("\ufeff"))
			e.lines = bytes.Split(data, []byte("\n"))
		}
	}
	if p.Line < 1 || p.Line > len(e.lines) {
		return nil, false
	}
	return bytes.Runes(bytes.TrimSuffix(e.lines[p.Line-1], []byte("\r"))), true
}

// Printable replaces what could move the cursor, recolour the terminal or turn the
// text round, so that a hostile file cannot draw a report of its own; the control
// characters in keep stay, and other tabs are blanks.
func Printable(s, keep string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(keep, r):
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return '·'
		}
		return r
	}, s)
}
