package main

// articles tells how soon and in how much memory a Worker searches articles.
func articles(f figures) group {
	g := group{ID: "articles", Title: "Search in 2,000 articles, on workerd", Found: "relevant of ten"}
	own := f["search_postil_p50"]
	for _, c := range []contender{{"postil", "Postil"}, {"minisearch", "MiniSearch"}, {"orama", "Orama"}} {
		key := "search_" + c.id + "_"
		if !f.has(key + "p50") {
			continue
		}
		r := row{
			What: c.name,
			Figure: "50 % in " + number(f[key+"p50"]) + " ms, 99 % in " + number(f[key+"p99"]) + " ms; " + number(f[key+"cpuMs"]) +
				" ms of processor time; " + count(f[key+"rssMB"]) + " MiB resident",
			Found: count(f[key+"matches"]),
		}
		if c.id != "postil" && own > 0 {
			r.Ratio = times(f[key+"p50"] / own)
			r.Target = atLeast(f[key+"p50"]/own, 1, "×")
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}
