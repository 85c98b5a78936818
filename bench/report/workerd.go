package main

import "strings"

// worker is a Worker that was measured: its name among the figures, and what it
// is called in tables and in plots.
type worker struct{ id, name, short string }

// workers lists the Workers in the order of tables and plots.
func workers() []worker {
	return []worker{
		{"postil", "Postil", "Postil"},
		{"postil_the_same_text_again", "Postil, when the text was answered before", "Postil, text seen before"},
		{"postil_all_streamed", "Postil, every request through syumai/workers", "Postil, streamed"},
		{"stock_worker_mjs", "Postil's handler on syumai's own worker.mjs", "Postil, stock worker.mjs"},
		{"modern_ahocorasick_1_1_0", "modern-ahocorasick 1.1.0", "modern-ahocorasick 1.1.0"},
		{"modern_ahocorasick_3_3_0", "modern-ahocorasick 3.3.0", "modern-ahocorasick 3.3.0"},
		{"syumai_hello", "syumai/workers, hello", "syumai/workers, hello"},
		{"javascript_echo", "JavaScript echo, the floor", "JavaScript echo"},
	}
}

// workerd tells how many requests were served, and how soon.
func workerd(f figures) group {
	g := group{ID: "edge", Title: "Over HTTP, on workerd", Found: "found"}
	for _, w := range workers() {
		key := "edge_" + w.id + "_"
		if !f.has(key + "rps") {
			continue
		}
		r := row{
			What: w.name,
			Figure: number(f[key+"rps"]) + "/s; 50 % in " + number(f[key+"p50"]) + " ms, 99 % in " + number(f[key+"p99"]) +
				" ms; " + number(f[key+"cpuMs"]) + " ms of processor time",
		}
		if found := f[key+"matches"]; found > 0 {
			r.Found = count(found)
		}
		if ratio := f["edge_ratio_to_"+w.id]; w.id != "postil" {
			r.Ratio = times(ratio)
			if strings.HasPrefix(w.id, "modern_ahocorasick") {
				r.Target = atLeast(ratio, 2, "×")
			}
		}
		g.Rows = append(g.Rows, r)
	}
	g.Rows = append(g.Rows, keptAnswers(f)...)
	return g
}

// keptAnswers compares Postil with the searches in JavaScript where an article is
// posted that was posted before, as the readers of a page do, one after the other.
func keptAnswers(f figures) (rows []row) {
	for _, w := range workers() {
		rival := f["edge_"+w.id+"_rps"]
		if !strings.HasPrefix(w.id, "modern_ahocorasick") || rival == 0 || !f.has("edge_postil_the_same_text_again_rps") {
			continue
		}
		ratio := f["edge_postil_the_same_text_again_rps"] / rival
		rows = append(rows, row{What: "The same text again: Postil, which keeps answers, against " + w.name, Ratio: times(ratio), Target: atLeast(ratio, 2, "×")})
	}
	return rows
}

// coldStart tells how long a fresh workerd takes to answer.
func coldStart(f figures) group {
	g := group{ID: "cold", Title: "Cold start of workerd, until the first answer"}
	if !f.has("edge_cold_ms") {
		return g
	}
	ratio := f["edge_cold_ratio"]
	g.Rows = []row{
		{What: "Postil: an annotated article", Figure: number(f["edge_cold_ms"]) + " ms"},
		{What: "syumai/workers: hello", Figure: number(f["edge_cold_hello_ms"]) + " ms"},
		{What: "Postil takes, against hello", Figure: times(ratio), Target: atMost(ratio, 1.5, "×")},
	}
	return g
}
