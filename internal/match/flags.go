package match

// Flags say how a form was written and what it demands. The number of its tokens
// is in the low byte.
type Flags uint32

const (
	flagExact  Flags = 1 << 8  // letter case must agree
	flagStrict Flags = 1 << 9  // has a gap that is not loose, or edges
	flagEdges  Flags = 1 << 10 // has signs before its first or after its last token
	// A token before the last has a possessive ending.
	flagPossessive Flags = 1 << 11
	flagVariant    Flags = 1 << 12
	flagWeak       Flags = 1 << 13
	flagEveryday   Flags = 1 << 14
	flagAlias      Flags = 1 << 15
	flagHead       Flags = 1 << 16
	flagEvidence   Flags = 1 << 17
	flagNouns      Flags = 1 << 18 // has nouns that begin with capitals
	flagWord       Flags = 1 << 19
	flagLiteral    Flags = 1 << 20 // letter case must agree in every letter
)

// Exact reports whether the form demands its letter case.
func (f Flags) Exact() bool { return f&flagExact != 0 }

// Weak reports whether the form names its term only in a text that also names it
// by a form that is not weak.
func (f Flags) Weak() bool { return f&flagWeak != 0 }

// Asks reports whether the form names its term only where the context speaks
// for it: because the term asks for evidence, or because the form is a word of
// everybody's language.
func (f Flags) Asks() bool { return f&(flagEveryday|flagEvidence) != 0 }

// Evidence reports whether the term asks for evidence.
func (f Flags) Evidence() bool { return f&flagEvidence != 0 }

// Word reports whether the form demands its letter case and is in small letters
// a word of everybody's language: in a line of capitals it may be either.
func (f Flags) Word() bool { return f&flagWord != 0 }

// Alias reports whether the form is an alias of its term or derived from one.
func (f Flags) Alias() bool { return f&flagAlias != 0 }

// Variant reports whether the form was derived from what its author wrote.
func (f Flags) Variant() bool { return f&flagVariant != 0 }

// Head reports whether forms of two other terms or more end with the words of
// the form, as sensory neuron ends with neuron.
func (f Flags) Head() bool { return f&flagHead != 0 }
