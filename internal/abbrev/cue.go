package abbrev

// cueKind says what a word between a long form and a short form tells.
type cueKind uint8

const (
	cueNone   cueKind = iota
	cueFiller         // nothing alone
	cueNames          // another name follows
	cueMeans          // the meaning follows
	cueBoth
)

// cue classifies a word by which definitions are introduced.
func cue(s string) cueKind {
	switch s {
	case "a", "also", "an", "as", "better", "by", "commonly", "for", "formally", "frequently", "full", "generally",
		"hence", "herein", "in", "initials", "is", "it", "its", "just", "more", "name", "of", "officially", "often",
		"popularly", "referred", "simply", "sometimes", "term", "that", "the", "The", "thus", "to", "typically", "under",
		"usually", "was", "which", "widely", "with":
		return cueFiller
	case "abbr.", "abbreviated", "Abbreviated", "aka", "a.k.a.", "called", "dubbed", "henceforth", "hereafter",
		"hereinafter", "known", "shortened":
		return cueNames
	case "abbreviates", "i.e.", "meaning", "means", "standing", "stands", "stood":
		return cueMeans
	case "abbreviation", "acronym", "initialism", "or", "short":
		return cueBoth
	}
	return cueNone
}
