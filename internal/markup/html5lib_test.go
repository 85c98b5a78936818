package markup

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestHTML5Lib runs the sources of the browsers' common test suite, as far as
// golang.org/x/net/html comes with it, and compares with its tree.
func TestHTML5Lib(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Skip("no go command to find golang.org/x/net with: ", err)
	}
	root := filepath.Join(strings.TrimSpace(string(out)), "html", "testdata")
	n := 0
	err = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		for _, src := range sources(t, path) {
			src = strings.ToValidUTF8(src, "\uFFFD")
			doc, err := html.Parse(strings.NewReader(src))
			if err != nil || scriptsDiffer(src) {
				continue
			}
			n++
			d := Parse(src)
			if s := diff(d, doc) + diffPaths(d, doc); s != "" {
				t.Errorf("%s: %q: %s", filepath.Base(path), src, s)
			}
		}
		return nil
	})
	if err != nil {
		t.Skip("golang.org/x/net comes without its test data: ", err)
	}
	t.Log(n, "sources")
}

// sources returns the inputs in a file of the suite.
func sources(t *testing.T, path string) (list []string) {
	switch filepath.Ext(path) {
	case ".dat":
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range strings.Split("\n"+string(data), "\n#data\n")[1:] {
			src, _, _ := strings.Cut(c, "\n#errors\n")
			list = append(list, src)
		}
	case ".test":
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var suite struct{ Tests []struct{ Input string } }
		if err := json.Unmarshal(data, &suite); err != nil {
			t.Fatal(path, ": ", err)
		}
		for _, c := range suite.Tests {
			list = append(list, c.Input, "<p title='"+c.Input+"' class=\""+c.Input+" postil-ignore\">one")
		}
	}
	return list
}

// TestRealPages compares on pages from the web, with their line ends as they
// are and as on Windows.
func TestRealPages(t *testing.T) {
	pages := realPages(t)
	if len(pages) == 0 {
		t.Skip("no real pages at hand")
	}
	for i, page := range pages {
		for _, src := range []string{page, strings.ReplaceAll(page, "\n", "\r\n")} {
			checkParse(t, src)
			checkInsert(t, src, i)
		}
	}
}
