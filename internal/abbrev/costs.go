package abbrev

// costs are the weights of leaving words of a window without a match, summed up.
type costs struct {
	between [maxWords + 1]int32 // of word k and all after it, between two matches
	behind  [maxWords + 1]int32 // the same, after the last match
}

// sum fills c for win. With loose, words after the last match cost only their
// commas.
func (c *costs) sum(win *window, w *weights, loose bool) {
	var between, behind int32
	n := win.nword
	c.between[n], c.behind[n] = 0, 0
	further := false // the word after k is a stop word
	for k := n - 1; k >= 0; k-- {
		wd := &win.words[k]
		skip, stop := wd.skip(w), wd.kind == wordStop
		if stop && further {
			skip = w[skipFurtherStop]
		}
		further = stop
		pause := win.pause(k, w)
		between += skip + pause
		behind += pause
		if !loose {
			behind += skip + wd.trail(w)
		}
		c.between[k], c.behind[k] = between, behind
	}
}

// pause is the weight of a comma between word k and the next.
func (win *window) pause(k int, w *weights) int32 {
	if win.words[k].comma && k+1 < win.nword {
		return w[comma]
	}
	return 0
}

// skip is the weight of leaving a word without a match.
func (wd *word) skip(w *weights) int32 {
	switch {
	case wd.kind == wordStop:
		return w[skipStop]
	case wd.kind == wordNumber:
		return w[skipNumber]
	case wd.kind == wordGroup:
		return w[skipGroup]
	case wd.capital:
		return w[skipContent] + w[skipCapital]
	}
	return w[skipContent]
}

// trail is the further weight of skipping a word at the end of the long form.
func (wd *word) trail(w *weights) int32 {
	if wd.kind == wordContent {
		return w[trailContent]
	}
	return w[trailOther]
}
