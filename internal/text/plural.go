package text

import "strings"

// Plurals returns the plurals of an English noun that the normal form does not
// trace back to it: Latin and Greek ones (loci, analyses, criteria), those with
// another vowel (women, feet), and -es after a single s or z (buses, viruses).
// The noun is folded; what is no noun may get a plural that no text has.
func Plurals(noun string) []string {
	var out []string
	for _, r := range pluralRules {
		stem, ok := strings.CutSuffix(noun, r.ending)
		if !ok || len(stem) < r.stem {
			continue
		}
		out = append(out, stem+r.plural)
	}
	return out
}

// pluralRules replace an ending after a stem of at least so many bytes. Left
// out are plurals that are words in their own right more often than plurals of
// the singular: media, dice, people, leaves, opera.
var pluralRules = []struct {
	ending string
	stem   int
	plural string
}{
	{"us", 3, "i"}, {"us", 1, "uses"}, {"as", 2, "ases"}, {"is", 3, "ises"}, {"os", 3, "oses"}, {"ens", 1, "enses"}, {"iz", 2, "izzes"}, {"tz", 2, "tzes"},
	{"orpus", 1, "orpora"}, {"enus", 1, "enera"}, {"tempus", 0, "tempora"},
	{"sis", 2, "ses"}, {"xis", 1, "xes"}, {"testis", 0, "testes"},
	{"rium", 2, "ria"}, {"nium", 2, "nia"}, {"lium", 2, "lia"}, {"gium", 2, "gia"}, {"tium", 2, "tia"}, {"datum", 0, "data"}, {"ratum", 1, "rata"}, {"dum", 4, "da"}, {"ulum", 2, "ula"},
	{"ellum", 1, "ella"}, {"trum", 2, "tra"}, {"uum", 2, "ua"}, {"ntum", 2, "nta"}, {"ovum", 0, "ova"}, {"itum", 2, "ita"},
	{"criterion", 0, "criteria"}, {"phenomenon", 0, "phenomena"}, {"automaton", 0, "automata"}, {"ganglion", 0, "ganglia"},
	{"chondrion", 2, "chondria"}, {"taxon", 0, "taxa"}, {"hedron", 2, "hedra"}, {"zoon", 2, "zoa"},
	{"a", 3, "ae"}, {"oma", 3, "omata"}, {"ema", 3, "emata"}, {"igma", 2, "igmata"},
	{"ix", 3, "ices"}, {"ex", 3, "ices"}, {"eau", 2, "eaux"},
	{"man", 1, "men"}, {"woman", 0, "women"}, {"child", 0, "children"}, {"foot", 0, "feet"}, {"tooth", 0, "teeth"}, {"goose", 0, "geese"},
	{"mouse", 0, "mice"}, {"louse", 0, "lice"},
	{"half", 0, "halves"}, {"shelf", 0, "shelves"}, {"wolf", 0, "wolves"}, {"knife", 0, "knives"}, {"wife", 0, "wives"}, {"thief", 0, "thieves"}, {"calf", 0, "calves"},
}
