package match

import (
	"slices"
	"strings"

	"postil/internal/text"
)

// Document is a text with what a dictionary knows of its tokens. It may be
// reused for another text; it is not safe for concurrent use.
type Document struct {
	Text string
	// Tokens are filled in by Dictionary.Find.
	Tokens []Token
	// Breaks are ascending byte offsets that no match may cross. In plain text
	// (Plain set) blank lines are breaks too, and lines that look like headings.
	Breaks []int32
	Plain  bool

	memo    memo
	recent  *recent
	starts  []start
	pieces  []text.Token // of a stretch that is not all ASCII
	scratch []byte
	steps   int
	signs   bool // a form with signs at its ends was found: it and one without end apart, in the same tokens
}

// Token is a word of a text, at the byte offsets [Start, End), as the dictionary
// sees it.
type Token struct {
	Start, End uint32
	word       uint32 // from above: the class, the syllables of a particle, flags
}

const (
	flagPluralEnding     = uint32(text.Plural)
	flagPossessiveEnding = uint32(text.Possessive)
	flagElided           = uint32(text.Elided)
	flagWide             = 8 // has characters beyond ASCII
	particleShift        = 4
	flagMatch            = 64 // is a match by itself
	classShift           = 7
)

// Class is the number of the token's normal form, 0 if the dictionary has no
// such word.
func (t *Token) Class() uint32 { return t.word >> classShift }

// Ending says what the normal form leaves out.
func (t *Token) Ending() text.Ending {
	return text.Ending(t.word) & (text.Plural | text.Possessive | text.Elided)
}

// Matches reports whether Find has found the token alone to be a form.
func (t *Token) Matches() bool { return t.word&flagMatch != 0 }

// particle is the number of syllables of the token's Korean particle.
func (t *Token) particle() uint32 { return t.word >> particleShift & text.MaxParticle }

func (t *Token) wide() bool { return t.word&flagWide != 0 }

// start is a token that begins a form, and the trie node of these forms.
type start struct{ token, node uint32 }

// Reset prepares d for another text.
func (d *Document) Reset(s string) {
	d.Text, d.Breaks, d.Plain, d.steps, d.signs = s, nil, false, 0, false
	d.Tokens, d.starts = d.Tokens[:0], d.starts[:0]
}

// Start is the start of token i without an elided article, in bytes.
func (d *Document) Start(i int) uint32 {
	t := &d.Tokens[i]
	if t.word&flagElided != 0 {
		return t.Start + uint32(text.AfterElision(d.Text[t.Start:t.End]))
	}
	return t.Start
}

// End is the end of token i without a possessive ending or a particle, in bytes.
func (d *Document) End(i int) uint32 {
	t := &d.Tokens[i]
	if t.word&flagPossessiveEnding != 0 {
		return t.End - uint32(text.PossessiveSize(d.Text[t.Start:t.End]))
	}
	return t.End - text.Syllable*t.particle()
}

// word is token i without an elided article, a possessive ending or a particle.
func (d *Document) word(i int) string { return d.Text[d.Start(i):d.End(i)] }

// lastStop reports whether token i is of initials and their last full stop follows.
func (d *Document) lastStop(i int) bool {
	t := &d.Tokens[i]
	after := d.Text[t.End:]
	return len(text.AfterInitials(d.Text[t.Start:t.End], after)) < len(after)
}

// Steps is the number of trie nodes visited since Reset.
func (d *Document) Steps() int { return d.steps }

// bytesPerToken is how many bytes of most texts have one token or less. Room for so
// many is made at once, which for a text of megabytes costs less than growing into it.
const bytesPerToken = 6

// read fills in doc's tokens: it splits the text and looks the tokens up in one
// pass.
func (d *Dictionary) read(doc *Document) {
	if d.inflects {
		doc.memo.open(d)
	}
	if doc.recent == nil || doc.recent.of != d {
		doc.recent = &recent{of: d}
	}
	doc.Tokens = slices.Grow(doc.Tokens, len(doc.Text)/bytesPerToken)
	glued := false
	i := d.readBlocks(doc, &glued)
	for i < len(doc.Text) {
		i = d.readOne(doc, i, &glued)
	}
	if glued {
		d.readGlued(doc)
	}
}

