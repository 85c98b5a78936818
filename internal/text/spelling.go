package text

import "strings"

// Spellings returns the other spellings of an English word in normal form:
// British and American ones, and the names of Greek letters for the letters.
// Some are spellings that no text has. A word may come back to itself by way of
// one of its spellings, but need not.
func Spellings(word string) []string {
	var out []string
	add := func(s string) {
		if s != word {
			out = append(out, s)
		}
	}
	for _, r := range endings {
		for _, way := range [][2]string{{r.a, r.b}, {r.b, r.a}} {
			if stem, ok := strings.CutSuffix(word, way[0]); ok && len(stem) >= r.stem && hasVowel(stem, r.vowels) {
				add(stem + way[1])
			}
		}
	}
	for _, r := range stems {
		for _, way := range [][2]string{{r[0], r[1]}, {r[1], r[0]}} {
			if rest, ok := strings.CutPrefix(word, way[0]); ok {
				add(way[1] + rest)
			}
		}
	}
	for _, g := range greek {
		if strings.Contains(word, g[0]) {
			add(strings.ReplaceAll(word, g[0], g[1]))
		} else if word == g[1] {
			add(g[0])
		}
	}
	return out
}

// endings are pairs of endings that are spelled differently, after a stem of at
// least so many bytes with so many vowels.
var endings = []struct {
	a, b         string
	stem, vowels int
}{
	{"our", "or", 2, 1}, {"oured", "ored", 2, 1}, {"ouring", "oring", 2, 1}, {"ourable", "orable", 2, 1}, {"oural", "oral", 3, 1},
	{"ise", "ize", 3, 1}, {"ised", "ized", 3, 1}, {"ising", "izing", 3, 1}, {"iser", "izer", 3, 1}, {"isation", "ization", 2, 1}, {"isational", "izational", 2, 1},
	{"yse", "yze", 3, 1}, {"ysed", "yzed", 3, 1}, {"ysing", "yzing", 3, 1}, {"yser", "yzer", 3, 1},
	{"elling", "eling", 2, 1}, {"elled", "eled", 2, 1}, {"eller", "eler", 2, 1}, {"alling", "aling", 3, 1}, {"alled", "aled", 3, 1},
	{"centre", "center", 0, 0}, {"metre", "meter", 0, 0}, {"fibre", "fiber", 0, 0}, {"theatre", "theater", 0, 0}, {"litre", "liter", 0, 0},
	{"calibre", "caliber", 0, 0}, {"titre", "titer", 0, 0}, {"spectre", "specter", 0, 0}, {"goitre", "goiter", 0, 0},
	{"defence", "defense", 0, 0}, {"offence", "offense", 0, 0}, {"licence", "license", 0, 0}, {"pretence", "pretense", 0, 0},
	{"alogue", "alog", 1, 0}, {"ialogue", "ialog", 1, 0}, {"programme", "program", 0, 0}, {"artefact", "artifact", 0, 0}, {"aluminium", "aluminum", 0, 0},
	{"judgement", "judgment", 0, 0}, {"ageing", "aging", 0, 0}, {"fulfilment", "fulfillment", 0, 0}, {"neurone", "neuron", 0, 0}, {"grey", "gray", 0, 0},
	{"aemia", "emia", 2, 1}, {"aemic", "emic", 2, 1}, {"rrhoea", "rrhea", 2, 1}, {"sceptic", "skeptic", 0, 0}, {"mould", "mold", 0, 0}, {"plough", "plow", 0, 0}, {"tyre", "tire", 0, 0},
}

// stems are pairs of beginnings of words that are spelled differently.
var stems = [][2]string{
	{"haem", "hem"}, {"anaem", "anem"}, {"oestr", "estr"}, {"oesoph", "esoph"}, {"foet", "fet"}, {"faec", "fec"}, {"caec", "cec"}, {"caesi", "cesi"}, {"caesa", "cesa"},
	{"paed", "ped"}, {"orthopaed", "orthoped"}, {"encyclopaed", "encycloped"}, {"aetio", "etio"}, {"oedem", "edem"}, {"amoeb", "ameb"}, {"coeli", "celi"}, {"gynaec", "gynec"},
	{"archae", "arche"}, {"palae", "pale"}, {"anaesth", "anesth"}, {"aesth", "esth"}, {"leukaem", "leukem"}, {"manoeuv", "maneuv"}, {"sulph", "sulf"},
	{"behaviour", "behavior"}, {"colour", "color"}, {"favour", "favor"}, {"honour", "honor"}, {"labour", "labor"}, {"neighbour", "neighbor"}, {"tumour", "tumor"},
}

// greek are the small letters that have names of their own in prose.
var greek = [][2]string{
	{"α", "alpha"}, {"β", "beta"}, {"γ", "gamma"}, {"δ", "delta"}, {"ε", "epsilon"}, {"ζ", "zeta"}, {"θ", "theta"}, {"κ", "kappa"},
	{"λ", "lambda"}, {"μ", "mu"}, {"σ", "sigma"}, {"τ", "tau"}, {"φ", "phi"}, {"χ", "chi"}, {"ψ", "psi"}, {"ω", "omega"},
}

// hasVowel reports whether a stem has at least n vowels.
func hasVowel(stem string, n int) bool {
	for i := 0; i < len(stem) && n > 0; i++ {
		if strings.IndexByte("aeiouy", stem[i]) >= 0 {
			n--
		}
	}
	return n == 0
}
