package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// sizes writes how large the files of the release are, for the next one, and
// beside what the one before had, for people.
func (r *release) sizes() error {
	now, err := r.measured()
	if err != nil {
		return err
	}
	before := map[string]int64{}
	if r.previous != "" {
		content, err := os.ReadFile(r.previous)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(content, &before); err != nil {
			return fmt.Errorf("%s: %w", r.previous, err)
		}
	}
	content, err := json.MarshalIndent(now, "", "  ")
	if err != nil {
		return err
	}
	if err := r.write("sizes.json", append(content, '\n')); err != nil {
		return err
	}
	return r.write("sizes.md", []byte(report(before, now)))
}

// measured is the size in bytes of each file that is used.
func (r *release) measured() (map[string]int64, error) {
	entries, err := os.ReadDir(r.out)
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "postil-") {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		sizes[e.Name()] = info.Size()
	}
	return sizes, nil
}

// report is a table of sizes and of how they changed.
func report(before, now map[string]int64) string {
	var b strings.Builder
	b.WriteString("| file | bytes | before | change |\n|---|--:|--:|--:|\n")
	names := maps.Clone(now)
	maps.Copy(names, before)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		old, was := before[name]
		size, is := now[name]
		row := [3]string{"–", "–", "–"}
		if is {
			row[0] = fmt.Sprint(size)
		}
		if was {
			row[1] = fmt.Sprint(old)
		}
		if is && was && old > 0 {
			row[2] = fmt.Sprintf("%+.1f %%", 100*float64(size-old)/float64(old))
		}
		fmt.Fprintf(&b, "| %s | %s |\n", name, strings.Join(row[:], " | "))
	}
	return b.String()
}
