package abbrev

import "strings"

const longestStop = len("della")

// Skips reports whether short forms tend to skip a word of a long form, given in
// small letters: of, and, the.
func Skips(word string) bool { return stopWord(word) }

// stopWord reports whether s is a word that short forms tend to skip.
func stopWord(s string) bool {
	switch s {
	case "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "per", "the", "to", "via", "with",
		"The", "A", "An", "And", "For", "Of", "&",
		"al", "d", "da", "das", "de", "del", "della", "der", "des", "di", "die", "do", "du", "e", "el", "en", "et", "für",
		"il", "la", "le", "les", "para", "por", "pour", "und", "von", "y", "zur":
		return true
	}
	return false
}

// shouted reports whether s, in capitals, is rather a common word than a short form.
func shouted(s string) bool {
	switch s {
	case "ALL", "AN", "AND", "ARE", "AS", "AT", "BUT", "BY", "CAN", "FOR", "FROM", "HAS", "IN", "INTO", "IS", "MY", "NEW", "NO", "NOT",
		"OF", "ON", "ONE", "OR", "OUR", "THE", "TO", "TWO", "WITH", "YOU":
		return true
	}
	return false
}

// elision is the length of a French or Italian article or preposition that s, a
// word, starts with, apostrophe included: l'Autorité, dell'Unione. Otherwise 0.
func elision(s string) int {
	i := 0
	for i < len(s) && i < 5 && class[s[i]]&isLetter != 0 {
		i++
	}
	if i == len(s) || s[i] != '\'' && s[i] != 0xE2 {
		return 0
	}
	switch s[:i] {
	case "l", "L", "d", "D", "un", "Un", "qu", "all", "dall", "dell", "nell", "sull", "Dell", "Nell":
		if s[i] == '\'' {
			return i + 1
		}
		if strings.HasPrefix(s[i:], "’") {
			return i + len("’")
		}
	}
	return 0
}

// numberWord is the digit that s spells, or 0.
func numberWord(s string) rune {
	switch s {
	case "one", "One", "first", "First", "single", "I":
		return '1'
	case "two", "Two", "second", "Second", "double", "to", "II":
		return '2'
	case "three", "Three", "third", "Third", "triple", "III":
		return '3'
	case "four", "Four", "fourth", "Fourth", "for", "IV":
		return '4'
	case "five", "Five", "fifth", "Fifth", "V":
		return '5'
	case "six", "Six", "sixth", "Sixth", "VI":
		return '6'
	case "seven", "Seven", "seventh", "Seventh":
		return '7'
	case "eight", "Eight", "eighth", "Eighth":
		return '8'
	case "nine", "Nine", "ninth", "Ninth":
		return '9'
	}
	return 0
}

// greekName is the length of the name of a Greek letter that s starts with, or 0.
func greekName(s string) int {
	var name [8]byte
	n := 0
	for n < len(s) && n < len(name) && class[s[n]]&isLetter != 0 && (n == 0 || class[s[n]]&isLower != 0) {
		name[n] = s[n] | 0x20
		n++
	}
	switch string(name[:n]) {
	case "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "sigma", "tau", "phi", "chi", "psi", "omega":
		return n
	}
	return 0
}

// enumerator reports whether s numbers a list or leads a remark.
func enumerator(s string) bool {
	switch s {
	case "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "e.g.", "e.g", "i.e.", "i.e", "cf", "cf.", "eg", "ie", "vs", "etc", "see", "and", "or", "the", "s", "es":
		return true
	}
	return false
}

// abbreviatedWord reports whether a full stop after s is no end of a sentence.
func abbreviatedWord(s string) bool {
	switch s {
	case "St", "Dr", "Mr", "Mrs", "Ms", "Prof", "vs", "No", "Inc", "Corp", "Co", "Ltd", "Univ", "Jr", "Sr", "Mt", "Dept", "Gen", "Gov", "Sen", "Rep", "approx", "ca", "cf", "al", "Fig":
		return true
	}
	return false
}

// stateCode reports whether s is the postal code of a state of the USA: an
// address says "Albany, NY" and defines nothing.
func stateCode(s string) bool {
	const codes = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC"
	return len(s) == 2 && strings.Index(codes, s)%3 == 0
}
