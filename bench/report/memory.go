package main

// memory tells what opening an index takes, and how much room.
func memory(f figures) group {
	g := group{ID: "memory", Title: "Opening, building and memory", Found: "found"}
	for _, p := range []struct {
		id, name string
		most     float64 // ms
	}{{"native", "natively", 5}, {"wasm", "under js/wasm", 20}} {
		open := p.id + "_100k_open_article_"
		if !f.has(open + "ms") {
			continue
		}
		g.Rows = append(g.Rows,
			row{What: "100,000 forms: open, " + p.name, Figure: number(f[open+"ms"]) + " ms", Target: atMost(f[open+"ms"], p.most, "ms")},
			row{What: "100,000 forms: open, " + p.name + ", first time in a fresh program", Figure: number(f[open+"first_ms"]) + " ms"},
			row{What: "100,000 forms: open, " + p.name + ", allocated in the heap", Figure: count(f[open+"alloc_bytes"]) + " bytes", Target: atMost(f[open+"alloc_bytes"], 1e6, "bytes")})
	}
	for _, text := range []struct {
		id, name string
		target   bool
	}{{"article", "an article of 9.5 kB", true}, {"largest", "a text of 1 MiB", false}} {
		key := "wasm_100k_open_" + text.id + "_"
		if !f.has(key + "memory_mb") {
			continue
		}
		r := row{What: "100,000 forms: linear memory after opening and annotating " + text.name, Figure: number(f[key+"memory_mb"]) + " MiB", Found: count(f[key+"matches"])}
		if text.target {
			r.Target = atMost(f[key+"memory_mb"], 64, "MiB")
		}
		g.Rows = append(g.Rows, r)
	}
	return million(f, g)
}

// million adds what a million forms take.
func million(f figures, g group) group {
	for _, s := range sizes() {
		key := "build_" + s.id + "_"
		if !f.has(key + "s") {
			continue
		}
		g.Rows = append(g.Rows, row{What: count(s.forms) + " forms: postil build", Figure: number(f[key+"s"]) + " s, index " + number(f[key+"index_mb"]) + " MB"})
		r := row{What: count(s.forms) + " forms: postil build, most memory", Figure: number(f[key+"memory_mb"]) + " MiB"}
		if s.id == "1m" {
			r.Target = atMost(f[key+"memory_mb"], 1024, "MiB")
		}
		g.Rows = append(g.Rows, r)
	}
	if key := "native_1m_run_"; f.has(key + "memory_mb") {
		g.Rows = append(g.Rows,
			row{What: "1,000,000 forms: open, natively", Figure: number(f[key+"ms"]) + " ms"},
			row{What: "1,000,000 forms: open and annotate 5 MB, most memory", Figure: number(f[key+"memory_mb"]) + " MiB", Found: count(f[key+"matches"]), Target: atMost(f[key+"memory_mb"], 1024, "MiB")})
	}
	return g
}
