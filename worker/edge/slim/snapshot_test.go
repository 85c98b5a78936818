package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"testing"

	"github.com/tetratelabs/wazero"
)

// small is a module with two globals and three functions, of which each
// returns the first global: net.init, (*Table).init and run, which it exports.
func small() []section {
	named := []byte("\x04name\x01")
	functions := []byte{3}
	for i, name := range []string{"net.init", "net.__Table_.init", "run"} {
		functions = append(append(functions, byte(i), byte(len(name))), name...)
	}
	named = append(append(named, byte(len(functions))), functions...)
	body := []byte{4, 0, 0x23, 0, end} // no locals, global.get 0
	return []section{
		{1, []byte{1, 0x60, 0, 1, i64}},
		{3, []byte{3, 0, 0, 0}},
		{memorySection, []byte{1, 0, 1}},
		{globalSection, []byte{2, i64, 1, constI64, 0, end, i32, 1, constI32, 7, end}},
		{exportSection, []byte("\x05\x03run\x00\x00\x0dpostil_reseed\x00\x02\x04init\x00\x00\x05table\x00\x01\x03mem\x02\x00")},
		{codeSection, append(append(append([]byte{3}, body...), body...), body...)},
		{dataSection, appendSegments(nil, []segment{{8, []byte("before")}})},
		{customSection, named},
	}
}

func TestStarted(t *testing.T) {
	memory := make([]byte, 3*pageSize)
	copy(memory[70000:], "after")
	sections, err := started(small(), captured{Globals: []string{"-5000000000", "12"}, Objects: []byte(`{"values":[]}`)}, memory)
	if err != nil {
		t.Fatal(err)
	}
	if sections, err = dropInitializers(sections); err != nil {
		t.Fatal(err)
	}
	if sections, err = exportGlobals(sections); err != nil {
		t.Fatal(err)
	}
	module := appendSections(withoutNames(sections))
	if bytes.Contains(module, []byte("net.init")) {
		t.Error("the names are still there")
	}

	ctx := context.Background()
	runtime := wazero.NewRuntime(ctx)
	defer runtime.Close(ctx)
	instance, err := runtime.Instantiate(ctx, module)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int64{"run": -5000000000, "table": -5000000000} {
		if got, err := instance.ExportedFunction(name).Call(ctx); err != nil || int64(got[0]) != want {
			t.Errorf("%s returns %v, %v, want %d", name, got, err, want)
		}
	}
	if instance.ExportedFunction(reseedExport) != nil {
		t.Error("what run is now has its old name as well")
	}
	if _, err := instance.ExportedFunction("init").Call(ctx); err == nil {
		t.Error("an initializer still runs")
	}
	if got := instance.ExportedGlobal("global1").Get(); got != 12 {
		t.Errorf("the second global is %d, want 12", got)
	}
	if got, ok := instance.Memory().Read(0, uint32(len(memory))); !ok || !bytes.Equal(got[leastData:], memory[leastData:]) {
		t.Error("the memory is not what was captured")
	} else if known := `{"values":[]}`; string(got[knownAt:knownAt+4+len(known)]) != string(rune(len(known)))+"\x00\x00\x00"+known {
		t.Errorf("restore.mjs reads %q", got[knownAt:knownAt+32])
	}
}

// TestReadersRefuse cuts sections short: none must be taken for whole.
func TestReadersRefuse(t *testing.T) {
	module := appendSections(small())
	for n := range module {
		if list, err := readSections(module[:n]); err == nil && len(appendSections(list)) != n {
			t.Errorf("the first %d bytes are read as %d", n, len(appendSections(list)))
		}
	}
	state := captured{Globals: []string{"1", "2"}, Objects: []byte("{}")}
	for i, s := range small() {
		if s.id != globalSection && s.id != exportSection && s.id != codeSection && s.id != customSection {
			continue
		}
		for n := range s.body {
			cut := small()
			cut[i].body = cut[i].body[:n]
			sections, err := started(cut, state, make([]byte, pageSize))
			if err == nil {
				_, err = dropInitializers(sections)
			}
			if err == nil && (s.id != customSection || n > len("\x04name")) {
				t.Errorf("section %d: no error for its first %d bytes", s.id, n)
			}
		}
	}
	for _, state := range []captured{{}, {Globals: []string{"1", "x"}}, {Globals: []string{"1", "2", "3"}}} {
		if _, err := started(small(), state, make([]byte, pageSize)); err == nil {
			t.Errorf("no error for globals %q", state.Globals)
		}
	}
}

func TestInitializer(t *testing.T) {
	for name, want := range map[string]bool{
		"time.init": true, "github.com_blevesearch_bleve_v2_geo.init": true, "net_http.init.12": true, "regexp_syntax.map.init.1": true,
		"time.initLocal": false, "sync.__Pool_.init": false, "net.init.0.func1": false, "net.table.init": false, "time.Init": false,
	} {
		if got := initializer.MatchString(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestClearTable(t *testing.T) {
	for _, n := range []int{3, 300, 70000} {
		memory := append(append(bytes.Repeat([]byte{9}, 33), table(n)...), 9, 9, 9, 9, 9)
		want := append(append(bytes.Repeat([]byte{9}, 33), make([]byte, len(table(n)))...), 9, 9, 9, 9, 9)
		if err := clearTable(memory); err != nil || !bytes.Equal(memory, want) {
			t.Errorf("%d functions: not cleared, or more than that: %v", n, err)
		}
	}
	broken := table(5)
	binary.LittleEndian.PutUint32(broken[1*perFunction*entrySize:], 7)
	if err := clearTable(broken); err == nil {
		t.Error("no error for another table")
	}
}
