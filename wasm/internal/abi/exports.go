//go:build wasm

package abi

import (
	"runtime/debug"
	"unsafe"

	"postil"
)

// program is what the exported functions, which have no receiver, work on.
var program Program

// described is what postil_result returns the address of.
var described [3]uint32

// Start makes the program ready to be called. A main function calls it first.
func Start(languages ...*postil.Language) {
	program.Languages = languages
	debug.SetGCPercent(-1)
	program.limitMemory()
}

// done lets postil_result know of a call's end.
func done(c Code) uint32 {
	described = [3]uint32{uint32(program.status), address(program.result), uint32(len(program.result))}
	return uint32(c)
}

//go:wasmexport postil_abi
func exportABI() uint32 { return Version }

//go:wasmexport postil_alloc
func exportAlloc(size uint32) uint32 { return address(program.Alloc(size)) }

//go:wasmexport postil_free
func exportFree(buffer uint32) uint32 { return done(program.Free(buffer)) }

//go:wasmexport postil_open
func exportOpen(buffer, size uint32) uint32 {
	handle := program.Open(buffer, size)
	done(program.status)
	return handle
}

//go:wasmexport postil_close
func exportClose(index uint32) uint32 { return done(program.Close(index)) }

//go:wasmexport postil_result
func exportResult() unsafe.Pointer { return unsafe.Pointer(&described) }

//go:wasmexport postil_annotate
func exportAnnotate(index, buffer, options, text uint32) uint32 {
	return done(program.Do(annotate(), index, buffer, options, text))
}

//go:wasmexport postil_annotate_numbers
func exportAnnotateNumbers(index, buffer, options, text uint32) uint32 {
	return done(program.Do(annotateNumbers(), index, buffer, options, text))
}

//go:wasmexport postil_cards
func exportCards(index, buffer, options, text uint32) uint32 {
	return done(program.Do(cards(), index, buffer, options, text))
}

//go:wasmexport postil_annotate_html
func exportAnnotateHTML(index, buffer, options, text uint32) uint32 {
	return done(program.Do(annotateHTML(), index, buffer, options, text))
}

//go:wasmexport postil_mark_html
func exportMarkHTML(index, buffer, options, text uint32) uint32 {
	return done(program.Do(markHTML(), index, buffer, options, text))
}

//go:wasmexport postil_search
func exportSearch(index, buffer, options, text uint32) uint32 {
	return done(program.Do(search(), index, buffer, options, text))
}

//go:wasmexport postil_suggest
func exportSuggest(index, buffer, options, text uint32) uint32 {
	return done(program.Do(suggest(), index, buffer, options, text))
}

//go:wasmexport postil_mentions
func exportMentions(index, buffer, options, text uint32) uint32 {
	return done(program.Do(mentions(), index, buffer, options, text))
}

//go:wasmexport postil_related
func exportRelated(index, buffer, options, text uint32) uint32 {
	return done(program.Do(related(), index, buffer, options, text))
}

//go:wasmexport postil_article
func exportArticle(index, buffer, options, text uint32) uint32 {
	return done(program.Do(article(), index, buffer, options, text))
}

//go:wasmexport postil_term
func exportTerm(index, buffer, options, text uint32) uint32 {
	return done(program.Do(term(), index, buffer, options, text))
}

//go:wasmexport postil_terms
func exportTerms(index, buffer, options, text uint32) uint32 {
	return done(program.Do(terms(), index, buffer, options, text))
}

//go:wasmexport postil_info
func exportInfo(index, buffer, options, text uint32) uint32 {
	return done(program.Do(info(), index, buffer, options, text))
}

//go:wasmexport postil_verify
func exportVerify(index, buffer, options, text uint32) uint32 {
	return done(program.Do(verify(), index, buffer, options, text))
}

//go:wasmexport postil_compile
func exportCompile(index, buffer, options, text uint32) uint32 {
	return done(program.Compile(index, buffer, options, text))
}
