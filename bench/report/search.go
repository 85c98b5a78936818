package main

import "strings"

// contender is something that searches a text: its name among the figures, and
// what it is called.
type contender struct{ id, name string }

// contenders lists who searches, in the order of tables and plots.
func contenders() []contender {
	return []contender{
		{"postil", "Postil"},
		{"postil_find", "Postil: tokens and look-up only"},
		{"postil_tokens", "Postil: tokens only"},
		{"postil_abbreviations", "Postil: defined abbreviations only"},
		{"bleve_en", "bleve, analyzer en"},
		{"coregx", "coregx"},
		{"petar", "petar-dambovaliev"},
		{"bobusumisu", "BobuSumisu"},
		{"cloudflare", "cloudflare"},
	}
}

// size is a dictionary: its name among the figures, and its number of forms.
type size struct {
	id    string
	forms float64
}

func sizes() []size { return []size{{"1k", 1e3}, {"10k", 1e4}, {"100k", 1e5}, {"1m", 1e6}} }

// search tells how fast the haystack was searched on a platform.
func search(f figures, platform, title string) group {
	g := group{ID: platform, Title: title, Found: "found"}
	for _, s := range sizes() {
		prefix := platform + "_" + s.id + "_"
		own := f[prefix+"postil_ms"]
		for _, c := range contenders() {
			took := f[prefix+c.id+"_ms"]
			if took == 0 {
				continue
			}
			r := row{What: count(s.forms) + " forms: " + c.name, Figure: number(f[prefix+c.id+"_mb_s"]) + " MB/s", Found: count(f[prefix+c.id+"_matches"])}
			if heap := f[prefix+c.id+"_heap_mb"]; heap > 0 {
				r.Figure += "; automaton of " + number(heap) + " MB"
			}
			if !isPostil(c.id) {
				r.Ratio = times(took / own)
			}
			if c.id == "bleve_en" {
				r.Target = atLeast(took/own, 8, "×")
			}
			g.Rows = append(g.Rows, r)
		}
		if s.id == "1k" {
			g.Rows = append(g.Rows, fastest(f, prefix)...)
		}
	}
	if small, large := f[platform+"_1k_postil_ms"], f[platform+"_100k_postil_ms"]; small > 0 && large > 0 {
		g.Rows = append(g.Rows, row{What: "Postil: what 100,000 forms cost, against 1,000", Figure: times(large / small), Target: atMost(large/small, 2.5, "×")})
	}
	return g
}

// fastest compares Postil with the fastest Aho–Corasick library.
func fastest(f figures, prefix string) []row {
	best, name := 0.0, ""
	for _, c := range contenders() {
		took := f[prefix+c.id+"_ms"]
		if took > 0 && isLibrary(c.id) && (best == 0 || took < best) {
			best, name = took, c.name
		}
	}
	if best == 0 {
		return nil
	}
	ratio := best / f[prefix+"postil_ms"]
	return []row{{What: "1,000 forms: Postil against the fastest Aho–Corasick library, " + name, Ratio: times(ratio), Target: atLeast(ratio, 1, "×")}}
}

func isPostil(id string) bool { return strings.HasPrefix(id, "postil") }

func isLibrary(id string) bool { return !isPostil(id) && id != "bleve_en" }
