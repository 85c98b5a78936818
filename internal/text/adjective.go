package text

import (
	"slices"
	"strings"
)

// Adjectives returns adjectives and adverbs that mean no more than "of" an
// English noun: neuronal of neuron, algorithmic of algorithm, genetic of gene.
// The regular ones come from endings of learned words, for which the rule holds,
// rather than from all nouns, for which it often does not (organ and organic;
// and what is oncogenic makes cancer, not oncogenes). Others may have come to
// mean more. The noun is folded; some of what is returned is no word.
func Adjectives(noun string) (regular, others []string) {
	for _, r := range adjectiveRules {
		if stem, ok := strings.CutSuffix(noun, r[0]); ok && len(stem) >= 2 {
			regular = append(regular, stem+r[1])
		}
	}
	return withAdverbs(regular), withAdverbs(adjectives[noun])
}

func withAdverbs(adjectives []string) []string {
	out := slices.Clone(adjectives)
	for _, s := range adjectives {
		if strings.HasSuffix(s, "ic") {
			out = append(out, s+"ally")
		}
	}
	return out
}

// adjectiveRules replace an ending after a stem of two bytes or more.
var adjectiveRules = [][2]string{
	{"cyte", "cytic"}, {"blast", "blastic"}, {"nome", "nomic"}, {"teome", "teomic"}, {"some", "somal"}, {"phage", "phagic"}, {"zyme", "zymatic"}, {"derm", "dermal"},
	{"morph", "morphic"}, {"troph", "trophic"}, {"tope", "topic"}, {"ithm", "ithmic"}, {"uron", "uronal"}, {"xon", "xonal"}, {"xon", "xonic"},
	{"dron", "dronal"}, {"odon", "odonic"}, {"mone", "monal"}, {"glia", "glial"}, {"arva", "arval"}, {"helium", "helial"}, {"terium", "terial"},
	{"chondrion", "chondrial"},
}

// adjectives are those of nouns that no rule covers.
var adjectives = map[string][]string{
	"agent": {"agentic"}, "allele": {"allelic"}, "atom": {"atomic"}, "axon": {"axonal"}, "clone": {"clonal"}, "cortex": {"cortical"},
	"exon": {"exonic"}, "fungus": {"fungal"}, "gamete": {"gametic"}, "gene": {"genetic", "genic"}, "intron": {"intronic"}, "larva": {"larval"},
	"molecule": {"molecular"}, "monopoly": {"monopolistic"}, "nucleus": {"nuclear"}, "oligopoly": {"oligopolistic"}, "parliament": {"parliamentary"},
	"robot": {"robotic"}, "virus": {"viral"}, "zygote": {"zygotic"},
}
