package abbrev

import "strings"

const (
	maxUses    = 64
	maxDistant = 9       // letters
	maxFar     = 1 << 16 // bytes
)

// use is a word in capitals that the text uses: perhaps a short form whose long
// form stands elsewhere.
type use struct {
	span
	long  span
	known string // the one meaning that it can have, or ""
	count int32
	next  int8 // the next with the same last letter, or -1
}

// uses holds the distinct words in capitals, listed by their last letter.
type uses struct {
	list  [maxUses]use
	n     int
	heads [26]int8
	ends  ends
}

// note remembers text[i:j] if it is all capitals, a plural s aside.
func (u *uses) note(text string, i, j int) {
	if text[j-1] == 's' {
		j--
	}
	if j-i < 2 || j-i > maxDistant || u.n == maxUses || loud(text, i, j) {
		return
	}
	for k := i; k < j; k++ {
		if class[text[k]] != isUpper {
			return
		}
	}
	if u.n == 0 {
		for k := range u.heads {
			u.heads[k] = -1
		}
	}
	head := &u.heads[text[j-1]-'A']
	for k := *head; k >= 0; k = u.list[k].next {
		if sp := u.list[k].span; text[sp.start:sp.end] == text[i:j] {
			u.list[k].count++
			return
		}
	}
	u.list[u.n] = use{span: span{i, j}, count: 1, next: *head}
	*head = int8(u.n)
	u.n++
}

// loud reports whether the capitals of text[i:j] may be those of a heading: the
// word next to it is in capitals as well.
func loud(text string, i, j int) bool {
	n := 0
	for k := j + 1; k < len(text) && text[j] == ' ' && class[text[k]] == isUpper; k++ {
		n++
	}
	m := 0
	for k := i - 2; k >= 0 && text[i-1] == ' ' && class[text[k]] == isUpper; k-- {
		m++
	}
	return max(n, m) > 1 || shouted(text[i:j])
}

// distant looks for names whose initials are a word in capitals that nothing
// else in the text explains: "the National Football League … the NFL". Names
// that stand far after all these words are not of what they are in.
func (f *Finder) distant() {
	u, text := &f.uses, f.text
	if !f.unexplained() {
		return
	}
	var t trail
	last := u.list[u.n-1].end
	text = text[:min(len(text), last+maxFar)]
	for i := toName(text, 0); i < len(text); i = toName(text, i) {
		if !u.ends.allow(text, i) {
			i++
			continue
		}
		j := wordFrom(text, i)
		if j == i {
			i++
			continue
		}
		if last := t.from(text, span{i, j}); last.upper {
			f.resolve(&t, last.letter)
			f.resolve(&t, last.other)
		}
		i = j
	}
	if f.Wanted != nil {
		f.dismiss()
	}
	for _, g := range u.list[:u.n] {
		if g.long.end > 0 {
			f.add(Pair{g.start, g.end, g.long.start, g.long.end})
		}
	}
}

// dismiss takes back the names that are of no use, and those of words that the
// text explains where f has passed over it.
func (f *Finder) dismiss() {
	u := &f.uses
	for k := range u.list[:u.n] {
		g := &u.list[k]
		if g.long.end > 0 && (!f.Wanted.Short(g.start, g.end) && !f.long(g.long) || f.definedAnywhere(f.text[g.start:g.end])) {
			g.long.end = 0
		}
	}
}

// unexplained lists anew, by their last letters, the words in capitals for which
// a name is sought, and reports whether there are any.
func (f *Finder) unexplained() bool {
	u := &f.uses
	u.ends = ends{}
	for k := range u.heads {
		u.heads[k] = -1
	}
	found := false
	for k := range u.list[:u.n] {
		g := &u.list[k]
		s := f.text[g.start:g.end]
		g.known = wellKnown(s)
		if g.known == noMeaning || len(s) == 2 && g.count < 2 && g.known == "" || f.defined(s) {
			continue
		}
		last := s[len(s)-1] - 'A'
		g.next, u.heads[last] = u.heads[last], int8(k)
		u.ends.add(s)
		found = true
	}
	return found
}

// defined reports whether a pair has the short form s or its plural.
func (f *Finder) defined(s string) bool {
	for _, p := range f.pairs[f.base:] {
		switch d := f.text[p.ShortStart:p.ShortEnd]; len(d) - len(s) {
		case 0:
			if d == s {
				return true
			}
		case 1:
			if d[len(s)] == 's' && d[:len(s)] == s {
				return true
			}
		}
	}
	return false
}

// resolve gives the words in capitals that end with letter the name at the end
// of the trail, if it spells them.
func (f *Finder) resolve(t *trail, letter byte) {
	if letter < 'a' || letter > 'z' {
		return
	}
	u := &f.uses
	for k := u.heads[letter-'a']; k >= 0; k = u.list[k].next {
		g := &u.list[k]
		s := f.text[g.start:g.end]
		if g.long.end != 0 {
			continue
		}
		n := t.spells(f.text, s)
		if n == 0 || !t.whole(f.text, n, len(s)) {
			continue
		}
		long := span{t.list[n-1].start, t.list[0].end}
		if g.known == "" || strings.EqualFold(g.known, f.text[long.start:long.end]) {
			g.long = long
		}
	}
}

// noMeaning is the meaning of forms that are used without one in the text.
const noMeaning = "-"

// wellKnown is the one meaning that s can have without a definition, or "" if it
// may have any.
func wellKnown(s string) string {
	switch s {
	case "AI":
		return "Artificial Intelligence"
	case "EU":
		return "European Union"
	case "IT":
		return "Information Technology"
	case "LA":
		return "Los Angeles"
	case "NY":
		return "New York"
	case "UK":
		return "United Kingdom"
	case "UN":
		return "United Nations"
	case "US":
		return "United States"
	case "AD", "AM", "BC", "CD", "CE", "CV", "DJ", "DVD", "ID", "II", "III", "IV", "IX", "OK", "OS", "PC", "PM", "TV", "VI", "VII", "XI", "XII":
		return noMeaning
	}
	return ""
}
