// Package abi is the module as its hosts call it: what the entry points for
// JavaScript and for WASI have in common. It is the one description of that
// interface; wasm/js/src/program.ts is the other side in JavaScript.
//
// All numbers are unsigned and of 32 bits. A pointer is an address in the memory
// that the module exports.
//
//	postil_abi()           the version of this interface: Version
//	postil_alloc(size)     a buffer of size bytes, for the host to write to; 0 if
//	                       there is none that large
//	postil_free(buffer)    gives a buffer back; 0, or a status
//	postil_open(buffer, size)
//	                       opens the index that the first size bytes of a buffer
//	                       hold, and takes the buffer over, whether it fails or
//	                       not; a handle, or 0 if it failed
//	postil_close(index)    forgets an index; 0, or a status
//	postil_result()        the address of three numbers, the same ever after: the
//	                       status of the last call, address and length of its
//	                       result
//
// All other functions are asked in one way,
//
//	postil_NAME(index, buffer, options, text)
//
// and return a status. The buffer holds options bytes of JSON, an object or
// nothing, then text bytes of UTF-8; it stays the host's and can be used again.
// A call without an index has 0 in its place.
//
//	annotate         a plain text      {"index","language","offsets","annotations","terms"}
//	annotate_numbers a plain text      its annotations as numbers: see
//	                                   postil.Result.AppendNumbers
//	cards            numbers of terms  [term, …] as annotate has them
//	annotate_html    a page            as annotate
//	mark_html        a page            the page, its mentions marked
//	search           a query           {"index","total","articles","total_terms","terms"}
//	suggest          words typed       {"index","terms","articles"}
//	mentions         a term's id       {"index","term","total","mentions"}
//	related          an article's id   {"index","articles"}
//	article          an article's id   the article
//	term             a term's id       the term
//	terms            nothing           {"index","terms","next"}
//	info             nothing           what the index holds
//	verify           nothing           nothing: reads all of the index
//	compile          {"language","terms","articles"}, without an index
//	                                   the bytes of an index
//
// Options and answers are those of the HTTP interface, in snake_case. The status
// is 0, or the number of a Code, and then the result is a JSON object with its
// name and what is wrong: {"code","detail","errors"}. A result is the module's,
// and stays where it is until the next call of any function but postil_result,
// postil_alloc and postil_free.
//
// No argument makes the module fail: a pointer that postil_alloc did not return,
// a length beyond its buffer or a handle that is not open is an error. A call
// that traps, and a program that has exited, is for the host to see; nothing can
// be asked of it afterwards.
package abi

import (
	"postil"
	"postil/internal/garbage"
)

// Version is that of the interface. It is raised when a host that was written for
// the version before could misunderstand an answer.
const Version = 1

// A Program is the state of a module: buffers, open indexes, the last result.
type Program struct {
	// Languages are those analyzed besides English.
	Languages []*postil.Language

	buffers   buffers
	open      map[uint32]*opened
	last      uint32 // handle given out
	status    Code
	result    []byte
	collector garbage.Collector
}

// opened is an index in use.
type opened struct {
	annotator *postil.Annotator
	size      int
}

// Alloc returns a buffer; nil if it cannot be had.
func (p *Program) Alloc(size uint32) []byte { return p.buffers.alloc(size) }

// Free gives a buffer back.
func (p *Program) Free(address uint32) Code {
	if !p.buffers.free(address) {
		return p.answer(nil, errBuffer)
	}
	return OK
}

// Open opens an index, and returns its handle.
func (p *Program) Open(address, size uint32) uint32 {
	data, err := p.buffers.take(address, size)
	if err != nil {
		p.answer(nil, err)
		return 0
	}
	a, err := postil.OpenWith(data, postil.OpenOptions{Languages: p.Languages})
	if p.answer(nil, err) != OK {
		return 0
	}
	if p.open == nil {
		p.open = map[uint32]*opened{}
	}
	p.last++
	p.open[p.last] = &opened{a, len(data)}
	p.limitMemory()
	return p.last
}

// Close forgets an index. What it occupied can be used again at once.
func (p *Program) Close(handle uint32) Code {
	if p.open[handle] == nil {
		return p.answer(nil, errHandle)
	}
	delete(p.open, handle)
	p.limitMemory()
	p.collector.Collect()
	return p.answer(nil, nil)
}

// answer keeps what a call returns.
func (p *Program) answer(result []byte, err error) Code {
	p.status, p.result = OK, result
	if err != nil {
		e := errorFor(err)
		p.status, p.result = e.Code, e.appendJSON(nil)
	}
	return p.status
}
