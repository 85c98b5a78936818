package main

import "syscall/js"

// memory is the size of the linear memory in bytes, which never shrinks.
func memory() (int, error) {
	return js.Global().Call("linearMemory").Int(), nil
}
