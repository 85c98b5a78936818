package main

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/bytecodealliance/wasmtime-go/v37"
)

// module is the running module, as package abi describes it.
type module struct {
	store    *wasmtime.Store
	instance *wasmtime.Instance
	memory   *wasmtime.Memory
	result   uint32
	handle   uint32
}

func start(file string) (*module, error) {
	engine := wasmtime.NewEngine()
	code, err := wasmtime.NewModuleFromFile(engine, file)
	if err != nil {
		return nil, err
	}
	linker := wasmtime.NewLinker(engine)
	if err := linker.DefineWasi(); err != nil {
		return nil, err
	}
	m := &module{store: wasmtime.NewStore(engine)}
	m.store.SetWasi(wasmtime.NewWasiConfig())
	if m.instance, err = linker.Instantiate(m.store, code); err != nil {
		return nil, err
	}
	if _, err := m.instance.GetFunc(m.store, "_initialize").Call(m.store); err != nil {
		return nil, err
	}
	m.memory = m.instance.GetExport(m.store, "memory").Memory()
	if version, err := m.call("postil_abi"); err != nil || version != 1 {
		return nil, fmt.Errorf("the module speaks version %d of the interface (%v)", version, err)
	}
	m.result, err = m.call("postil_result")
	return m, err
}

func (m *module) call(name string, parameters ...uint32) (uint32, error) {
	f := m.instance.GetFunc(m.store, name)
	if f == nil {
		return 0, fmt.Errorf("the module has no function %s", name)
	}
	given := make([]any, len(parameters))
	for i, p := range parameters {
		given[i] = int32(p)
	}
	result, err := f.Call(m.store, given...)
	if err != nil {
		return 0, err
	}
	return uint32(result.(int32)), nil
}

// put copies bytes into a buffer of the module's.
func (m *module) put(content []byte) (uint32, error) {
	at, err := m.call("postil_alloc", uint32(len(content)))
	if err == nil && at == 0 {
		err = fmt.Errorf("the module has no buffer of %d bytes", len(content))
	}
	if err == nil {
		copy(m.memory.UnsafeData(m.store)[at:], content)
	}
	return at, err
}

// described copies the result of the last call.
func (m *module) described() (failed bool, body []byte) {
	data := m.memory.UnsafeData(m.store)
	number := func(i uint32) uint32 { return binary.LittleEndian.Uint32(data[m.result+4*i:]) }
	at, length := number(1), number(2)
	return number(0) != 0, bytes.Clone(data[at : at+length])
}

// open opens an index in the place of the one that was open.
func (m *module) open(index []byte) error {
	if m.handle != 0 {
		if _, err := m.call("postil_close", m.handle); err != nil {
			return err
		}
	}
	at, err := m.put(index)
	if err != nil {
		return err
	}
	if m.handle, err = m.call("postil_open", at, uint32(len(index))); err == nil && m.handle == 0 {
		_, body := m.described()
		err = fmt.Errorf("the index does not open: %s", body)
	}
	return err
}

func (m *module) ask(r request) (answer, error) {
	at, err := m.put(append(bytes.Clone(r.Options), r.Text...))
	if err != nil {
		return answer{}, err
	}
	handle := m.handle
	if r.Call == "compile" {
		handle = 0
	}
	if _, err := m.call("postil_"+r.Call, handle, at, uint32(len(r.Options)), uint32(len(r.Text))); err != nil {
		return answer{}, err
	}
	a := answer{Name: r.Name}
	a.Failed, a.Body = m.described()
	_, err = m.call("postil_free", at)
	return a, err
}
