package source

// node is a value as written in a file, with its place. It is what the
// formats have in common: each reader makes nodes, and one decoder turns them
// into terms and articles.
type node struct {
	kind         kind
	line, column int
	text         string  // of a scalar
	items        []node  // of a list
	fields       []field // of an object, in order, repetitions included
}

// field is a named value of an object; its place is that of the name.
type field struct {
	name         string
	line, column int
	value        node
	bare         bool // in braces, with neither a colon nor a value
}

type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	object
)

// String names a kind as in "want a list, got a text".
func (k kind) String() string {
	return [...]string{"nothing", "true or false", "a number", "a text", "a list", "an object"}[k]
}

// maxDepth bounds how deep lists and objects may be nested in a file. A
// glossary needs six levels.
const maxDepth = 32
