package server

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// headerRules are the rules of a file _headers: a line with a path, in which *
// stands for anything, and below it, indented, the headers that its answers
// have. All rules that fit apply, one after the other; "! Name" removes a
// header.
type headerRules []headerRule

type headerRule struct {
	path   string
	fields [][2]string // an empty value removes
}

func readHeaderRules(files fs.FS) (headerRules, error) {
	data, err := fs.ReadFile(files, "_headers")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var rules headerRules
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || trimmed[0] == '#':
		case line[0] != ' ' && line[0] != '\t':
			rules = append(rules, headerRule{path: trimmed})
		case len(rules) == 0:
			return nil, fmt.Errorf("_headers:%d: a header without a path above it", n)
		default:
			field, err := parseHeader(trimmed)
			if err != nil {
				return nil, fmt.Errorf("_headers:%d: %w", n, err)
			}
			last := &rules[len(rules)-1]
			last.fields = append(last.fields, field)
		}
	}
	return rules, lines.Err()
}

func parseHeader(line string) ([2]string, error) {
	if name, ok := strings.CutPrefix(line, "!"); ok {
		return [2]string{strings.TrimSpace(name)}, nil
	}
	name, value, ok := strings.Cut(line, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || name == "" || value == "" {
		return [2]string{}, errors.New(`want "Name: value"`)
	}
	return [2]string{name, value}, nil
}

func (rules headerRules) apply(h http.Header, address string) {
	for _, r := range rules {
		if !fits(r.path, address) {
			continue
		}
		for _, f := range r.fields {
			if f[1] == "" {
				h.Del(f[0])
			} else {
				h.Set(f[0], f[1])
			}
		}
	}
}

// fits matches an address against a path with at most one *.
func fits(pattern, address string) bool {
	before, after, wild := strings.Cut(pattern, "*")
	if !wild {
		return pattern == address
	}
	return len(address) >= len(before)+len(after) && strings.HasPrefix(address, before) && strings.HasSuffix(address, after)
}
