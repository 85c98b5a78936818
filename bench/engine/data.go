package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// file is a file among the results.
func (b *bench) file(name string) string { return filepath.Join(b.out, name) }

// haystack is the text that is searched.
func (b *bench) haystack() string { return filepath.Join(b.data, "haystack-en.txt") }

// dictionary makes of a glossary what is measured: the index, and the list of
// its surface forms.
func (b *bench) dictionary(size string) error {
	packed, err := os.Open(filepath.Join(b.data, "scale-"+size+".glossary.jsonl.gz"))
	if err != nil {
		return err
	}
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	if err != nil {
		return err
	}
	glossary, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := os.WriteFile(b.file("scale-"+size+".jsonl"), glossary, 0o644); err != nil {
		return err
	}
	forms, err := surfaceForms(glossary)
	if err != nil {
		return err
	}
	if err := os.WriteFile(b.file("scale-"+size+".forms"), []byte(strings.Join(forms, "\n")+"\n"), 0o644); err != nil {
		return err
	}
	return b.index(size)
}

// surfaceForms lists the distinct forms of a glossary in lower case.
func surfaceForms(glossary []byte) ([]string, error) {
	var forms []string
	seen := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(glossary))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var term struct {
			Label                  string
			Aliases, Abbreviations []string
		}
		if err := json.Unmarshal(lines.Bytes(), &term); err != nil {
			return nil, err
		}
		written := append(append([]string{term.Label}, term.Aliases...), term.Abbreviations...)
		for _, form := range written {
			form = strings.ToLower(form)
			if form != "" && !seen[form] && !strings.Contains(form, "\n") {
				seen[form] = true
				forms = append(forms, form)
			}
		}
	}
	return forms, lines.Err()
}

// texts cuts from the haystack an article's length and the largest text that the
// Worker takes, at the ends of lines.
func (b *bench) texts() error {
	haystack, err := os.ReadFile(b.haystack())
	if err != nil {
		return err
	}
	for name, size := range map[string]int{"article.txt": 9500, "largest.txt": 1 << 20} {
		text := haystack[:min(size, len(haystack))]
		text = text[:bytes.LastIndexByte(text, '\n')+1]
		if err := os.WriteFile(b.file(name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generate writes the glossary of a million forms, unless it is there and newer
// than the script that makes it.
func (b *bench) generate() error {
	script := filepath.Join(b.data, "scale_1m.py")
	made, err := os.Stat(b.file("scale-1m.jsonl"))
	if source, _ := os.Stat(script); err == nil && source != nil && made.ModTime().After(source.ModTime()) {
		return nil
	}
	partial := b.file("scale-1m.partial.jsonl")
	if _, err := b.command("python3", script, "-o", partial); err != nil {
		return err
	}
	return os.Rename(partial, b.file("scale-1m.jsonl"))
}
