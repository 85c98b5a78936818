package abbrev

// weight is an index into weights.
type weight uint8

const (
	// The short form.
	length1      weight = iota // one letter
	length2                    // two
	length3                    // three
	length4                    // four
	length5                    // five or more
	shapeLower                 // no capital letter
	shapeWord                  // a capital, then small letters
	shapeMixed                 // capitals and small letters otherwise
	shapePlural                // capitals, then a small s
	shapeDigit                 // has a digit
	shapeGap                   // has a blank
	rotatedPlain               // the first letter comes last
	rotatedIndex               // the same, and the rest looks like an index
	swappedParts               // the last part comes first

	// Where both stand.
	inSquare    // square brackets
	attached    // no blank before the bracket
	followed    // more follows in the brackets
	notFirst    // something comes before the short form in the brackets
	inside      // the long form comes before it in the same brackets
	labelled    // the long form comes after it in the same brackets
	reverse     // the brackets have the long form, the short form is before them
	reverseRest // the same, the long form goes on after a comma

	// The first letter matched in a word, by place.
	firstInit
	firstHead
	firstPart
	firstSyllable
	firstCluster
	firstVowel

	// A further letter matched in the same word.
	stepNext   // the next letter
	stepPart   // where a part starts
	stepPlural // the s at the end
	stepSyllable
	stepCluster
	stepVowel

	// How they match.
	bothCapital  // both capital, where a word or a part starts
	smallContent // a small letter of a mixed form starts a content word
	smallStop    // a small letter of a mixed form starts a stop word
	largeInner   // a capital of a mixed form is inside a word
	innerOfTwo   // a letter of a form of two is inside a word
	apartStart   // a separator before the letter, and a word or a part starts
	apartInner   // a separator before the letter, and it is inside a word
	numeral      // a digit matches a number word

	// Letters without a match.
	dropDigit
	dropPlural
	dropLetter

	// Words without a match.
	skipStop
	skipFurtherStop // before another
	skipContent
	skipCapital // further, a capitalised one
	skipNumber
	skipGroup    // something in brackets
	trailContent // further, at the end of the long form
	trailOther
	comma // a comma within the long form

	// The start of the long form.
	startStop         // a stop word
	startSmallStop    // further, without capital
	startPart         // after a hyphen
	startAfterCapital // a capitalised word that follows another
	startAfterStop    // after a stop word
	startAfterComma
	startClause        // where the clause starts
	startBeforeCapital // a word without capital before one with
	oneWord            // the long form is one word
	oneShortWord       // further, of less than two letters for each of the short form's

	numWeights
)

type weights [numWeights]int32

var fitted = weights{
	length1:            -22,
	length2:            91,
	length3:            34,
	length4:            -8,
	length5:            -55,
	shapeLower:         -53,
	shapeWord:          47,
	shapeMixed:         -42,
	shapePlural:        22,
	shapeDigit:         -29,
	shapeGap:           -63,
	rotatedPlain:       -246,
	rotatedIndex:       -61,
	swappedParts:       -82,
	inSquare:           -77,
	attached:           -77,
	followed:           -70,
	notFirst:           -38,
	inside:             -78,
	labelled:           -25,
	reverse:            -38,
	reverseRest:        45,
	firstInit:          138,
	firstHead:          -1,
	firstPart:          -73,
	firstSyllable:      -121,
	firstCluster:       -137,
	firstVowel:         -100,
	stepNext:           0,
	stepPart:           72,
	stepPlural:         -15,
	stepSyllable:       32,
	stepCluster:        -16,
	stepVowel:          -13,
	bothCapital:        -15,
	smallContent:       -21,
	smallStop:          -12,
	largeInner:         27,
	innerOfTwo:         -34,
	apartStart:         -13,
	apartInner:         -46,
	numeral:            -22,
	dropDigit:          -41,
	dropPlural:         15,
	dropLetter:         -284,
	skipStop:           -84,
	skipFurtherStop:    -24,
	skipContent:        -132,
	skipCapital:        -16,
	skipNumber:         -104,
	skipGroup:          -82,
	trailContent:       48,
	trailOther:         -35,
	comma:              -31,
	startStop:          -124,
	startSmallStop:     -118,
	startPart:          -34,
	startAfterCapital:  -18,
	startAfterStop:     52,
	startAfterComma:    -9,
	startClause:        42,
	startBeforeCapital: -39,
	oneWord:            91,
	oneShortWord:       -83,
}

// forbidden is the weight of what a strict match does not allow.
const forbidden = -1 << 16

// strict accepts only a match of every letter with the start of a word or a
// part, in which only stop words are skipped.
var strict = weights{
	firstPart: forbidden, firstSyllable: forbidden, firstCluster: forbidden, firstVowel: forbidden,
	stepNext: forbidden, stepPlural: forbidden, stepSyllable: forbidden, stepCluster: forbidden, stepVowel: forbidden,
	dropDigit: forbidden, dropLetter: forbidden,
	skipStop: -1, skipFurtherStop: -1, skipContent: forbidden, skipNumber: forbidden, skipGroup: forbidden,
	trailContent: forbidden, trailOther: forbidden, comma: -2,
	startSmallStop: forbidden, startPart: forbidden, startBeforeCapital: -1,
	rotatedPlain: forbidden, rotatedIndex: forbidden, swappedParts: forbidden,
}

// The most that the weights in use come to, by which hopeless matches are given
// up early. TestMost checks them.
const (
	mostStart  = 138 // for a letter where a word or a part starts, or dropped
	mostInner  = 59  // for another one
	mostBefore = 143 // for the start of the long form
)
