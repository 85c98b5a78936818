package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

// The tables of all scripts and categories by name are two maps that package
// unicode fills when the program starts, 8 of some 50 ms, if anything asks them.
// At the edge only the parser of regular expressions would, for \p{Greek} and
// the like, which package fulltext refuses, and nothing else there uses. So the
// parser knows no such name.
const (
	parserFile  = "regexp/syntax/parse.go"
	tableByName = "func unicodeTable(name string) (tab, fold *unicode.RangeTable, sign int) {\n"
	noTable     = tableByName + "\treturn nil, nil, 0\n}\n\nfunc tableByName(name string) (tab, fold *unicode.RangeTable, sign int) {\n"
)

// writeParser puts such a parser in the place of Go's.
func writeParser(work, goroot string, replace map[string]string) error {
	original := filepath.Join(goroot, "src", parserFile)
	src, err := os.ReadFile(original)
	if err != nil {
		return err
	}
	if n := bytes.Count(src, []byte(tableByName)); n != 1 {
		return fmt.Errorf("%s has %q %d times, want 1", parserFile, tableByName, n)
	}
	edited := filepath.Join(work, parserFile)
	replace[original] = edited
	return write(edited, bytes.Replace(src, []byte(tableByName), []byte(noTable), 1))
}
