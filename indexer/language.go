package main

import (
	"fmt"

	"postil/internal/text"
	"postil/language"
)

// notice says in one line that the words of a language are compared as they are
// written, or is empty.
func notice(tag string) string {
	if tag == "" || text.LanguageOf(tag, language.All()) != nil {
		return ""
	}
	return fmt.Sprintf("the language %s has no analysis: words match as they are written, and inflected forms do not unless they are aliases", tag)
}
