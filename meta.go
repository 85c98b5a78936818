package postil

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"postil/internal/index"
)

// meta is the section of that name, a JSON object.
type meta struct {
	Language string   `json:"language"`
	Analysis string   `json:"analysis"` // name of a Language
	Terms    int      `json:"terms"`
	Forms    int      `json:"forms"`
	Articles int      `json:"articles"`
	Kinds    []string `json:"kinds"`
}

func (m *meta) read(section []byte) error {
	if m.scan(string(section)) {
		return nil
	}
	*m = meta{}
	if err := json.Unmarshal(section, m); err != nil {
		return index.Errorf("meta", "%w", err)
	}
	return nil
}

// scan reads the section if it is just as Compile writes it, without an escaped
// character, and reports whether it is. At the edge, where all code that runs is
// compiled first, a JSON decoder takes longer than all else that opens an index.
func (m *meta) scan(s string) bool {
	r := metaReader{rest: s}
	r.skip(`{"language":"`)
	m.Language = r.text(`","analysis":"`)
	m.Analysis = r.text(`","terms":`)
	m.Terms = r.number(`,"forms":`)
	m.Forms = r.number(`,"articles":`)
	m.Articles = r.number(`,"kinds":["`)
	for strings.Contains(r.rest, `","`) {
		m.Kinds = append(m.Kinds, r.text(`","`))
	}
	m.Kinds = append(m.Kinds, r.text(`"]}`))
	return !r.failed && r.rest == ""
}

type metaReader struct {
	rest   string
	failed bool
}

func (r *metaReader) skip(literal string) { r.failed = r.upTo(literal) != "" || r.failed }

// upTo returns what lies before a literal, and goes on behind it.
func (r *metaReader) upTo(literal string) string {
	before, after, found := strings.Cut(r.rest, literal)
	r.rest, r.failed = after, r.failed || !found
	return before
}

// text is a JSON string that stands for itself.
func (r *metaReader) text(end string) string {
	s := r.upTo(end)
	special := func(c rune) bool { return c < ' ' || c == '"' || c == '\\' || c == utf8.RuneError }
	r.failed = r.failed || strings.ContainsFunc(s, special)
	return s
}

func (r *metaReader) number(end string) int {
	s := r.upTo(end)
	n, err := strconv.Atoi(s)
	r.failed = r.failed || err != nil || strconv.Itoa(n) != s
	return n
}
