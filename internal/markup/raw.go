package markup

import "strings"

// rawEnd returns where the raw text at pos ends: at the end tag of its element
// or at the end of the source.
func (s *scanner) rawEnd() int {
	switch s.raw {
	case tagPlaintext:
		return len(s.src)
	case tagScript:
		return s.scriptEnd()
	}
	for i := s.pos; ; i += 2 {
		j := strings.Index(s.src[i:], "</")
		if j < 0 {
			return len(s.src)
		}
		i += j
		if s.named(i+2, s.rawName) {
			return i
		}
	}
}

// named reports whether a tag's name at i is name, in any mix of cases.
func (s *scanner) named(i int, name string) bool {
	end := i + len(name)
	if end >= len(s.src) || !strings.EqualFold(s.src[i:end], name) {
		return false
	}
	c := s.src[end]
	return isSpace(c) || c == '/' || c == '>'
}

// scriptEnd returns where a script ends. Since scripts were once wrapped in
// comments to hide them from older browsers, a comment in a script hides the
// end tag of a script that the comment itself begins.
func (s *scanner) scriptEnd() int {
	const script = "script"
	src := s.src
	comment, nested := false, false
	dashes := 0 // that precede i in a comment
	for i := s.pos; i < len(src); i++ {
		if !comment {
			j := strings.IndexByte(src[i:], '<')
			if j < 0 {
				break
			}
			i += j
			switch rest := src[i:]; {
			case strings.HasPrefix(rest, "</") && s.named(i+2, script):
				return i
			case strings.HasPrefix(rest, "<!--"):
				comment, nested, dashes = true, false, 2
				i += len("<!-")
			}
			continue
		}
		switch c := src[i]; {
		case c == '-':
			dashes++
			continue
		case c == '>' && dashes >= 2:
			comment = false
		case c == '<' && nested && s.endTag(i, script):
			nested = false
			i += len("</script")
		case c == '<' && !nested && s.endTag(i, script):
			return i
		case c == '<' && !nested && s.named(i+1, script):
			nested = true
			i += len("<script")
		}
		dashes = 0
	}
	return len(src)
}

// endTag reports whether the end tag of the named element begins at i.
func (s *scanner) endTag(i int, name string) bool {
	return strings.HasPrefix(s.src[i:], "</") && s.named(i+2, name)
}
