package abi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"postil/wasm/internal/abi"
)

const glossary = `{"terms":[
	{"id":"cma","label":"Competition and Markets Authority","abbreviations":["CMA"],"definition":"A regulator."},
	{"id":"agi","label":"Artificial general intelligence","abbreviations":["AGI"]}],
	"articles":[{"id":"a1","title":"The CMA again","text":"The CMA looked at AGI."}]}`

// host calls a Program as a host does.
type host struct {
	*testing.T
	abi.Program
}

func (h *host) put(s string) uint32 {
	b := h.Alloc(uint32(len(s)))
	copy(b, s)
	return abi.Address(b)
}

// ask makes a call; what it returns is a result or an error's JSON.
func (h *host) ask(call string, index uint32, options, text string) (abi.Code, string) {
	h.Helper()
	at := h.put(options + text)
	defer h.Free(at)
	return h.call(call, index, at, uint32(len(options)), uint32(len(text)))
}

func (h *host) call(name string, index, at, options, text uint32) (abi.Code, string) {
	code := abi.Call(&h.Program, name, index, at, options, text)
	status, result := abi.Result(&h.Program)
	if status != code {
		h.Errorf("%s returns %v, and postil_result says %v", name, code, status)
	}
	return code, string(result)
}

// opened returns a host with an open index of the glossary above.
func opened(t *testing.T) (*host, uint32) {
	t.Helper()
	h := &host{T: t}
	code, index := h.ask("compile", 0, "", glossary)
	if code != abi.OK {
		t.Fatal(index)
	}
	handle := h.Open(h.put(index), uint32(len(index)))
	if handle == 0 {
		t.Fatal("the index does not open")
	}
	return h, handle
}

func TestCalls(t *testing.T) {
	h, index := opened(t)
	for _, c := range []struct{ call, options, text, want string }{
		{"annotate", ``, "An AGI.", `"annotations":[{"start":3,"end":6,"exact":"AGI","term":"agi",`},
		{"annotate", `{"offsets":"utf-8"}`, "Über AGI.", `{"start":6,"end":9,`},
		{"annotate", `{"exclude":["agi"]}`, "Über AGI.", `"annotations":[]`},
		{"annotate_numbers", ``, "Über AGI.", "\x05\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00"},
		{"annotate_numbers", `{"offsets":"utf-8"}`, "Über CMA.", "\x06\x00\x00\x00\x09\x00\x00\x00\x01\x00\x00\x00"},
		{"cards", ``, "1,0", `[{"id":"cma","label":"Competition and Markets Authority","abbreviations":["CMA"],"definition":"A regulator."},{"id":"agi",`},
		{"annotate_html", ``, "<p>An AGI.</p>", `{"start":6,"end":9,`},
		{"mark_html", `{"min_score":0}`, "<p>An AGI.</p>", `<p>An <span class="postil" data-postil="agi">AGI</span>.</p>`},
		{"search", ``, "looked", `"total":1,"articles":[{"id":"a1"`},
		{"search", `{"in":"terms"}`, "regulator", `"total_terms":1`},
		{"suggest", `{"limit":3}`, "artif", `"id":"agi"`},
		{"mentions", `{"order":"relevance"}`, "cma", `"total":1`},
		{"related", ``, "a1", `"articles":[]`},
		{"article", ``, "a1", `"text":"The CMA looked at AGI."`},
		{"term", ``, "cma", `"definition":"A regulator."`},
		{"terms", `{"limit":1}`, "", `"next":"agi"`},
		{"info", ``, "", `"terms":2,"forms":`},
		{"verify", ``, "", ""},
	} {
		code, got := h.ask(c.call, index, c.options, c.text)
		if code != abi.OK || !strings.Contains(got, c.want) {
			t.Errorf("%s %s %q: %v, %s; want %s", c.call, c.options, c.text, code, got, c.want)
		}
		if c.call != "mark_html" && c.call != "annotate_numbers" && got != "" && !json.Valid([]byte(got)) {
			t.Errorf("%s: not JSON: %s", c.call, got)
		}
	}
}

func TestErrors(t *testing.T) {
	h, index := opened(t)
	for _, c := range []struct {
		call, options, text string
		code                abi.Code
		want                string
	}{
		{"annotate", `{"overlap":"all"}`, "", abi.BadOption, `unknown option \"overlap\"`},
		{"annotate", `{"overlaps":"some","min_score":2}`, "", abi.BadOption, `"pointer":"/min_score"`},
		{"annotate", `{"explain":1}`, "", abi.BadOption, `explain is not true or false`},
		{"annotate", `{"kinds":["a",1]}`, "", abi.BadOption, `kinds is not an array of strings`},
		{"annotate", `[]`, "", abi.BadOption, `not an object`},
		{"annotate", `{"explain":tru}`, "", abi.BadJSON, `not JSON at byte`},
		{"annotate", `{} {}`, "", abi.BadJSON, `more follows`},
		{"annotate", `{"explain":true,"explain":true}`, "", abi.BadJSON, `duplicate`},
		{"annotate", ``, "\xff", abi.BadText, `not valid UTF-8`},
		{"cards", ``, ``, abi.BadText, `is no number of a term`},
		{"cards", ``, `1,-1`, abi.BadText, `\"-1\" is no number`},
		{"cards", ``, `1,2`, abi.NotFound, `no such term`},
		{"cards", ``, `4294967295`, abi.NotFound, `no such term`},
		{"search", ``, `"open`, abi.BadQuery, `query`},
		{"search", `{"cursor":"x"}`, `looked`, abi.BadCursor, `cursor`},
		{"search", `{"limit":0.5}`, `looked`, abi.BadOption, `whole number`},
		{"terms", `{"cursor":"x"}`, ``, abi.BadCursor, `cursor`},
		{"mentions", ``, `x`, abi.NotFound, `no such term`},
		{"related", ``, `x`, abi.NotFound, `no such article`},
		{"article", ``, `x`, abi.NotFound, `no such article`},
		{"term", ``, `x`, abi.NotFound, `no such term`},
		{"term", `{"limit":1}`, `cma`, abi.BadOption, `none are taken here`},
	} {
		code, got := h.ask(c.call, index, c.options, c.text)
		if code != c.code || !strings.Contains(got, c.want) || !strings.Contains(got, `"code":"`+c.code.String()+`"`) {
			t.Errorf("%s %s %q: %v, %s; want %v, %s", c.call, c.options, c.text, code, got, c.code, c.want)
		}
		if !json.Valid([]byte(got)) {
			t.Errorf("%s: not JSON: %s", c.call, got)
		}
	}
}

