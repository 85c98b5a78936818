// Package abbrev finds the abbreviations that a text defines itself: "the
// Competition and Markets Authority (CMA)".
//
// # Method
//
// Short forms in brackets, with the long form before them, are the base
// (Schwartz and Hearst 2003). The long form may also stand in the brackets and
// the short form before them; both may stand in the same brackets, as "LF, SF" or
// "SF: LF"; and there may be several short forms, a value, a name in another
// language or words such as "abbreviated as" beside them. Brackets may be
// nested, square or full-width.
//
// The letters of the short form are matched, in order, to letters of the words
// of one clause. Sohn et al. (2008) do so with a ladder of strategies, each with
// a precision that was estimated before: the first letter of every word, the
// same past stop words, the start of a part of a compound, letters inside words,
// and so on. Here the strategies are weights, and the alignment with the best
// sum is found by dynamic programming for all long forms at once (align.go).
// Where in its word a letter stands counts: first, first after a chemical
// prefix, where a part starts, at a syllable, within one. So do dropped letters,
// skipped words, the looks of the short form, what the long form follows, and
// where both stand. The candidate with the best sum is taken if that is above
// zero; the weights are those of a log-linear model that chooses among the
// candidates and none of them, fitted on one half of a public corpus
// (weights.go; go test -run TestFit -fit). Yeganova et al. (2011) and
// Movshovitz-Attias and Cohen (2012) learned alignments before, in other ways.
//
// Some short forms are no plain sequence of initials, and are tried in further
// shapes: parts in reverse (IFN-gamma, gamma-interferon), an index (Vt, tidal
// volume), a digit that repeats a letter (W3C) or sounds like a word (B2B).
//
// # Without brackets
//
// A word with two capitals is looked at where it stands (prose.go). Words such
// as "or", "known as", "short for" and "stands for" announce a definition; so do
// the entries of a list of abbreviations. Without any such word, "LF, SF," and
// "LF SF" are taken. All but "stands for" and its like need a strict match:
// every letter starts a word or a part, and only stop words are skipped.
//
// Last, a word in capitals that nothing has explained is given the first name of
// capitalised words, anywhere in the text, that has it for initials
// (distant.go): "the National Football League … the NFL". Of two letters such
// guesses are often wrong; they must occur twice, and the name must not be part
// of a longer one.
//
// # Speed
//
// Small letters and blanks are passed over eight bytes at a time (skip.go), and so
// are words with one capital (marks.go). Few brackets hold a short form, and fewer
// have its letters before them in order: that is seen in an outline of the letters,
// before any word is cut out (outline.go). The alignment leaves out what cannot come
// above zero any more.
//
// Who has use for some definitions only says so in a Finder (wanted.go). It is
// asked about the shortest possible long form before anything is aligned.
//
// # Limits
//
// Windows, brackets and lists are bounded, and so is the sum of the work, so
// that the time is linear in the length of the text. Only in a text that is made to
// exceed the sum may a Finder that wants less find more.
//
// # Sources
//
//   - A. S. Schwartz, M. A. Hearst: A simple algorithm for identifying
//     abbreviation definitions in biomedical text. PSB 2003.
//   - S. Sohn, D. C. Comeau, W. Kim, W. J. Wilbur: Abbreviation definition
//     identification based on automatic precision estimates. BMC Bioinformatics
//     9:402, 2008 (Ab3P).
//   - L. Yeganova, D. C. Comeau, W. J. Wilbur: Machine learning with naturally
//     labeled data for identifying abbreviation definitions. BMC Bioinformatics
//     12(S3):S6, 2011.
//   - D. Movshovitz-Attias, W. W. Cohen: Alignment-HMM-based extraction of
//     abbreviations from biomedical text. BioNLP 2012.
package abbrev
