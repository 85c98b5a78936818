package host_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"postil"
	"postil/wasm/host"
	"postil/wasm/internal/built"
)

var terms = []postil.Term{
	{ID: "agi", Label: "Artificial general intelligence", Abbreviations: []string{"AGI"}, Definition: "A machine as able as people."},
	{ID: "tpu", Label: "Tensor processing unit", Abbreviations: []string{"TPU"}},
}

var articles = []postil.Article{{ID: "law", Title: "A law", Text: "The law of the TPU."}}

// index compiles the terms, with some other definition so that it is another index.
func index(t testing.TB, definition string) []byte {
	t.Helper()
	terms := append([]postil.Term(nil), terms...)
	terms[0].Definition = definition
	data, err := postil.Compile(terms, postil.CompileOptions{Articles: articles})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func pool(t testing.TB, data []byte, o host.Options) *host.Pool {
	t.Helper()
	o.Cache = built.Cache(t)
	p, err := host.New(context.Background(), built.Reactor(t), data, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// TestAnswers compares answers with the engine's own.
func TestAnswers(t *testing.T) {
	data := index(t, "first")
	native, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	p := pool(t, data, host.Options{Instances: 1})
	c := t.Context()
	for _, size := range []int{0, 1, 100, 4 << 10, 100 << 10, 3 << 20, 10} { // the buffer grows, is given back, is small again
		text := strings.Repeat("An AGI on TPUs in "+strings.Repeat("a text ", 20), size/158+1)
		got, err := p.Annotate(c, text, `{"offsets":"utf-8"}`)
		if err != nil {
			t.Fatal(err)
		}
		want, err := native.Annotate(text, postil.Options{Offsets: postil.UTF8})
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want.AppendJSON(nil)) {
			t.Errorf("%d bytes: got %.200s", size, got)
		}
	}
	if got, err := p.MarkHTML(c, "<p>AGI", ""); string(got) != `<p><span class="postil" data-postil="agi">AGI</span>` {
		t.Errorf("%s, %v", got, err)
	}
	for call, answer := range map[string]func() ([]byte, error){
		`"total":1`:   func() ([]byte, error) { return p.Search(c, "law", "") },
		`"id":"agi"`:  func() ([]byte, error) { return p.Term(c, "agi") },
		`"terms":[{`:  func() ([]byte, error) { return p.Terms(c, `{"limit":1}`) },
		`"start":3,`:  func() ([]byte, error) { return p.AnnotateHTML(c, "<p>AGI", "") },
		`"articles":`: func() ([]byte, error) { return p.Ask(c, "info", "", "") },
	} {
		if got, err := answer(); err != nil || !json.Valid(got) || !strings.Contains(string(got), call) {
			t.Errorf("want %s: %s, %v", call, got, err)
		}
	}
}

func TestCompile(t *testing.T) {
	p := pool(t, index(t, "first"), host.Options{Instances: 1})
	glossary, err := json.Marshal(map[string]any{"terms": terms, "articles": articles})
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Compile(t.Context(), string(glossary))
	if err != nil {
		t.Fatal(err)
	}
	if want := index(t, terms[0].Definition); string(got) != string(want) {
		t.Errorf("%d bytes, natively %d", len(got), len(want))
	}
}

func TestErrors(t *testing.T) {
	p := pool(t, index(t, "first"), host.Options{Instances: 1})
	for _, c := range []struct{ call, options, text, code, pointer string }{
		{"annotate", `{"overlaps":"none"}`, "AGI", "bad-option", "/overlaps"},
		{"annotate", `{`, "AGI", "bad-json", ""},
		{"annotate", ``, "\xff", "bad-text", ""},
		{"term", ``, "none", "not-found", ""},
		{"compile", ``, `{"terms":[{"id":"a"}]}`, "bad-glossary", "/terms/0/label"},
		{"none", ``, "AGI", "bad-call", ""},
		{"open", ``, ``, "bad-call", ""},
		{"alloc", ``, ``, "bad-call", ""},
		{"result", ``, "AGI", "bad-call", ""},
	} {
		_, err := p.Ask(t.Context(), c.call, c.options, c.text)
		var own *host.Error
		if !errors.As(err, &own) || own.Code != c.code || c.pointer != "" && (len(own.Errors) == 0 || own.Errors[0].Pointer != c.pointer) {
			t.Errorf("%s %s: %v", c.call, c.options, err)
		}
	}
	if _, err := p.Annotate(t.Context(), "AGI", ""); err != nil {
		t.Error("the next call fails:", err)
	}
}

// TestConcurrent makes more calls at a time than there are instances, while the
// index is swapped: every answer is whole and of one index.
func TestConcurrent(t *testing.T) {
	versions := map[string]string{} // digest to definition
	var data [2][]byte
	for i := range data {
		data[i] = index(t, fmt.Sprint("version ", i))
		a, err := postil.Open(data[i])
		if err != nil {
			t.Fatal(err)
		}
		versions[a.Digest()] = fmt.Sprint("version ", i)
	}
	p := pool(t, data[0], host.Options{Instances: 3})
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 30 {
				text := strings.Repeat("x ", g+i) + "AGI"
				b, err := p.Annotate(t.Context(), text, "")
				var got struct {
					Index       string
					Annotations []struct{ Start int }
					Terms       map[string]postil.Term
				}
				if err == nil {
					err = json.Unmarshal(b, &got)
				}
				if err != nil || len(got.Annotations) != 1 || got.Annotations[0].Start != 2*(g+i) || got.Terms["agi"].Definition != versions[got.Index] {
					t.Errorf("%s, %v", b, err)
					return
				}
			}
		})
	}
	for i := range 10 {
		if err := p.Swap(t.Context(), data[(i+1)%2]); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	var own *host.Error
	if err := p.Swap(t.Context(), data[0][:100]); !errors.As(err, &own) || own.Code != "bad-index" {
		t.Error(err)
	}
	if b, err := p.Annotate(t.Context(), "AGI", ""); err != nil || !strings.Contains(string(b), "version 0") {
		t.Errorf("after a bad index: %s, %v", b, err)
	}
}

