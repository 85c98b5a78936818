// Command scan measures how fast a text is searched: by Postil, by its parts,
// and by what one would use instead. All run in turn, round by round, so that
// whatever else the machine does falls on all alike. It prints one flat JSON
// object: of each contender the median time, the speed and the count of matches.
//
// It runs natively and, with bench/wasm.mjs, under js/wasm.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	index := flag.String("index", "", "index `file`")
	text := flag.String("text", "", "`file` to search")
	forms := flag.String("forms", "", "`file` of surface forms, one a line, for the Aho–Corasick libraries; without it they are left out")
	parts := flag.Bool("parts", false, "also measure what does not depend on the dictionary")
	rounds := flag.Int("rounds", 5, "number of rounds")
	budget := flag.Duration("round", 100*time.Millisecond, "least time of a contender in a round")
	flag.Parse()
	figures, err := scan(*index, *text, *forms, *parts, *rounds, *budget)
	if err != nil {
		log.Fatal("scan: ", err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(figures); err != nil {
		log.Fatal("scan: ", err)
	}
}

func scan(index, text, forms string, parts bool, rounds int, budget time.Duration) (map[string]float64, error) {
	b, err := os.ReadFile(text)
	if err != nil {
		return nil, err
	}
	contenders, err := engine(index, string(b))
	if err != nil {
		return nil, err
	}
	if parts {
		more, err := independent(b)
		if err != nil {
			return nil, err
		}
		contenders = append(contenders, more...)
	}
	if forms != "" {
		f, err := os.ReadFile(forms)
		if err != nil {
			return nil, err
		}
		more, err := libraries(strings.Split(strings.TrimSuffix(string(f), "\n"), "\n"), b)
		if err != nil {
			return nil, err
		}
		contenders = append(contenders, more...)
	}
	if err := measure(contenders, rounds, budget); err != nil {
		return nil, err
	}
	return figures(contenders, len(b)), nil
}

// figures flattens what was measured.
func figures(contenders []*contender, size int) map[string]float64 {
	out := map[string]float64{}
	for _, c := range contenders {
		took := median(c.took)
		out[c.name+"_ms"] = took.Seconds() * 1e3
		out[c.name+"_mb_s"] = float64(size) / 1e6 / took.Seconds()
		out[c.name+"_matches"] = float64(c.matches)
		if c.heap > 0 {
			out[c.name+"_heap_mb"] = float64(c.heap) / 1e6
		}
		fmt.Fprintf(os.Stderr, "%-20s %9.1f ms %8d matches\n", c.name, out[c.name+"_ms"], c.matches)
	}
	return out
}
