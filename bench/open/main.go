// Command open measures what it takes to open an index and to annotate one text
// with it: time, what is allocated in the heap, and the memory of the whole
// program. Nothing else is in the program, so that its memory says something.
// It prints one flat JSON object.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"
	"runtime"
	"slices"
	"time"

	"postil"
)

func main() {
	log.SetFlags(0)
	index := flag.String("index", "", "index `file`")
	text := flag.String("text", "", "`file` to annotate")
	times := flag.Int("times", 15, "how often to open the index")
	flag.Parse()
	figures, err := run(*index, *text, *times)
	if err != nil {
		log.Fatal("open: ", err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(figures); err != nil {
		log.Fatal("open: ", err)
	}
}

func run(index, text string, times int) (map[string]float64, error) {
	data, err := os.ReadFile(index)
	if err != nil {
		return nil, err
	}
	s, err := os.ReadFile(text)
	if err != nil {
		return nil, err
	}
	annotator, figures, err := open(data, times)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	r, err := annotator.Annotate(string(s), postil.Options{})
	if err != nil {
		return nil, err
	}
	figures["annotate_ms"] = time.Since(start).Seconds() * 1e3
	figures["matches"] = float64(len(r.Annotations))
	memory, err := memory()
	figures["memory_mb"] = float64(memory) / (1 << 20)
	return figures, err
}

// open opens an index again and again: the first time in a fresh program counts
// as well as the usual time.
func open(data []byte, times int) (*postil.Annotator, map[string]float64, error) {
	var annotator *postil.Annotator
	var took []float64
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		start := time.Now()
		a, err := postil.Open(data)
		if err != nil {
			return nil, nil, err
		}
		took = append(took, time.Since(start).Seconds()*1e3)
		annotator = a
	}
	runtime.ReadMemStats(&after)
	figures := map[string]float64{
		"first_ms":    took[0],
		"alloc_bytes": float64(after.TotalAlloc-before.TotalAlloc) / float64(times),
	}
	slices.Sort(took)
	figures["ms"] = took[len(took)/2]
	return annotator, figures, nil
}
