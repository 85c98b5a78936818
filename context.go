package postil

import "postil/internal/sense"

// addContext gives the scorer the words around the mentions, nearest first,
// which makes one sense per document of them. The mentions themselves say
// nothing about what they mean.
func (a *Annotator) addContext(w *work, alike []int) {
	s := &w.decider.scorer
	s.Reset(a.senses)
	n := len(w.doc.Tokens)
	if len(w.folded) != n {
		w.folded = append(w.folded[:0], make([]string, n)...)
		w.seen, w.round = append(w.seen[:0], make([]int32, n)...), 0
	}
	w.round++
	for _, i := range alike {
		for t := w.mentions[i].first; t <= w.mentions[i].last; t++ {
			w.seen[t] = w.round
		}
	}
	added := 0
	add := func(t, distance int) {
		if t < 0 || t >= n || w.seen[t] == w.round || added == sense.MaxWords {
			return
		}
		w.seen[t] = w.round
		added++
		if word := w.fold(t); word != "" {
			s.Add(word, distance)
		}
	}
	for distance := 1; distance <= sense.Window && added < sense.MaxWords; distance++ {
		for _, i := range alike {
			add(int(w.mentions[i].first)-distance, distance)
			add(int(w.mentions[i].last)+distance, distance)
		}
	}
}

// fold is the context word of token t.
func (w *work) fold(t int) string {
	if w.folded[t] == "" {
		x := w.doc.Tokens[t]
		w.folded[t] = contextWord(w.doc.Text[x.Start:x.End])
	}
	return w.folded[t]
}
