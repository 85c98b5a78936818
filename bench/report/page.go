package main

import (
	"bytes"
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

//go:embed benchmarks.md.tmpl
var pageTemplate string

// page is what the template is filled with.
type page struct {
	Machine     string
	Versions    []version
	Groups      map[string]group
	Goals       []goal
	Met, Missed int
}

// goal is a row that has a target, and where it stands.
type goal struct {
	Group string
	row
}

// Table writes a group as a table, without the columns that nothing stands in.
func (p page) Table(id string) string {
	g, ok := p.Groups[id]
	if !ok {
		return "Not measured in this run.\n"
	}
	columns := []struct {
		name string
		cell func(row) string
	}{
		{"", func(r row) string { return r.What }},
		{"figure", func(r row) string { return r.Figure }},
		{g.Found, func(r row) string { return r.Found }},
		{"Postil is", func(r row) string { return r.Ratio }},
		{"target", func(r row) string { return r.Target.String() }},
	}
	lines := make([]string, len(g.Rows)+2)
	for i, c := range columns {
		cells := make([]string, len(g.Rows))
		used := false
		for j, r := range g.Rows {
			cells[j] = c.cell(r)
			used = used || cells[j] != ""
		}
		if !used {
			continue
		}
		rule := "--:|"
		if i == 0 {
			lines[0], lines[1], rule = "|", "|", "---|"
		}
		lines[0] += " " + c.name + " |"
		lines[1] += rule
		for j, cell := range cells {
			if i == 0 {
				lines[j+2] = "|"
			}
			lines[j+2] += " " + cell + " |"
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// Measured tells what was reached: the ratio where there is one.
func (g goal) Measured() string {
	if g.Ratio != "" {
		return g.Ratio
	}
	return g.Figure
}

// Verdict says plainly whether it is enough.
func (g goal) Verdict() string {
	if g.Target.Met {
		return "met"
	}
	return "**missed**"
}

// writePage writes the page and its plots into a folder of the repository.
func writePage(root, docs string, f figures, groups []group) error {
	p := page{Machine: machine(), Versions: versions(root), Groups: map[string]group{}}
	p.Met, p.Missed = verdicts(groups)
	for _, g := range groups {
		p.Groups[g.ID] = g
		for _, r := range g.Rows {
			if r.Target != nil {
				p.Goals = append(p.Goals, goal{g.Title, r})
			}
		}
	}
	t, err := template.New("").Parse(pageTemplate)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return err
	}
	for name, draw := range map[string]func(figures) ([]byte, error){"benchmarks-size.svg": plotSizes, "benchmarks-latency.svg": plotLatency} {
		svg, err := draw(f)
		if err != nil {
			return err
		}
		if svg == nil {
			continue // not measured: what is there stays
		}
		if err := os.WriteFile(filepath.Join(docs, name), svg, 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(docs, "benchmarks.md"), b.Bytes(), 0o644)
}
