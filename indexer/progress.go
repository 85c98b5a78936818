package main

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far long work has come, on a terminal only, and only
// when it has taken a moment.
type progress struct {
	out     io.Writer // nil: shows nothing
	started time.Time
	stage   string
	bar     *progressbar.ProgressBar
}

// patience is how long work may take without a bar.
const patience = 400 * time.Millisecond

func newProgress(out io.Writer) *progress {
	if !isTerminal(out) {
		out = nil
	}
	return &progress{out: out, started: time.Now()}
}

// update shows that done of total parts of a stage are done. Stages come one
// after the other.
func (p *progress) update(stage string, done, total int) {
	if p.out == nil || time.Since(p.started) < patience {
		return
	}
	if p.bar == nil || p.stage != stage {
		p.finish()
		p.stage = stage
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.out),
			progressbar.OptionSetDescription(stage),
			progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(50*time.Millisecond),
			progressbar.OptionClearOnFinish())
	}
	_ = p.bar.Set(done) // a bar that cannot be drawn is no reason to stop
}

// finish removes the bar.
func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
		p.bar = nil
	}
}
