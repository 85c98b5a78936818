package source

import (
	"fmt"

	"github.com/goccy/go-yaml/token"
)

// maxKeys is how many fields an object of a YAML file may have. A term has seventeen.
const maxKeys = 1000

// level is one of the block levels that are open, with the keys that it has so far.
type level struct{ column, keys int }

// checkLevels refuses nesting that would exhaust the parser's stack, and more keys of
// one object than it reads in good time. Block levels are told by their columns,
// flow levels by their brackets.
func (l yamlLines) checkLevels(tokens token.Tokens) error {
	var levels []level
	flow := 0
	for i, t := range tokens {
		at := t
		switch t.Type {
		case token.DocumentHeaderType:
			levels = levels[:0]
		case token.MappingStartType, token.SequenceStartType:
			flow++
		case token.MappingEndType, token.SequenceEndType:
			flow--
		case token.MappingValueType:
			if i > 0 {
				at = tokens[i-1]
			}
			fallthrough
		case token.SequenceEntryType, token.MappingKeyType:
			if flow > 0 {
				continue
			}
			here := level{column: at.Position.Column}
			for len(levels) > 0 && levels[len(levels)-1].column >= here.column {
				if last := levels[len(levels)-1]; last.column == here.column {
					here.keys = last.keys
				}
				levels = levels[:len(levels)-1]
			}
			if t.Type != token.SequenceEntryType {
				here.keys++
			}
			levels = append(levels, here)
			if here.keys > maxKeys {
				return &nodeError{at: l.position(at), code: "too-many-fields",
					message: fmt.Sprintf("more than %d fields in one object: a glossary is a list of terms, and each begins with \"- id:\"", maxKeys)}
			}
		}
		if len(levels)+flow > maxDepth {
			return &nodeError{at: l.position(t), code: "too-deep",
				message: fmt.Sprintf("nested more than %d levels deep", maxDepth)}
		}
	}
	return nil
}
