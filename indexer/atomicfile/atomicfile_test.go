package atomicfile_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"postil/indexer/atomicfile"
)

func text(s string) func(io.WriteSeeker) error {
	return func(w io.WriteSeeker) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// folder returns a folder with one file that holds "old".
func folder(t *testing.T) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	file = filepath.Join(dir, "site.postil")
	if err := os.WriteFile(file, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	return dir, file
}

// expect checks a file's content and that nothing lies beside it.
func expect(t *testing.T, dir, file, want string) {
	t.Helper()
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Errorf("the file holds %q (%v), want %q", got, err, want)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".tmp") {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

func TestReplace(t *testing.T) {
	dir, file := folder(t)
	if err := atomicfile.Write(file, text("new")); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, file, "new")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	fresh := filepath.Join(dir, "fresh")
	if err := atomicfile.Write(fresh, text("new")); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, fresh, "new")
}

func TestSymbolicLink(t *testing.T) {
	dir, file := folder(t)
	link := filepath.Join(dir, "link")
	if err := os.Symlink("site.postil", link); err != nil {
		t.Skip(err)
	}
	if err := atomicfile.Write(link, text("new")); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, file, "new")
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info.Mode(), err)
	}
}

func TestFailures(t *testing.T) {
	broken := errors.New("broken")
	for name, write := range map[string]func(io.WriteSeeker) error{
		"at once":        func(io.WriteSeeker) error { return broken },
		"after a little": func(w io.WriteSeeker) error { return errors.Join(text("half")(w), broken) },
		"after a lot":    func(w io.WriteSeeker) error { return errors.Join(text(strings.Repeat("x", 1<<20))(w), broken) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, file := folder(t)
			if err := atomicfile.Write(file, write); !errors.Is(err, broken) {
				t.Errorf("error %v", err)
			}
			expect(t, dir, file, "old")
		})
	}
	dir, file := folder(t)
	for name, path := range map[string]string{
		"a folder":          dir,
		"a device":          os.DevNull,
		"in no folder":      filepath.Join(dir, "missing", "x"),
		"in what is a file": filepath.Join(file, "x"),
	} {
		if err := atomicfile.Write(path, text("new")); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	expect(t, dir, file, "old")
}

// child starts this test again as a process that replaces file and stops half
// way.
func child(t *testing.T, file string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestHalfWay$")
	cmd.Env = append(os.Environ(), "ATOMICFILE_TEST="+file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "half way\n" {
		t.Errorf("the child said %q, %v", line, err)
	}
	return cmd
}

func TestHalfWay(t *testing.T) {
	file := os.Getenv("ATOMICFILE_TEST")
	if file == "" {
		t.Skip("for other tests to run")
	}
	err := atomicfile.Write(file, func(w io.WriteSeeker) error {
		if err := text(strings.Repeat("new", 1<<20))(w); err != nil {
			return err
		}
		fmt.Println("half way")
		select {}
	})
	t.Fatal("the write ended:", err)
}

// TestKilled kills a process in the middle of writing.
func TestKilled(t *testing.T) {
	_, file := folder(t)
	cmd := child(t, file)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	got, err := os.ReadFile(file)
	if err != nil || string(got) != "old" {
		t.Errorf("the file holds %d bytes, %v, want the old ones", len(got), err)
	}
}

// TestInterrupted asks a process to end in the middle of writing.
func TestInterrupted(t *testing.T) {
	dir, file := folder(t)
	cmd := child(t, file)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		_ = cmd.Process.Kill()
		t.Skip(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the child came to a good end")
	}
	expect(t, dir, file, "old")
}
