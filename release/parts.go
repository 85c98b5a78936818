package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// platforms are those that the command is built for.
var platforms = [...]struct{ system, processor string }{
	{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"windows", "amd64"},
}

// commands builds the command postil for every platform.
func (r *release) commands() error {
	beside, err := read("postil", "LICENSE", "README.md", "CHANGELOG.md")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "postil-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, p := range platforms {
		name, pack, suffix := "postil", tarball, ".tar.gz"
		if p.system == "windows" {
			name, pack, suffix = "postil.exe", zipped, ".zip"
		}
		binary := filepath.Join(dir, name)
		cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -X main.version="+r.version, "-o", binary, "./indexer")
		cmd.Env = append(os.Environ(), "GOOS="+p.system, "GOARCH="+p.processor, "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", cmd, err, out)
		}
		content, err := os.ReadFile(binary)
		if err != nil {
			return err
		}
		archive, err := pack(append([]file{{"postil/" + name, content, true}}, beside...))
		if err != nil {
			return err
		}
		if err := r.write(fmt.Sprintf("postil-%s-%s%s", p.system, p.processor, suffix), archive); err != nil {
			return err
		}
	}
	return nil
}

// folders packs what is deployed: the Worker and the site.
func (r *release) folders() error {
	for _, name := range []string{"edge", "web"} {
		files, err := tree("postil-"+name, filepath.Join("build", name))
		if err != nil {
			return err
		}
		archive, err := tarball(files)
		if err != nil {
			return err
		}
		if err := r.write("postil-"+name+".tar.gz", archive); err != nil {
			return err
		}
	}
	return nil
}

// modules adds the modules for WASI as they are.
func (r *release) modules() error {
	for from, to := range map[string]string{"postil.wasm": "postil-wasi.wasm", "batch.wasm": "postil-wasi-batch.wasm"} {
		content, err := os.ReadFile(filepath.Join("build/wasi", from))
		if err != nil {
			return err
		}
		if err := r.write(to, content); err != nil {
			return err
		}
	}
	return nil
}

// npm packs the npm package.
func (r *release) npm() error {
	build := exec.Command("node", "wasm/npm/build.mjs", "--version", semantic(r.version))
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", build, err, out)
	}
	files, err := tree("package", "build/wasm")
	if err != nil {
		return err
	}
	for i := range files {
		files[i].command = files[i].name == "package/cli.js"
	}
	archive, err := tarball(files)
	if err != nil {
		return err
	}
	return r.write("postil-npm.tgz", archive)
}

// semantic is the version as npm wants it: one that is no release has a number
// below all others.
func semantic(version string) string {
	plain, ok := strings.CutPrefix(version, "v")
	numbers, _, _ := strings.Cut(plain, "-")
	if ok && strings.Count(numbers, ".") == 2 && strings.Trim(numbers, "0123456789.") == "" {
		return plain
	}
	return "0.0.0-dev"
}
