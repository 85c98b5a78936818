package abi

// Address is that of a buffer, as a host has it.
func Address(b []byte) uint32 { return address(b) }

// Result is what postil_result describes.
func Result(p *Program) (Code, []byte) { return p.status, p.result }

// Call makes the call of a name.
func Call(p *Program, name string, handle, at, options, text uint32) Code {
	if name == "compile" {
		return p.Compile(handle, at, options, text)
	}
	return p.Do(named()[name](), handle, at, options, text)
}
