package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"postil": main})
}

// TestScripts runs the commands as their users do, one txtar file a subject.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Setup: func(e *testscript.Env) error {
			e.Setenv("ROOT", root) // of the repository
			return nil
		},
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status,
			"server": startServer,
			"get":    get,
			"stop":   stopServer,
			"cut":    cut,
			"curl":   curl,
		},
		RequireUniqueNames: true,
	})
}

// status runs a command and demands an exit status: status 2 postil …
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command…")
	}
	got := "0"
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = fmt.Sprint(exit.ExitCode())
	} else if err != nil {
		got = err.Error()
	}
	if got != args[0] {
		ts.Fatalf("%s: exit status %s, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// cut keeps the first N bytes of a file: cut N from to.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	var n int
	if _, err := fmt.Sscan(args[0], &n); err != nil {
		ts.Fatalf("%v", err)
	}
	data := []byte(ts.ReadFile(args[1]))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), data[:min(n, len(data))], 0o600))
}

const deadline = 60 * time.Second

// startServer runs postil serve with the given flags on a free port and sets
// URL to its address. It is stopped at the end of the script at the latest.
func startServer(ts *testscript.TestScript, neg bool, args []string) {
	cmd := exec.Command("postil", append([]string{"serve", "--addr", "localhost:0"}, args...)...)
	cmd.Path = ts.Getenv("PATH")[:strings.IndexByte(ts.Getenv("PATH"), os.PathListSeparator)] + "/postil"
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = append(os.Environ(), "PATH="+ts.Getenv("PATH"))
	log, err := os.Create(ts.MkAbs("server.log"))
	ts.Check(err)
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	late := time.AfterFunc(deadline, func() { _ = cmd.Process.Kill() })
	ts.Defer(func() {
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
		log.Close()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	late.Stop()
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if err != nil || !ok {
		_ = cmd.Wait()
		ts.Fatalf("postil serve said %q, %v\n%s", line, err, ts.ReadFile("server.log"))
	}
	ts.Setenv("URL", address)
	ts.Setenv("SERVER", fmt.Sprint(cmd.Process.Pid))
}

// stopServer asks the server to end and waits until it answers no more.
func stopServer(ts *testscript.TestScript, _ bool, _ []string) {
	var pid int
	if _, err := fmt.Sscan(ts.Getenv("SERVER"), &pid); err != nil {
		ts.Fatalf("no server: %v", err)
	}
	p, err := os.FindProcess(pid)
	ts.Check(err)
	ts.Check(p.Signal(syscall.SIGTERM))
	await(ts, func() (bool, string) {
		_, err := http.Get(ts.Getenv("URL") + "/healthz")
		return err != nil, "the server goes on"
	})
}

// get asks for a path until status and answer contain what they should:
// get /healthz 200 [TEXT]…; with ! the texts must be absent.
func get(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: get path status [text…]")
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	await(ts, func() (bool, string) {
		r, err := client.Get(ts.Getenv("URL") + args[0])
		if err != nil {
			return false, err.Error()
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		ts.Check(err)
		var head strings.Builder
		ts.Check(r.Header.Write(&head))
		got := fmt.Sprintf("%d\n%s\n%s", r.StatusCode, head.String(), body)
		ok := strings.HasPrefix(got, args[1])
		for _, text := range args[2:] {
			ok = ok && strings.Contains(got, text) != neg
		}
		return ok, fmt.Sprintf("GET %s: want %q, got %s", args[0], args[1:], got)
	})
}

// await polls for a condition, which says what it saw.
func await(ts *testscript.TestScript, condition func() (ok bool, saw string)) {
	end := time.Now().Add(deadline)
	for tick := time.NewTicker(20 * time.Millisecond); ; <-tick.C {
		ok, saw := condition()
		if ok {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("%s", saw)
		}
	}
}
