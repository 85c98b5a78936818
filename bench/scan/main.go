// Command scan measures how fast a text is searched: by Postil and its parts, by
// bleve's analyzer, or by Aho–Corasick libraries. Each of these has a process of
// its own, so that nobody pays for another's heap, and everybody for the garbage
// of his own. A process prints an empty line when it is ready, does one round for
// each line that it is given, says so by an empty line, and prints one flat JSON
// object in the end: of each contender the median time, the speed and the count of
// matches. Who runs several takes turns, so that whatever else the machine does
// falls on all alike.
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
	index := flag.String("index", "", "index `file`: measure Postil")
	parts := flag.Bool("parts", false, "with an index, also measure parts that do not depend on it")
	forms := flag.String("forms", "", "`file` of surface forms, one a line: measure the Aho–Corasick libraries")
	bleve := flag.Bool("bleve", false, "measure bleve's English analyzer")
	text := flag.String("text", "", "`file` to search")
	budget := flag.Duration("round", 500*time.Millisecond, "least time of a contender in a round")
	flag.Parse()
	figures, err := scan(*index, *forms, *text, *parts, *bleve, *budget)
	if err != nil {
		log.Fatal("scan: ", err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(figures); err != nil {
		log.Fatal("scan: ", err)
	}
}

func scan(index, forms, text string, parts, bleve bool, budget time.Duration) (map[string]float64, error) {
	b, err := os.ReadFile(text)
	if err != nil {
		return nil, err
	}
	contenders, err := contendersOf(index, forms, b, parts, bleve)
	if err != nil {
		return nil, err
	}
	if err := measure(contenders, os.Stdin, os.Stdout, budget); err != nil {
		return nil, err
	}
	return figures(contenders, len(b)), nil
}

func contendersOf(index, forms string, text []byte, withParts, bleve bool) (list []*contender, err error) {
	if index != "" {
		if list, err = engine(index, string(text)); err != nil {
			return nil, err
		}
		if withParts {
			list = append(list, parts(string(text))...)
		}
	}
	if bleve {
		c, err := analyzer(text)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	if forms != "" {
		f, err := os.ReadFile(forms)
		if err != nil {
			return nil, err
		}
		more, err := libraries(strings.Split(strings.TrimSuffix(string(f), "\n"), "\n"), text)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
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
