package postil

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rewritings returns the other ways to write a form with the same words: in
// another order, with a sign for a word, closed up. Those of one word that was
// part of several are weak.
func rewritings(written string) []variant {
	var out []variant
	add := func(s string) {
		if s != "" && s != written {
			out = append(out, variant{written: s, weak: !strings.ContainsAny(s, " -") && strings.Contains(written, " (")})
		}
	}
	add(spacedOut(written))
	add(unqualified(written))
	add(inverted(written))
	add(withSigns(written))
	for _, s := range reordered(written) {
		add(s)
	}
	if s, ok := closedUp(written); ok {
		add(s)
	}
	add(compound(written))
	add(numbered(written))
	for _, s := range verbs(written) {
		add(s)
	}
	return out
}

// spacedOut has spaces for underscores.
func spacedOut(written string) string {
	return strings.Join(strings.FieldsFunc(written, func(r rune) bool { return r == '_' || r == ' ' }), " ")
}

// unqualified is a form without the qualifier in brackets at its end: Mercury
// (planet).
func unqualified(written string) string {
	name, qualifier, ok := strings.Cut(written, " (")
	if !ok || strings.IndexByte(qualifier, ')') != len(qualifier)-1 {
		return ""
	}
	return name
}

// inverted puts what follows the only comma in front: kidney cell, for "cell,
// kidney".
func inverted(written string) string {
	head, modifier, ok := strings.Cut(written, ", ")
	if !ok || strings.ContainsAny(modifier, ",(") || strings.ContainsAny(head, "(") || strings.Contains(" "+modifier, " and ") {
		return ""
	}
	return modifier + " " + head
}

// reordered has the words on both sides of the only "of" in the other order,
// and "of the" for "of": cell of the kidney is kidney cell. Names keep theirs.
func reordered(written string) []string {
	head, modifier, ok := strings.Cut(written, " of ")
	if !ok || strings.Contains(modifier, " of ") || strings.ContainsFunc(written[1:], unicode.IsUpper) {
		return nil
	}
	plain := strings.TrimPrefix(modifier, "the ")
	out := []string{plain + " " + lowerInitial(head)}
	if plain == modifier {
		return append(out, head+" of the "+modifier)
	}
	return append(out, head+" of "+plain)
}

var signs = strings.NewReplacer(" and ", " & ", " & ", " and ")

// withSigns has an ampersand for "and", or the other way round, and the sign for
// a number's prime.
func withSigns(written string) string {
	s := signs.Replace(written)
	for i, n := range []string{"one", "two", "three", "four", "five"} {
		s = strings.Replace(s, n+" prime ", string(rune('1'+i))+"' ", 1)
	}
	return s
}

// closedUp returns the form without its hyphen, if it is a word with a prefix,
// such as multi-cloud, and not a name.
func closedUp(written string) (string, bool) {
	a, b, ok := strings.Cut(written, "-")
	if !ok || len(a) < 3 || len(b) < 3 || !isLower(lowerInitial(a)+b) {
		return "", false
	}
	return a + b, true
}

// capitalCompound makes the noun after a hyphen small, as it is where the hyphen
// is left out: Cloud-Anbieter is Cloudanbieter.
func capitalCompound(written string) string {
	a, b, _ := strings.Cut(written, "-")
	if isLower(lowerInitial(a)) && isLower(lowerInitial(b)) {
		return a + "-" + lowerInitial(b)
	}
	return written
}

// maxCompound is the length in bytes up to which two short words may be written
// as one: data center, base pair.
const maxCompound = 11

// compound closes up two short words.
func compound(written string) string {
	a, b, ok := strings.Cut(written, " ")
	if !ok || len(a) < 3 || len(b) < 4 || len(a)+len(b) > maxCompound || !isLower(lowerInitial(a)+b) {
		return ""
	}
	return a + b
}

// numbered closes up a name and its number: GPT-4 is GPT4, and Llama 3 is Llama3.
func numbered(written string) string {
	at := strings.IndexAny(written, "- ")
	if at < 2 {
		return ""
	}
	name, number := written[:at], written[at+1:]
	first, _ := utf8.DecodeRuneInString(name)
	if number == "" || number[0] < '0' || number[0] > '9' || !unicode.IsUpper(first) || strings.ContainsFunc(name, notLetter) || strings.ContainsAny(number, "- ") {
		return ""
	}
	return name + number
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// verbs returns the verb's forms of a gerund with a hyphen: fine-tune, fine-tunes
// and fine-tuned of fine-tuning.
func verbs(written string) []string {
	at := strings.LastIndexByte(written, '-')
	stem, ok := strings.CutSuffix(written, "ing")
	if at < 2 || !ok || len(stem)-at < 3 || strings.ContainsRune(written, ' ') || !isLower(strings.ReplaceAll(lowerInitial(written), "-", "")) {
		return nil
	}
	bases := []string{stem, stem + "e"}
	if n := len(stem); stem[n-1] == stem[n-2] {
		bases = append(bases, stem[:n-1])
	}
	return append(bases, stem+"ed")
}

func isLower(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLower(r) })
}

// lowerInitial makes the first letter small, unless the word has more capitals.
func lowerInitial(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if word, _, _ := strings.Cut(s[size:], " "); strings.ContainsFunc(word, unicode.IsUpper) {
		return s
	}
	return string(unicode.ToLower(r)) + s[size:]
}

// compact drops repeated variants.
func compact(variants []variant) []variant {
	var out []variant
	for _, v := range variants {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
