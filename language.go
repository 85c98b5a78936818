package postil

import (
	"fmt"

	"postil/internal/text"
)

// Language says how the words of a language are compared. The packages below
// postil/language each have one; English needs none. A program pays for the
// languages that it imports.
type Language = text.Language

// LanguageError says that an index was compiled with the analysis of a language
// that was not given to OpenWith.
type LanguageError struct {
	Language string // BCP 47 tag of the glossary
	Analysis string // name of what is missing
}

func (e *LanguageError) Error() string {
	return fmt.Sprintf("the index is in %q and compiled with the analysis %q, which this program was built without: "+
		"build the edge with LANGUAGES=%[2]s, or give package postil/language/%[2]s to postil.OpenWith", e.Language, e.Analysis)
}

// OpenOptions tunes OpenWith. The zero value opens indexes in English and those
// whose words are compared as they are written.
type OpenOptions struct {
	// Languages are those that an index may be compiled with besides English.
	Languages []*Language
}

// language finds the language with which the index was compiled.
func (m *meta) language(from []*Language) (*Language, error) {
	l, ok := text.LanguageNamed(m.Analysis, from)
	if !ok {
		return nil, &LanguageError{Language: m.Language, Analysis: m.Analysis}
	}
	return l, nil
}