func TestCompileErrors(t *testing.T) {
	h := &host{T: t}
	for _, c := range []struct {
		glossary string
		code     abi.Code
		want     string
	}{
		{``, abi.BadJSON, "EOF"},
		{`{"terms":[}`, abi.BadJSON, "byte"},
		{`[] 1`, abi.BadJSON, "more follows"},
		{`{"term":[]}`, abi.BadGlossary, `unknown field`},
		{`[{"id":"a","label":"A","alias":[]}]`, abi.BadGlossary, `unknown field`},
		{`{"terms":[{"id":1}]}`, abi.BadGlossary, `want string`},
		{`{"terms":[{"id":"a"},{"id":1}]}`, abi.BadGlossary, `"pointer":"/terms/1/id"`},
		{` {"language":"en", "terms":[{"id":"a","aliases":["A", {"a":1}]}]}`, abi.BadGlossary, `"pointer":"/terms/0/aliases/1"`},
		{`[{"id":"a"}, {"id" : 1.5}]`, abi.BadGlossary, `"pointer":"/1/id"`},
		{`[{"id":"a"}, []]`, abi.BadGlossary, `"pointer":"/1"`},
		{`{"terms":[{"id":"a","label":"A"},{"id":"a","label":"B"}]}`, abi.BadGlossary, `"pointer":"/terms/1/id"`},
		{`[{"id":"a","label":"A"},{"id":"a","label":"B"}]`, abi.BadGlossary, `"pointer":"/1/id"`},
		{`{"terms":[],"articles":[{"id":""}]}`, abi.BadGlossary, `article`},
	} {
		if code, got := h.ask("compile", 0, "", c.glossary); code != c.code || !strings.Contains(got, c.want) {
			t.Errorf("%s: %v, %s; want %v, %s", c.glossary, code, got, c.code, c.want)
		}
	}
}

// No address, length or handle does harm.
func TestBadCalls(t *testing.T) {
	h, index := opened(t)
	at := h.put("{}text")
	freed := h.put("gone")
	h.Free(freed)
	h.Free(at + 1)
	for _, c := range [][4]uint32{
		{0, at, 2, 4}, {index + 1, at, 2, 4}, {1<<32 - 1, at, 2, 4},
		{index, 0, 0, 1}, {index, at + 1, 1, 1}, {index, freed, 0, 0}, {index, freed, 0, 4},
		{index, at, 2, 5}, {index, at, 7, 0}, {index, at, 1<<32 - 1, 1}, {index, at, 1<<31 + 3, 1<<31 + 3},
	} {
		if code, got := h.call("annotate", c[0], c[1], c[2], c[3]); code != abi.BadCall {
			t.Errorf("%v: %v %s", c, code, got)
		}
	}
	if code, got := h.call("annotate", index, at, 2, 4); code != abi.OK {
		t.Error("the good call fails:", got)
	}
	if h.Open(freed, 4) != 0 || h.Open(at, 7) != 0 || h.Open(0, 0) != 0 {
		t.Error("opened an index of nothing")
	}
	if code := h.Free(at); code != abi.BadCall {
		t.Error("open did not take its buffer over:", code)
	}
	if b := h.Alloc(1<<32 - 1); b != nil {
		t.Error("four gigabytes were had")
	}
	if code := h.Close(index); code != abi.OK {
		t.Error(code)
	}
	if code := h.Close(index); code != abi.BadCall {
		t.Error("closed twice:", code)
	}
	if code, _ := h.ask("annotate", index, "", "text"); code != abi.BadCall {
		t.Error("a closed index answers")
	}
}

func TestOpenErrors(t *testing.T) {
	h := &host{T: t}
	code, data := h.ask("compile", 0, "", glossary)
	_, german := h.ask("compile", 0, "", `{"language":"de","terms":[{"id":"a","label":"A"}]}`)
	if code != abi.OK {
		t.Fatal(data)
	}
	damaged := []byte(data)
	damaged[strings.Index(data, `{"language"`)] ^= 1
	newer := []byte(data)
	newer[8]++
	for _, c := range []struct {
		name, data string
		code       abi.Code
	}{
		{"nothing", "", abi.BadIndex},
		{"no index", "<!doctype html>", abi.BadIndex},
		{"cut off", data[:len(data)/2], abi.BadIndex},
		{"damaged", string(damaged), abi.BadIndex},
		{"newer", string(newer), abi.IndexVersion},
	} {
		handle := h.Open(h.put(c.data), uint32(len(c.data)))
		if code, got := abi.Result(&h.Program); handle != 0 || code != c.code {
			t.Errorf("%s: handle %d, %v, %s; want %v", c.name, handle, code, got, c.code)
		}
	}
	if h.Open(h.put(german), uint32(len(german))) == 0 {
		t.Error("a glossary in a language without analysis does not open")
	}
}
