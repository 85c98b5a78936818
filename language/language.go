// Package language has all languages that Postil can analyze besides English,
// for programs that need not be small. Others import the packages of the
// languages that they want.
package language

import (
	"postil"
	"postil/language/french"
	"postil/language/german"
	"postil/language/spanish"
)

// All returns the languages.
func All() []*postil.Language {
	return []*postil.Language{german.Language(), french.Language(), spanish.Language()}
}