// TestCancelled ends a call that would take long; the next one is answered, after
// it or in its place.
func TestCancelled(t *testing.T) {
	for interrupt, terms := range map[bool]int{false: 30_000, true: 300_000} {
		p := pool(t, index(t, "first"), host.Options{Instances: 1, Memory: 1 << 30, Interrupt: interrupt})
		cancelled(t, p, manyTerms(terms))
	}
}

func cancelled(t *testing.T, p *host.Pool, glossary string) {
	t.Helper()
	c, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := p.Compile(c, glossary); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if _, err := p.Annotate(c, "AGI", ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if b, err := p.Annotate(t.Context(), "AGI", ""); err != nil || !strings.Contains(string(b), `"agi"`) {
		t.Errorf("%s, %v", b, err)
	}
}

func manyTerms(n int) string {
	var b strings.Builder
	b.WriteString(`{"terms":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"t%d","label":"Term of number %d"}`, i, i)
	}
	return b.String() + "]}"
}

// TestMemory has an instance run out of it: an error that says so, and a new
// instance answers.
func TestMemory(t *testing.T) {
	p := pool(t, index(t, "first"), host.Options{Instances: 1, Memory: 48 << 20})
	_, err := p.Annotate(t.Context(), strings.Repeat("AGI ", 8<<20), "")
	var crash *host.CrashError
	if !errors.As(err, &crash) || !strings.Contains(crash.Error(), "out of memory") {
		t.Errorf("%v", err)
	}
	if b, err := p.Annotate(t.Context(), "AGI", ""); err != nil || !strings.Contains(string(b), `"agi"`) {
		t.Errorf("%s, %v", b, err)
	}
}

func TestClosed(t *testing.T) {
	p := pool(t, index(t, "first"), host.Options{Instances: 2})
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			for {
				if _, err := p.Annotate(t.Context(), "AGI", ""); errors.Is(err, host.ErrClosed) {
					return
				} else if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	all.Wait()
	if err := p.Close(); err != nil {
		t.Error("closed again:", err)
	}
	if err := p.Swap(t.Context(), index(t, "second")); !errors.Is(err, host.ErrClosed) {
		t.Error(err)
	}
}

// TestNew refuses what is no module and no index.
func TestNew(t *testing.T) {
	module, data := built.Reactor(t), index(t, "first")
	newer := append([]byte(nil), data...)
	newer[8]++
	cut := module[:len(module)/2]
	for name, c := range map[string]struct {
		module, index []byte
		want          any
	}{
		"a module cut off": {cut, data, host.ErrModule},
		"no module":        {[]byte("GIF89a"), data, host.ErrModule},
		"an empty module":  {[]byte("\x00asm\x01\x00\x00\x00"), data, host.ErrModule},
		"an index cut off": {module, data[:len(data)/2], "bad-index"},
		"no index":         {module, nil, "bad-index"},
		"a newer index":    {module, newer, "index-version"},
	} {
		p, err := host.New(t.Context(), c.module, c.index, host.Options{Instances: 1, Cache: built.Cache(t)})
		if p != nil {
			t.Errorf("%s: a pool", name)
			p.Close()
		}
		switch want := c.want.(type) {
		case error:
			if !errors.Is(err, want) {
				t.Errorf("%s: %v", name, err)
			}
		case string:
			var own *host.Error
			if !errors.As(err, &own) || own.Code != want {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if _, err := host.New(t.Context(), module, data, host.Options{Memory: 5 << 30}); err == nil {
		t.Error("five gigabytes of memory for a module of 32 bits")
	}
	if _, err := host.New(t.Context(), module, data, host.Options{Cache: os.DevNull}); err == nil {
		t.Error("a file as a folder")
	}
}
