package main

// The tables of all scripts and categories by name are two maps that package
// unicode fills when the program starts, 8 of some 50 ms, if anything asks them.
// At the edge only the parser of regular expressions would, for \p{Greek} and
// the like, which package fulltext refuses, and nothing else there uses. So the
// parser knows no such name.
const tableByName = "func unicodeTable(name string) (tab, fold *unicode.RangeTable, sign int) {\n"

var namelessTables = edit{
	"regexp/syntax/parse.go", tableByName,
	tableByName + "\treturn nil, nil, 0\n}\n\nfunc tableByName(name string) (tab, fold *unicode.RangeTable, sign int) {\n", 1,
}
