package markup

import (
	"encoding/binary"
	"hash/fnv"
	"io"
	"slices"
	"strings"
)

// attrs sums up the attributes of an element that matter here. The first
// attribute of a name counts, so each name has a bit of its own beside what
// its value says.
type attrs uint16

const (
	hasClass attrs = 1 << iota
	classIgnore
	hasTranslate
	translateNo
	translateYes
	hasEditable
	editable
	hasType
	typeHidden
	hasEncoding
	encodingHTML // of annotation-xml
	hasFont      // color, face or size
	hasPostil
	hasTitle
)

// merge adds to a what b has and a lacks, as a second body tag does.
func (a attrs) merge(b attrs) attrs {
	for _, group := range [...]attrs{
		hasClass | classIgnore,
		hasTranslate | translateNo | translateYes,
		hasEditable | editable,
		hasPostil,
	} {
		if a&group == 0 {
			a |= b & group
		}
	}
	return a
}

// An attribute is where its name and its value stand in the source. Quotes are
// not part of the value.
type attribute struct{ name, value span }

func (a attribute) text(src string) string { return src[a.value.start:a.value.end] }

// nextAttribute reads the attribute at i, where neither white space nor ">"
// stands, and returns the place behind it, or -1 if the source ends first. A
// stray slash gives an attribute with an empty name.
func nextAttribute(src string, i int) (attribute, int) {
	start := i
	if src[i] == '=' {
		i++
	}
	for i < len(src) && !isSpace(src[i]) && src[i] != '/' && src[i] != '>' && src[i] != '=' {
		i++
	}
	a := attribute{name: span{start, i}, value: span{i, i}}
	i = skipSpace(src, i)
	if i == len(src) {
		return a, -1
	}
	switch src[i] {
	case '/':
		return a, i + 1
	case '=':
		return attributeValue(src, a, skipSpace(src, i+1))
	}
	return a, i
}

func attributeValue(src string, a attribute, i int) (attribute, int) {
	if i == len(src) {
		return a, -1
	}
	switch q := src[i]; q {
	case '>':
		return a, i
	case '"', '\'':
		j := strings.IndexByte(src[i+1:], q)
		if j < 0 {
			return a, -1
		}
		a.value = span{i + 1, i + 1 + j}
		return a, a.value.end + 1
	}
	start := i
	for i < len(src) && !isSpace(src[i]) && src[i] != '>' {
		i++
	}
	if i == len(src) {
		return a, -1
	}
	a.value = span{start, i}
	return a, i
}

// note keeps what is of interest in an attribute of a start tag.
func (t *token) note(src string, a attribute) {
	name := src[a.name.start:a.name.end]
	switch len(name) {
	case 4, 5, 8, 9, 11, 15:
	default:
		return
	}
	switch lowerByte(name[0]) {
	case 'c':
		switch {
		case equalFold(name, "class") && t.first(hasClass):
			t.attrs |= bitIf(hasToken(a.text(src), "postil-ignore"), classIgnore)
		case equalFold(name, "contenteditable") && t.first(hasEditable):
			v := attributeText(a.text(src))
			t.attrs |= bitIf(v == "" || equalFold(v, "true") || equalFold(v, "plaintext-only"), editable)
		case equalFold(name, "color"):
			t.attrs |= hasFont
		}
	case 'd':
		if equalFold(name, "data-postil") {
			t.attrs |= hasPostil
		}
	case 'e':
		if equalFold(name, "encoding") && t.first(hasEncoding) {
			v := attributeText(a.text(src))
			t.attrs |= bitIf(equalFold(v, "text/html") || equalFold(v, "application/xhtml+xml"), encodingHTML)
		}
	case 'f', 's':
		if equalFold(name, "face") || equalFold(name, "size") {
			t.attrs |= hasFont
		}
	case 't':
		switch {
		case equalFold(name, "translate") && t.first(hasTranslate):
			v := attributeText(a.text(src))
			t.attrs |= bitIf(equalFold(v, "no"), translateNo) | bitIf(v == "" || equalFold(v, "yes"), translateYes)
		case equalFold(name, "type") && t.first(hasType):
			t.attrs |= bitIf(equalFold(attributeText(a.text(src)), "hidden"), typeHidden)
		case equalFold(name, "title"):
			t.attrs |= hasTitle
		}
	}
}

// first sets bit and reports whether it was not set before.
func (t *token) first(bit attrs) bool {
	old := t.attrs
	t.attrs |= bit
	return old&bit == 0
}

func bitIf(set bool, bit attrs) attrs {
	if set {
		return bit
	}
	return 0
}

// hasToken reports whether a class attribute lists the given class.
func hasToken(value, class string) bool {
	if len(value) < len(class) {
		return false
	}
	for field := range strings.FieldsFuncSeq(attributeText(value), isSpaceRune) {
		if field == class {
			return true
		}
	}
	return false
}

func isSpaceRune(r rune) bool { return r < 0x80 && isSpace(byte(r)) }

// duplicate reports whether the start tag t has an attribute before last with
// the same name, so that last does not count.
func (s *scanner) duplicate(t token, last attribute) bool {
	name := canonicalName(s.src[last.name.start:last.name.end])
	for a := range attributes(s.src, t.name) {
		if a == last {
			return false
		}
		if canonicalName(s.src[a.name.start:a.name.end]) == name {
			return true
		}
	}
	return false
}

// attributes yields those of the complete start tag whose name ends at i,
// duplicates included.
func attributes(src string, i int) func(func(attribute) bool) {
	return func(yield func(attribute) bool) {
		for {
			i = skipSpace(src, i)
			if src[i] == '>' {
				return
			}
			var a attribute
			a, i = nextAttribute(src, i)
			if a.name.start < a.name.end && !yield(a) {
				return
			}
		}
	}
}

// attributesHash is equal (FNV-1a) for tags that have the same attributes, in any
// order, by where their names end.
func attributesHash(src string, i int) uint64 {
	var list [][2]string
	seen := map[string]bool{}
	for a := range attributes(src, i) {
		name := canonicalName(src[a.name.start:a.name.end])
		if !seen[name] {
			seen[name] = true
			list = append(list, [2]string{name, attributeText(a.text(src))})
		}
	}
	slices.SortFunc(list, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	h := fnv.New64a()
	var size [8]byte
	for _, x := range list {
		for _, s := range x {
			binary.LittleEndian.PutUint64(size[:], uint64(len(s)))
			h.Write(size[:])
			io.WriteString(h, s)
		}
	}
	return h.Sum64()
}

// canonicalName is a tag's or attribute's name as the tree has it.
func canonicalName(name string) string {
	lower := func(r rune) rune {
		switch {
		case r == 0:
			return '\uFFFD'
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}
	return strings.Map(lower, name)
}
