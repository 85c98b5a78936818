package german

import "strings"

// nounForms returns those inflected forms of a noun that the light stemmer does
// not bring together with it; of those that have one stem, one will do. Some are
// forms that no text has.
func nounForms(noun string) (out []string) {
	if !isNoun(noun) {
		return nil
	}
	for _, r := range rules {
		if stem, ok := strings.CutSuffix(noun, r.ending); ok && len(stem) >= minStem {
			out = append(out, stem+r.other)
		}
	}
	// The stemmer takes an s off after some letters only: it leaves Computers,
	// Büros, Chips.
	if strings.ContainsAny(noun[len(noun)-1:], "aciopruvwy") && len(noun) > minStem {
		out = append(out, noun+"s")
	}
	return out
}

// minStem is the length in bytes that a noun must have before its ending.
const minStem = 3

// rules replace an ending. Left out is Daten, which is more than the plural of
// Datum.
var rules = []struct{ ending, other string }{
	{"el", "eln"},                                    // Regeln
	{"em", "eme"},                                    // Systeme, Systemen, Systems
	{"nis", "nisse"},                                 // Ergebnisse, Ergebnisses
	{"in", "innen"},                                  // Richterinnen
	{"us", "en"},                                     // Algorithmen
	{"trum", "tren"}, {"ium", "ien"}, {"eum", "een"}, // Zentren, Ministerien, Museen
	{"ma", "men"}, {"sis", "sen"}, {"o", "en"}, // Firmen, Basen, Risiken
}