// readOne reads what comes next in doc's text from byte i on: a token, or a
// stretch that takes more than ASCII to split. It returns where to go on, and
// notes zero-width spaces.
func (d *Dictionary) readOne(doc *Document, i int, glued *bool) int {
	s := doc.Text
	from, to := text.Scan(s, i)
	switch {
	case from < to:
		d.addASCII(doc, from, to)
		return to
	case from == len(s):
		return from
	}
	doc.pieces, i = text.Next(doc.pieces[:0], s, from)
	for _, t := range doc.pieces {
		d.add(doc, t)
	}
	*glued = *glued || i-from > len(zeroWidthSpace) && strings.Contains(s[from:i], zeroWidthSpace)
	return i
}

// addASCII appends the token at [from, to), which text.Scan has found.
func (d *Dictionary) addASCII(doc *Document, from, to int) {
	if to-from > MaxToken || d.inflects {
		d.add(doc, text.Token{Start: uint32(from), End: uint32(to)})
		return
	}
	word, node := d.lookUpASCII(doc, doc.Text[from:to])
	doc.append(from, to, word, node)
}

// append appends a token with what the dictionary says of it.
func (doc *Document) append(from, to int, word, node uint32) {
	if node != 0 {
		doc.starts = append(doc.starts, start{uint32(len(doc.Tokens)), node})
	}
	doc.Tokens = append(doc.Tokens, Token{uint32(from), uint32(to), word})
}

// add appends a token of any kind.
func (d *Dictionary) add(doc *Document, x text.Token) {
	var word, node uint32
	if x.End-x.Start <= 4*MaxToken {
		word, node = d.known(doc, doc.Text[x.Start:x.End])
	}
	if x.Wide {
		word |= flagWide
	}
	doc.append(int(x.Start), int(x.End), word, node)
}

// known is what the dictionary says of a token, which doc may remember.
func (d *Dictionary) known(doc *Document, token string) (word, node uint32) {
	if !d.inflects || len(token) > maxMemo {
		return d.lookUp(doc, token)
	}
	at, ok := doc.memo.find(token)
	if !ok {
		word, node = d.lookUp(doc, token)
		at.set(token, word, node)
	}
	return at.word, at.node
}

// lookUp returns the word of a token, but for whether it is wide, and its node.
func (d *Dictionary) lookUp(doc *Document, token string) (word, node uint32) {
	var ending text.Ending
	doc.scratch, ending = text.Normal(doc.scratch[:0], token, d.Language)
	class, node := d.vocab.find(doc.scratch)
	if class == 0 && text.EndsInHangul(token) {
		return d.withoutParticle(doc, token)
	}
	return class<<classShift | uint32(ending), node
}

// withoutParticle looks a Korean token up without the particle that it may end
// with, the longest first.
func (d *Dictionary) withoutParticle(doc *Document, token string) (word, node uint32) {
	for n := text.MaxParticle; n > 0; n-- {
		if !text.Particle(token, n) {
			continue
		}
		doc.scratch, _ = text.Normal(doc.scratch[:0], token[:len(token)-n*text.Syllable], d.Language)
		if class, node := d.vocab.find(doc.scratch); class != 0 {
			return class<<classShift | uint32(n)<<particleShift, node
		}
	}
	return 0, 0
}

const zeroWidthSpace = "\u200b"

// readGlued reads a text with zero-width spaces. It makes one token of two with
// nothing but such spaces between them, if the dictionary knows them as one.
func (d *Dictionary) readGlued(doc *Document) {
	tokens := text.Tokens(nil, doc.Text)
	kept := tokens[:0]
	for _, t := range tokens {
		if n := len(kept); n > 0 {
			last := &kept[n-1]
			gap := doc.Text[last.End:t.Start]
			if gap != "" && strings.Trim(gap, zeroWidthSpace) == "" && t.End-last.Start <= MaxToken {
				joined := strings.ReplaceAll(doc.Text[last.Start:t.End], zeroWidthSpace, "")
				if key, _ := text.Normal(nil, joined, d.Language); d.Class(key) != 0 {
					last.End, last.Wide = t.End, true
					continue
				}
			}
		}
		kept = append(kept, t)
	}
	doc.Tokens, doc.starts = doc.Tokens[:0], doc.starts[:0]
	for _, t := range kept {
		d.add(doc, t)
	}
}
