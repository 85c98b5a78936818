package markup

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestWebKit runs the tree construction cases that golang.org/x/net/html has
// been given by browsers.
func TestWebKit(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Skip("no go command to find golang.org/x/net with: ", err)
	}
	files, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "html/testdata/*/*.dat"))
	more, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "html/testdata/*/*/*.dat"))
	files = append(files, more...)
	n := 0
	defer func() { t.Log(n, "cases") }()
	if len(files) == 0 {
		t.Skip("golang.org/x/net comes without its test data")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range strings.Split("\n"+string(data), "\n#data\n")[1:] {
			src, _, _ := strings.Cut(c, "\n#errors\n")
			src = strings.ToValidUTF8(src, "\uFFFD")
			if strings.Contains(c, "\n#document-fragment\n") {
				continue
			}
			doc, err := html.Parse(strings.NewReader(src))
			if err != nil {
				continue
			}
			n++
			if s := diff(Parse(src), doc) + diffPaths(Parse(src), doc); s != "" {
				t.Errorf("%s: %q: %s", filepath.Base(file), src, s)
			}
		}
	}
}
