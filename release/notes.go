package main

import (
	"fmt"
	"os"
	"strings"
)

// notes writes what is new in the version: its section of the changelog, which a
// tagged version must have.
func (r *release) notes() error {
	changelog, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		return err
	}
	title := "Unreleased"
	if v := semantic(r.version); v != "0.0.0-dev" && !strings.Contains(v, "-") {
		title = v
	}
	text, err := section(string(changelog), title)
	if err != nil {
		return fmt.Errorf("CHANGELOG.md: %w", err)
	}
	return r.write("notes.md", []byte(text))
}

// section returns the text below a heading of the second level. The heading is the
// title, or the title and a date: "## 1.2.0 (2026-03-01)".
func section(changelog, title string) (string, error) {
	var lines []string
	inside := false
	for line := range strings.Lines(changelog) {
		heading, ok := strings.CutPrefix(line, "## ")
		if ok {
			if inside {
				break
			}
			first, _, _ := strings.Cut(strings.TrimSpace(heading), " ")
			inside = first == title
			continue
		}
		if inside {
			lines = append(lines, line)
		}
	}
	text := strings.TrimSpace(strings.Join(lines, ""))
	if text == "" {
		return "", fmt.Errorf("no section %q, or nothing in it", "## "+title)
	}
	return text + "\n", nil
}
