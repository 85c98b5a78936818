package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// machine says in one line what ran all this.
func machine() string {
	cpu := field("/proc/cpuinfo", "model name", ":")
	if cpu == "" {
		cpu = runtime.GOARCH
	}
	system := strings.Trim(field("/etc/os-release", "PRETTY_NAME", "="), `"`)
	if system == "" {
		system = runtime.GOOS
	}
	cores := fmt.Sprintf("%d cores", runtime.NumCPU())
	if runtime.NumCPU() == 1 {
		cores = "one core"
	}
	out := fmt.Sprintf("%s, %s, %s", cpu, cores, system)
	var kB float64
	if _, err := fmt.Sscan(field("/proc/meminfo", "MemTotal", ":"), &kB); err == nil {
		out += fmt.Sprintf(", %.0f GiB of memory", kB/(1<<20))
	}
	return out
}

// field is the value of the first line of a file that begins with a name.
func field(file, name, separator string) string {
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if k, v, ok := strings.Cut(lines.Text(), separator); ok && strings.TrimSpace(k) == name {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// output is the first line that a command prints, "" if it cannot be run.
func output(dir, name string, args ...string) string {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	b, err := cmd.Output()
	if err != nil && len(b) == 0 {
		return ""
	}
	line, _, _ := strings.Cut(string(b), "\n")
	return strings.TrimSpace(line)
}
