package abi

// named are the calls of an open index by their names.
func named() map[string]func() call {
	return map[string]func() call{
		"annotate": annotate, "annotate_numbers": annotateNumbers, "cards": cards, "annotate_html": annotateHTML, "mark_html": markHTML,
		"search": search, "suggest": suggest, "mentions": mentions, "related": related, "article": article,
		"term": term, "terms": terms, "info": info, "verify": verify,
	}
}

// Ask makes a call by its name, for a program that has the module in it: natively
// there are no addresses of 32 bits. The result is valid until the next call.
func (p *Program) Ask(name string, index uint32, options, text []byte) (Code, []byte) {
	at := p.put(append(append([]byte(nil), options...), text...))
	defer p.buffers.free(at)
	lengths := [2]uint32{uint32(len(options)), uint32(len(text))}
	c, ok := named()[name]
	switch {
	case name == "compile":
		return p.Compile(index, at, lengths[0], lengths[1]), p.result
	case !ok:
		return p.answer(nil, &Error{Code: BadCall, Detail: "there is no call " + name}), p.result
	}
	return p.Do(c(), index, at, lengths[0], lengths[1]), p.result
}

// OpenBytes is Open for such a program.
func (p *Program) OpenBytes(index []byte) uint32 { return p.Open(p.put(index), uint32(len(index))) }

func (p *Program) put(content []byte) uint32 {
	b := p.Alloc(uint32(len(content)))
	copy(b, content)
	return address(b)
}
