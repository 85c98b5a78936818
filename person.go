package postil

import (
	"unicode"
	"unicode/utf8"
)

// oddsPerson is against a term whose form is somebody's name in the document.
const oddsPerson = -12

// isPerson reports whether m, one word with a capital, is the name of a person by what
// stands before it: an initial, a title or a kinship.
func (a *Annotator) isPerson(w *work, m *mention) bool {
	if m.first != m.last || m.first == 0 {
		return false
	}
	first, n := utf8.DecodeRuneInString(w.doc.Text[m.start:])
	if second, _ := utf8.DecodeRuneInString(w.doc.Text[int(m.start)+n:]); !unicode.IsUpper(first) || !unicode.IsLower(second) {
		return false // nobody is called AGI
	}
	last, gap := w.wordBefore(m.first)
	switch gap {
	case ". ", ".\u00a0", ".":
		return isTitle(last) || a.isInitial(w, m.first-1)
	case " ", "\u00a0":
		return isTitle(last) || isKinship(last)
	}
	return false
}

// isInitial reports whether token i is an initial: neither a letter of an abbreviation,
// as the S of the U.S., nor that of Series B.
func (a *Annotator) isInitial(w *work, i uint32) bool {
	t := &w.doc.Tokens[i]
	if t.End-t.Start != 1 || w.doc.Text[t.Start] < 'A' || w.doc.Text[t.Start] > 'Z' {
		return false
	}
	return a.before(w, i) == nothing && (t.Start == 0 || w.doc.Text[t.Start-1] != '.')
}

// isTitle reports whether a word is one by which persons are called.
func isTitle(s string) bool {
	switch s {
	case "Mr", "Mrs", "Ms", "Mx", "Miss", "Dr", "Prof", "Professor", "Sir", "Dame", "Lord", "Lady", "Judge", "Monsieur", "Madame", "Mme", "Herr", "Frau",
		"Señor", "Señora", "Sr", "Sra", "Don", "Doña":
		return true
	}
	return false
}

// isKinship reports whether a word says whose relative somebody is.
func isKinship(s string) bool {
	switch s {
	case "aunt", "uncle", "cousin", "nephew", "niece", "grandmother", "grandfather", "grandson", "granddaughter", "mother", "father", "brother", "sister",
		"son", "daughter", "wife", "husband":
		return true
	}
	return false
}
