package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A heard answer is what an example has of the service's answer.
type heard struct {
	Status int    `json:"status"`
	Type   string `json:"type"`
	Body   string `json:"body"`
}

// A runner runs an example in a folder.
type runner func(t *testing.T, dir, text string) heard

// runners are by language what runs its examples. What is appended to them only tells
// what they have got.
var runners = map[string]struct {
	needs string // a command
	run   runner
}{
	"curl": {"curl", func(t *testing.T, dir, text string) heard {
		write(t, filepath.Join(dir, ".curlrc"), `write-out = "\n%{http_code} %{content_type}"`)
		out := run(t, dir, "sh", "-c", text)
		end := bytes.LastIndexByte(out, '\n')
		h := heard{Body: string(out[:end])}
		if _, err := fmt.Sscan(string(out[end+1:]), &h.Status); err != nil {
			t.Fatal(err)
		}
		_, h.Type, _ = strings.Cut(string(out[end+1:]), " ")
		return h
	}},
	"JavaScript": {"node", func(t *testing.T, dir, text string) heard {
		write(t, filepath.Join(dir, "sample.mjs"), text+`
const body = typeof answer === "undefined" ? "" : typeof answer === "string" ? answer : JSON.stringify(answer);
console.log(JSON.stringify({ status: response.status, type: response.headers.get("Content-Type") ?? "", body }));`)
		return parse(t, run(t, dir, "node", "sample.mjs"))
	}},
	"Go": {"go", func(t *testing.T, dir, text string) heard {
		write(t, filepath.Join(dir, "sample.go"), "package main\n\nimport (\n"+imports(text)+")\n\nfunc sample() error {\n"+text+`
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"status": response.StatusCode, "type": response.Header.Get("Content-Type"), "body": string(answer)})
}

func main() {
	if err := sample(); err != nil {
		panic(err)
	}
}
`)
		return parse(t, run(t, dir, "go", "run", "-ldflags=-s -w", "sample.go"))
	}},
	"Python": {"python3", func(t *testing.T, dir, text string) heard {
		write(t, filepath.Join(dir, "sample.py"), text+`
import json
print(json.dumps({"status": response.status, "type": response.headers.get("Content-Type") or "", "body": answer}))`)
		return parse(t, run(t, dir, "python3", "sample.py"))
	}},
}

// imports are those that an example in Go, which is the body of a function, and what
// tells of its answer need.
func imports(text string) (list string) {
	for _, path := range []string{"encoding/json", "io", "net/http", "os", "strings"} {
		name := path[strings.LastIndex(path, "/")+1:]
		if name == "json" || name == "os" || strings.Contains(text, name+".") {
			list += fmt.Sprintf("\t%q\n", path)
		}
	}
	return list
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir, c.Env = dir, append(os.Environ(), "CURL_HOME="+dir, "NO_PROXY=*", "no_proxy=*")
	out, err := c.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		t.Fatalf("%v: %s%s", err, out, exit.Stderr)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func parse(t *testing.T, out []byte) (h heard) {
	t.Helper()
	if err := json.Unmarshal(out, &h); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return h
}
