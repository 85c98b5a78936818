package match

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"

	"postil/internal/index"
	"postil/internal/text"
)

// form is a surface form in use, in 24 bytes:
//
//	u32 term; u32 what its author wrote (offset); u32 tokens in the low byte,
//	flags above; u32 tokens that must be plural; u32 tokens that must not (bit i:
//	token i); u32 group of forms that are decided together, 0 for none
type form struct {
	term     uint32
	at       uint32
	flags    Flags
	plural   uint32
	singular uint32
	group    uint32
}

// tokens is the number of tokens in the form.
func (f *form) tokens() int { return int(uint8(f.flags)) }

const formSize = 24

type forms struct {
	table, strings []byte
	n              uint32
}

func (f *forms) open(b []byte) error {
	if len(b) < 8 {
		return errors.New("the header is cut off")
	}
	n, size := uint64(u32(b, 0)), uint64(u32(b, 1))
	if uint64(len(b)) != 8+formSize*n+size {
		return errors.New("the table has not the size that its header says")
	}
	f.n, f.table, f.strings = uint32(n), b[8:8+formSize*n], b[8+formSize*n:]
	return nil
}

// get returns form i; ok is false if the tables do not fit together.
func (f *forms) get(i uint32) (_ form, ok bool) {
	if i >= f.n {
		return form{}, false
	}
	le := binary.LittleEndian
	b := f.table[i*formSize : i*formSize+formSize]
	return form{le.Uint32(b), le.Uint32(b[4:]), Flags(le.Uint32(b[8:])), le.Uint32(b[12:]), le.Uint32(b[16:]), le.Uint32(b[20:])}, true
}

// written is a form as its author wrote it, "" if the tables do not fit together.
func (f *forms) written(x *form) string {
	if uint64(x.at)+2 > uint64(len(f.strings)) {
		return ""
	}
	s := f.strings[x.at:]
	size := int(binary.LittleEndian.Uint16(s))
	if 2+size > len(s) {
		return ""
	}
	return index.String(s[2 : 2+size])
}

// agrees reports whether tokens i to j of doc, whose classes are those of the
// form, are written as the form demands.
func (d *Dictionary) agrees(f *form, doc *Document, i, j int, loose bool) bool {
	if f.tokens() != j-i+1 || !loose && f.flags&flagStrict == 0 {
		return false
	}
	for k := i; k <= j; k++ {
		e, bit := doc.Tokens[k].Ending(), uint32(1)<<(k-i)
		isPlural := e&text.Plural != 0
		if f.plural&bit != 0 && !isPlural || f.singular&bit != 0 && isPlural {
			return false
		}
	}
	if f.flags&flagPossessive == 0 && possessiveWithin(doc, i, j) {
		return false
	}
	if d.inflects && !d.sameWords(f, doc, i, j) {
		return false
	}
	return f.flags&(flagExact|flagStrict) == 0 || agreesAsWritten(f.flags, d.forms.written(f), d.Language, doc, i, j)
}

// edges are the lengths in bytes of the signs before the first and after the
// last token of a form.
func (d *Dictionary) edges(f *form) (before, after uint32) {
	if f.flags&flagEdges == 0 {
		return 0, 0
	}
	written := d.forms.written(f)
	var buf [MaxTokens]text.Token
	tokens := text.Tokens(buf[:0], written)
	if len(tokens) == 0 {
		return 0, 0
	}
	first, last := signs(written, tokens)
	return uint32(len(first)), uint32(len(last))
}

// signs are what a form has before its first and after its last token, of which
// it has one at least.
func signs(written string, tokens []text.Token) (before, after string) {
	last := tokens[len(tokens)-1]
	return written[:tokens[0].Start], text.AfterInitials(written[last.Start:last.End], written[last.End:])
}

// possessiveWithin reports whether a name before the last of tokens i to j has a
// possessive ending, or any token a particle: "Microsoft's Azure" is not
// "Microsoft Azure", but a model's weights are model weights.
func possessiveWithin(doc *Document, i, j int) bool {
	for k := i; k < j; k++ {
		t := &doc.Tokens[k]
		small := 'a' <= doc.Text[t.Start] && doc.Text[t.Start] <= 'z'
		if t.Ending()&text.Possessive != 0 && !small || t.particle() > 0 {
			return true
		}
	}
	return false
}

