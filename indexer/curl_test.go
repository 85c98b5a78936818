package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// curl runs the commands of documents that begin with curl, in their order,
// against the server of the script and its site news: curl README.md docs/*.md. Each
// must end well and each of its answers have a status that says so.
func curl(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: curl document…")
	}
	// It is read before the command's own options.
	ts.Check(os.WriteFile(ts.MkAbs(".curlrc"), []byte(`
silent
show-error
fail
noproxy = "*"
write-out = "%{stderr}status %{http_code}\n"
`), 0o600))
	commands := 0
	for _, pattern := range args {
		files, err := filepath.Glob(ts.MkAbs(pattern))
		ts.Check(err)
		for _, file := range files {
			for _, command := range curlCommands(ts.ReadFile(file)) {
				runCurl(ts, filepath.Base(file), command)
				commands++
			}
		}
	}
	if commands == 0 {
		ts.Fatalf("there are no commands in %s", args)
	}
	ts.Logf("%d commands", commands)
}

// curlCommands finds the lines that begin with curl, and those that they go on in.
func curlCommands(document string) (all []string) {
	var command []string
	for line := range strings.Lines(document) {
		line = strings.TrimSpace(line)
		if len(command) == 0 && !strings.HasPrefix(line, "curl ") {
			continue
		}
		command = append(command, line)
		if !strings.HasSuffix(line, `\`) {
			all = append(all, strings.Join(command, "\n"))
			command = nil
		}
	}
	return all
}

var statusLine = regexp.MustCompile(`(?m)^status (\d+)$`)

func runCurl(ts *testscript.TestScript, file, command string) {
	here := strings.NewReplacer("http://localhost:8787", ts.Getenv("URL"), "https://HOST", ts.Getenv("URL"), "/s/NAME/", "/s/news/").Replace(command)
	cmd := exec.Command("sh", "-ec", here)
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = append(os.Environ(), "CURL_HOME="+cmd.Dir)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	statuses := statusLine.FindAllStringSubmatch(errs.String(), -1)
	if err != nil || len(statuses) == 0 {
		ts.Fatalf("%s: %s\n%v: %s%s", file, command, err, out.String(), errs.String())
	}
	for _, status := range statuses {
		if status[1][0] != '2' {
			ts.Fatalf("%s: %s\nstatus %s: %s", file, command, status[1], out.String())
		}
	}
	ts.Logf("%s\n%s%s", here, out.String(), errs.String())
	ts.Check(os.WriteFile(ts.MkAbs("answers.txt"), []byte(readAll(ts, "answers.txt")+out.String()+"\n"), 0o600))
}

// readAll is empty for a file that is not there yet.
func readAll(ts *testscript.TestScript, name string) string {
	data, err := os.ReadFile(ts.MkAbs(name))
	if err != nil && !os.IsNotExist(err) {
		ts.Fatalf("%v", err)
	}
	return string(data)
}
