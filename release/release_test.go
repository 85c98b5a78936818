package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestArchives packs the same files in another order, and reads both archives.
func TestArchives(t *testing.T) {
	files := []file{{"a/one", []byte("1"), false}, {"a/two", bytes.Repeat([]byte("2"), 1000), true}, {"a/ünï", nil, false}}
	reversed := slices.Clone(files)
	slices.Reverse(reversed)
	for name, pack := range map[string]func([]file) ([]byte, error){"tar": tarball, "zip": zipped} {
		b, err := pack(files)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := pack(reversed); err != nil || !bytes.Equal(again, b) {
			t.Errorf("%s: other bytes from another order (%v)", name, err)
		}
	}
	b, _ := tarball(files)
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	r := tar.NewReader(z)
	for _, want := range files {
		h, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil || h.Name != want.name || !bytes.Equal(content, want.content) || (h.Mode&0o100 != 0) != want.command {
			t.Errorf("tar: %s %o %q (%v)", h.Name, h.Mode, content, err)
		}
	}
	b, _ = zipped(files)
	zr, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(zr.File) != len(files) || zr.File[1].Mode()&0o100 == 0 {
		t.Errorf("zip: %v, %v", zr, err)
	}
}

func TestSection(t *testing.T) {
	log := "# Changelog\n\n## Unreleased\n\n## 1.1.0 (2026-02-01)\n\n- B\n\n### More\n\n- C\n\n## 1.0.0\n\n- A\n"
	for title, want := range map[string]string{"1.1.0": "- B\n\n### More\n\n- C\n", "1.0.0": "- A\n", "Unreleased": "", "1.0": "", "2.0.0": ""} {
		got, err := section(log, title)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%s: %q, %v", title, got, err)
		}
	}
}

func TestSemantic(t *testing.T) {
	for version, want := range map[string]string{"v1.2.3": "1.2.3", "v1.2.3-rc.1": "1.2.3-rc.1", "1.2.3": "0.0.0-dev", "v1.2": "0.0.0-dev", "dev": "0.0.0-dev", "abcd123-dirty": "0.0.0-dev", "vx.y.z": "0.0.0-dev"} {
		if got := semantic(version); got != want {
			t.Errorf("%s: %s, want %s", version, got, want)
		}
	}
}

func TestReport(t *testing.T) {
	got := report(map[string]int64{"a": 100, "gone": 5}, map[string]int64{"a": 110, "new": 7})
	for _, want := range []string{"| a | 110 | 100 | +10.0 % |", "| gone | – | 5 | – |", "| new | 7 | – | – |"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestTimeless(t *testing.T) {
	got, err := timeless([]byte(`{"serialNumber":"urn:uuid:1","metadata":{"timestamp":"now","component":{"bom-ref":"postil@1.0.0","name":"folder"}},"components":[1]}`))
	var compact bytes.Buffer
	if err == nil {
		err = json.Compact(&compact, got)
	}
	if err != nil || compact.String() != `{"components":[1],"metadata":{"component":{"bom-ref":"postil@1.0.0","name":"postil"}}}` {
		t.Errorf("%s, %v", got, err)
	}
}

// TestChecksums checks them with the tool that people have.
func TestChecksums(t *testing.T) {
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("no sha256sum here")
	}
	r := &release{out: t.TempDir()}
	for _, name := range []string{"b", "a"} {
		if err := r.write(name, []byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.checksums(); err != nil {
		t.Fatal(err)
	}
	check := func() error {
		cmd := exec.Command(tool, "--check", "--strict", "SHA256SUMS")
		cmd.Dir = r.out
		return cmd.Run()
	}
	if err := check(); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(r.out, "a"), []byte("other"), 0o666); err != nil {
		t.Fatal(err)
	}
	if check() == nil {
		t.Error("another file has the same sum")
	}
}