// agreesAsWritten compares the text with the form token by token.
func agreesAsWritten(flags Flags, written string, language *text.Language, doc *Document, i, j int) bool {
	smart := flags&flagLiteral == 0
	if i == j && flags&flagStrict == 0 && !language.Inflects() {
		have := doc.word(i) // which is the whole form
		wide := doc.Tokens[i].wide() && !isASCII(have) || !isASCII(written)
		return sameCase(have, written, wide) || smart && sameInitials(have, written) || doc.Shouted(i)
	}
	var buf [MaxTokens]text.Token
	tokens := text.Tokens(buf[:0], written)
	if len(tokens) != j-i+1 {
		return false
	}
	exact := flags&flagExact != 0
	if exact && (i < j && !hasLower(doc.Text[doc.Tokens[i].Start:doc.Tokens[j].End]) || i == j && doc.Shouted(i)) {
		exact = false // a name in a line of capitals
	}
	for k, ft := range tokens {
		dt := doc.Tokens[i+k]
		have, want := doc.Text[doc.Start(i+k):dt.End], written[ft.Start:ft.End]
		if language.Inflects() {
			_, e := text.Normal(nil, want, language)
			want = text.Bare(want, e&text.Elided)
		}
		if exact && k == 0 && i < j {
			have, want = withoutInitial(have, want)
		}
		if exact && !(i < j && titleCase(have, want)) && !sameCase(have, want, dt.wide() || ft.Wide) &&
			!(smart && (sameInitials(doc.word(i+k), want) || i < j && spokenName(doc.word(i+k), want))) {
			return false
		}
		if k > 0 && !sameGap(doc.before(i+k), gapBefore(written, tokens, k)) {
			return false
		}
	}
	return sameEdges(doc.Text, written, int(doc.Tokens[i].Start), int(doc.Tokens[j].End), tokens)
}

// withoutInitial cuts the first letter off the first word of a phrase, which may
// be written small in the middle of a sentence, unless the word as its author
// wrote it has further capitals.
func withoutInitial(have, want string) (string, string) {
	_, h := utf8.DecodeRuneInString(have)
	_, w := utf8.DecodeRuneInString(want)
	if hasUpper(want[w:]) {
		return have, want
	}
	return have[h:], want[w:]
}

// titleCase reports whether a word that its author wrote small has a capital
// only at its beginning, as words of a phrase have in titles.
func titleCase(have, want string) bool {
	_, h := utf8.DecodeRuneInString(have)
	return !hasUpper(want) && !hasUpper(have[h:])
}

// sameGap reports whether a text may have one gap where a form has the other. Where
// a blank line is a break, none is in a match.
func sameGap(have, want string) bool {
	h, w := text.GapOf(have), text.GapOf(want)
	white := h == text.Loose || h == text.Line || h == text.Paragraph
	switch w {
	case text.Slash:
		return white || h == text.Slash
	case text.Strict:
		return text.NormalGap(have) == text.NormalGap(want)
	}
	return white
}

// gapBefore is what stands before token k of a form.
func gapBefore(written string, tokens []text.Token, k int) string {
	last := tokens[k-1]
	return text.AfterInitials(written[last.Start:last.End], written[last.End:tokens[k].Start])
}

// sameEdges reports whether the text has the signs that the form has before its
// first and after its last token, as in "C++" or ".NET".
func sameEdges(s, written string, start, end int, tokens []text.Token) bool {
	before, after := signs(written, tokens)
	return start >= len(before) && s[start-len(before):start] == before &&
		len(s)-end >= len(after) && s[end:end+len(after)] == after
}

// Group is the number of the group that a form belongs to; ok is false where it
// needs no decision.
func (d *Dictionary) Group(form uint32) (group int, ok bool) {
	f, ok := d.forms.get(form)
	return int(f.group) - 1, ok && f.group != 0
}
