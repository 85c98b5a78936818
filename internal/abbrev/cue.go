package abbrev

const maxCueWord = 14 // bytes

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

// backTo is where the blanks and quotes before k begin; k itself if there is
// nothing else in the bytes looked at.
func backTo(text string, k, bytes int) int {
	low := max(0, k-bytes)
	if i := backMarks(text, span{low, k}); i > low {
		return i
	}
	return k
}

// lettersBefore is the word that ends before k, blanks and quotes aside.
func lettersBefore(text string, k int) span {
	end := backTo(text, k, 2*maxCueWord)
	i := end
	for i > 0 && end-i < maxCueWord && (class[text[i-1]]&isLetter != 0 || text[i-1] == '.') {
		i--
	}
	return span{i, end}
}

// lettersAfter is the word that starts after k, blanks and quotes aside.
func lettersAfter(text string, k int) span {
	i := skipMarks(text[:min(len(text), k+2*maxCueWord)], k)
	end := i
	for end < len(text) && end-i < maxCueWord && (class[text[end]]&isLetter != 0 || text[end] == '.') {
		end++
	}
	return span{i, end}
}
