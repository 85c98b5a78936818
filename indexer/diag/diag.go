// Package diag describes mistakes in a publisher's files: where each one is,
// how bad it is, and how to mend it.
package diag

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

// Position is a place in a file. Line and Column count from 1, columns in code
// points; a zero Line means the file as a whole.
type Position struct {
	File   string
	Line   int
	Column int
}

// String gives file:line:column, or the file alone where there is no line.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Severity says whether a diagnostic stops a build.
type Severity uint8

const (
	// Error is a mistake that has to be mended.
	Error Severity = iota
	// Warning is something that the author may have meant.
	Warning
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Diagnostic is one finding. Message is a sentence without a full stop that
// says what is wrong and, where it is not obvious, what would be right. Code
// is a stable name for the kind of finding, such as "duplicate-id".
type Diagnostic struct {
	Position
	Severity Severity
	Code     string
	Message  string
}

// String gives the form that editors and terminals know how to follow:
// file:line:column: error: message [code].
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", d.Position, d.Severity, d.Message, d.Code)
}

// MarshalJSON gives {file, line, column, severity, code, message}; line and
// column are left out of findings about a whole file.
func (d Diagnostic) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		File     string `json:"file"`
		Line     int    `json:"line,omitempty"`
		Column   int    `json:"column,omitempty"`
		Severity string `json:"severity"`
		Code     string `json:"code"`
		Message  string `json:"message"`
	}{d.File, d.Line, d.Column, d.Severity.String(), d.Code, d.Message})
}

// Sort orders diagnostics by file, place and message, and drops repetitions.
func Sort(ds []Diagnostic) []Diagnostic {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.Compact(ds)
}

// Count returns how many errors and how many warnings there are.
func Count(ds []Diagnostic) (errors, warnings int) {
	for _, d := range ds {
		if d.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

// Strict turns warnings into errors, in place.
func Strict(ds []Diagnostic) {
	for i := range ds {
		ds[i].Severity = Error
	}
}
