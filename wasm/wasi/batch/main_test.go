package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"

	"postil"
	"postil/language"
	"postil/wasm/internal/abi"
	"postil/wasm/internal/built"
	"postil/worker"
)

const texts = `{"id":"a","text":"Ältere Behörden und die AGI."}
{"id":2,"html":"<p>Die <b>Behörde</b>"}

{"id":3}
not JSON
`

const defining = `{"id":1,"text":"Die Allgemeine Kontrollinstanz (AKI) prüft."}`

// folder is one with an index in German.
func folder(t *testing.T) string {
	t.Helper()
	index, err := postil.Compile([]postil.Term{{ID: "b", Label: "Behörde"}, {ID: "agi", Label: "AGI"}},
		postil.CompileOptions{Language: "de", Languages: language.All(), Articles: []postil.Article{{ID: "x", Text: "Die Behörde."}}})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "site.postil"), index, 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestRun(t *testing.T) {
	index := filepath.Join(folder(t), "site.postil")
	for _, c := range []struct {
		args       string
		in         string
		want, errs string
	}{
		{"INDEX", texts, `{"id":"a","annotations":[{"start":7,"end":15,"exact":"Behörden","term":"b"`, "2 of 4 lines"},
		{`-options {"offsets":"utf-8"} INDEX`, texts, `{"start":8,"end":17,`, "2 of 4 lines"},
		{"INDEX", defining, `"abbreviations":[{"short":{"start":32,"end":35,"text":"AKI"}`, ""},
		{`-options {"offsets":"utf-8"} INDEX`, defining, `"abbreviations":[{`, ""},
		{`-options {"abbreviations":false} INDEX`, defining, `"annotations":[]}`, ""},
		{"-search INDEX", `{"id":1,"query":"behörde"}`, `{"id":1,"hits":[{"id":"x",`, ""},
		{"-search INDEX", `{"id":1,"query":"behörde"}`, `},{"id":"b",`, ""},
		{`-search -options {"in":"terms"} INDEX`, `{"id":1,"query":"agi"}`, `"hits":[{"id":"agi",`, ""},
		{"-h", "", "usage: batch", ""},
	} {
		var out, errs bytes.Buffer
		err := run(strings.Fields(strings.ReplaceAll(c.args, "INDEX", index)), strings.NewReader(c.in), &out, &errs)
		if err != nil || !strings.Contains(out.String(), c.want) || !strings.Contains(errs.String(), c.errs) || c.errs == "" && errs.Len() > 0 {
			t.Errorf("%s: %v\n%s%s", c.args, err, &out, &errs)
		}
		for line := range bytes.Lines(out.Bytes()) {
			if c.in != "" && !json.Valid(line) {
				t.Errorf("%s: not JSON: %s", c.args, line)
			}
		}
	}
}

func TestMistakes(t *testing.T) {
	var option *abi.Error
	var damaged *postil.FormatError
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte("not an index"), 0o666); err != nil {
		t.Fatal(err)
	}
	for args, is := range map[string]func(error) bool{
		"":                               func(err error) bool { return errors.Is(err, errUsage) },
		"a b":                            func(err error) bool { return errors.Is(err, errUsage) },
		"-none x":                        func(err error) bool { return errors.Is(err, errUsage) },
		`-options {"overlap":"all"} x`:   func(err error) bool { return errors.As(err, &option) },
		`-search -options {"limit":0} x`: func(err error) bool { return errors.As(err, &option) },
		"/none.postil":                   func(err error) bool { return errors.Is(err, os.ErrNotExist) },
		text:                             func(err error) bool { return errors.As(err, &damaged) },
	} {
		if err := run(strings.Fields(args), strings.NewReader(""), io.Discard, io.Discard); !is(err) {
			t.Errorf("%q: %v", args, err)
		}
	}
}

// TestAsHTTP compares what the command answers with what a service does.
func TestAsHTTP(t *testing.T) {
	file := filepath.Join(folder(t), "site.postil")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.OpenWith(data, postil.OpenOptions{Languages: language.All()})
	if err != nil {
		t.Fatal(err)
	}
	service := worker.New(a, worker.Options{})
	for query, options := range map[string]string{"": "", "?abbreviations=false": `{"abbreviations":false}`, "?offsets=utf-8": `{"offsets":"utf-8"}`} {
		in := texts + defining + "\n"
		request := httptest.NewRequest("POST", "/v1/annotate"+query, strings.NewReader(in))
		request.Header.Set("Content-Type", "application/x-ndjson")
		answer := httptest.NewRecorder()
		service.ServeHTTP(answer, request)
		var out bytes.Buffer
		if err := run([]string{"-options", options, file}, strings.NewReader(in), &out, io.Discard); err != nil {
			t.Error(err)
		}
		if answer.Code != 200 || out.String() != answer.Body.String() {
			t.Errorf("%q: %d\n%s\nthe command\n%s", query, answer.Code, answer.Body, &out)
		}
	}
}

// TestWASI runs the command as a WASI program and compares what it writes with
// what it writes natively.
func TestWASI(t *testing.T) {
	dir := folder(t)
	var want, out, errs bytes.Buffer
	if err := run([]string{filepath.Join(dir, "site.postil")}, strings.NewReader(texts), &want, io.Discard); err != nil {
		t.Fatal(err)
	}
	code := runWASI(t, dir, []string{"/index/site.postil"}, strings.NewReader(texts), &out, &errs)
	if code != 0 || out.String() != want.String() || !strings.Contains(errs.String(), "2 of 4 lines") {
		t.Errorf("exit code %d\n%s%s\nnatively\n%s", code, &out, &errs, &want)
	}
	errs.Reset()
	if code := runWASI(t, dir, []string{"/index/none"}, strings.NewReader(""), &out, &errs); code != exitFailed || !strings.HasPrefix(errs.String(), "batch: open /index/none") {
		t.Errorf("exit code %d: %s", code, &errs)
	}
	if code := runWASI(t, dir, nil, strings.NewReader(""), &out, &errs); code != exitUsage {
		t.Errorf("exit code %d", code)
	}
}

func runWASI(t *testing.T, dir string, args []string, in io.Reader, out, errs io.Writer) uint32 {
	t.Helper()
	cache, err := wazero.NewCompilationCacheWithDir(built.Cache(t))
	if err != nil {
		t.Fatal(err)
	}
	r := wazero.NewRuntimeWithConfig(t.Context(), wazero.NewRuntimeConfig().WithCompilationCache(cache))
	defer r.Close(t.Context())
	if _, err := wasi_snapshot_preview1.Instantiate(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	config := wazero.NewModuleConfig().WithArgs(append([]string{"batch"}, args...)...).WithStdin(in).WithStdout(out).WithStderr(errs).
		WithFSConfig(wazero.NewFSConfig().WithReadOnlyDirMount(dir, "/index"))
	_, err = r.InstantiateWithConfig(t.Context(), built.Batch(t), config)
	var exit *sys.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return 0
}
