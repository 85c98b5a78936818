package markup

import "strings"

// A token is one piece of the source, which tokens cover without gaps.
type token struct {
	kind        kind
	selfClosing bool
	cdata       bool  // text of a CDATA section
	torn        bool  // text that would be the beginning of a tag but for the end
	attrs       attrs // of start tags
	tag         tag   // of tags
	// The source range: of the whole tag, or of the characters of a text. A
	// tag that the parser supplies itself has none, and start is -1.
	start, end int
	name       int // where a tag's name ends and its attributes begin
}

type kind uint8

const (
	kindEOF kind = iota
	kindText
	kindRaw // text in which nothing is markup but the end tag
	kindStart
	kindEnd
	kindComment
	kindDoctype
)

// A span is a range of source bytes.
type span struct{ start, end int }

// A scanner splits the source into tokens by the rules of the HTML standard,
// without copying.
type scanner struct {
	src string
	pos int
	// raw is the element whose end alone ends the next text, 0 for none, and
	// rawName its name as written.
	raw     tag
	rawName string
}

// next returns the token at pos and moves behind it. CDATA sections exist in
// foreign content only, which the caller has to know.
func (s *scanner) next(foreign bool) token {
	src, start := s.src, s.pos
	if s.raw != 0 {
		end := s.rawEnd()
		if s.raw != tagPlaintext {
			s.raw = 0
		}
		if end > start {
			s.pos = end
			return token{kind: kindRaw, start: start, end: end}
		}
	}
	if start >= len(src) {
		return token{}
	}
	for i := start; ; i++ {
		j := strings.IndexByte(src[i:], '<')
		if j < 0 || i+j+1 >= len(src) {
			s.pos = len(src)
			return token{kind: kindText, start: start, end: len(src)}
		}
		i += j
		if c := src[i+1]; !isLetter(c) && c != '/' && c != '!' && c != '?' {
			continue
		}
		if i > start {
			s.pos = i
			return token{kind: kindText, start: start, end: i}
		}
		return s.markup(foreign)
	}
}

// markup reads the token that begins with "<" and is not text.
func (s *scanner) markup(foreign bool) token {
	src, i := s.src, s.pos
	switch c := src[i+1]; c {
	case '/':
		switch {
		case i+2 == len(src):
			s.pos = len(src)
			return token{kind: kindText, torn: true, start: i, end: len(src)}
		case isLetter(src[i+2]):
			return s.readTag(kindEnd, i+2)
		}
		return s.bogus(i + 2)
	case '?':
		return s.bogus(i + 1)
	case '!':
		return s.declaration(i+2, foreign)
	default:
		return s.readTag(kindStart, i+1)
	}
}

// declaration reads what follows "<!" at i.
func (s *scanner) declaration(i int, foreign bool) token {
	const doctype, cdata = "doctype", "[CDATA["
	rest := s.src[i:]
	switch {
	case strings.HasPrefix(rest, "--"):
		s.pos = i + 2 + commentEnd(rest[2:])
		return token{kind: kindComment}
	case len(rest) >= len(doctype) && equalFold(rest[:len(doctype)], doctype):
		start := skipSpace(s.src, i+len(doctype))
		end := s.untilAngle(start)
		return token{kind: kindDoctype, start: start, end: end}
	case foreign && strings.HasPrefix(rest, cdata):
		start := i + len(cdata)
		end := strings.Index(s.src[start:], "]]>")
		if end < 0 {
			end = len(s.src)
			s.pos = end
		} else {
			end += start
			s.pos = end + len("]]>")
		}
		return token{kind: kindText, cdata: true, start: start, end: end}
	}
	return s.bogus(i)
}

// bogus reads what is treated like a comment, up to the next ">".
func (s *scanner) bogus(i int) token {
	s.untilAngle(i)
	return token{kind: kindComment}
}

// untilAngle moves behind the first ">" from i on and returns where it stands.
func (s *scanner) untilAngle(i int) int {
	j := strings.IndexByte(s.src[i:], '>')
	if j < 0 {
		s.pos = len(s.src)
		return s.pos
	}
	s.pos = i + j + 1
	return i + j
}

// commentEnd returns the length of a comment without its "<!--".
func commentEnd(s string) int {
	for i := 0; ; i++ {
		j := strings.IndexByte(s[i:], '>')
		if j < 0 {
			return len(s)
		}
		i += j
		body := s[:i]
		if body == "" || body == "-" || strings.HasSuffix(body, "--") || strings.HasSuffix(body, "--!") {
			return i + 1
		}
	}
}

// readTag reads the start or end tag whose name begins at i. A tag that the
// source does not finish is no token at all.
func (s *scanner) readTag(k kind, i int) token {
	src := s.src
	t := token{kind: k, start: s.pos}
	name := i
	for i < len(src) && !isSpace(src[i]) && src[i] != '/' && src[i] != '>' {
		i++
	}
	t.name = i
	t.tag = lookup(src[name:i])
	var last attribute
	for {
		i = skipSpace(src, i)
		if i >= len(src) {
			s.pos = len(src)
			return token{}
		}
		if src[i] == '>' {
			break
		}
		last, i = nextAttribute(src, i)
		if i < 0 {
			s.pos = len(src)
			return token{}
		}
		if k == kindStart {
			t.note(src, last)
		}
	}
	t.end = i + 1
	s.pos = t.end
	if k == kindStart {
		t.selfClosing = src[i-1] == '/' && (last.value.end != i || s.duplicate(t, last))
		if t.tag.is(raw) {
			s.raw, s.rawName = t.tag, src[name:t.name]
		}
	}
	return t
}

func isLetter(c byte) bool {
	c |= 0x20
	return 'a' <= c && c <= 'z'
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}

func skipSpace(s string, i int) int {
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	return i
}

func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// equalFold reports whether s is lower in any mix of ASCII cases.
func equalFold(s, lower string) bool {
	if len(s) != len(lower) {
		return false
	}
	for i := range len(s) {
		if lowerByte(s[i]) != lower[i] {
			return false
		}
	}
	return true
}
