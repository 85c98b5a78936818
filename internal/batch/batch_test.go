package batch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"postil"
	"postil/internal/batch"
)

func annotator(t testing.TB) *postil.Annotator {
	t.Helper()
	data, err := postil.Compile([]postil.Term{
		{ID: "agi", Label: "Artificial general intelligence", Abbreviations: []string{"AGI"}},
		{ID: "tpu", Label: "Tensor processing unit", Abbreviations: []string{"TPU"}},
	}, postil.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestLines(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"text", `{"id":"a","text":"On AGI."}`, `{"id":"a","annotations":[{"start":3,"end":6,"exact":"AGI","term":"agi","score":S}]}`},
		{"number as id, members in any order, others passed over", `{"title":{"x":[1]},"text":"TPU","id": 7.50}`,
			`{"id":7.50,"annotations":[{"start":0,"end":3,"exact":"TPU","term":"tpu","score":S}]}`},
		{"html", `{"id":"h","html":"<p>An <b>A</b>GI"}`, `{"id":"h","annotations":[{"start":9,"end":16,"exact":"AGI","term":"agi","score":S,"ranges":[{"start":9,"end":10},{"start":14,"end":16}]}]}`},
		{"nothing found", `{"id":"","text":""}`, `{"id":"","annotations":[]}`},
		{"not JSON", `{"id":"b","text":}`, `{"id":"b","error":{"code":"bad-json","detail":"invalid character '}' at start of value at byte 18","line":1}}`},
		{"cut off", `{"id":"b","text":"x`, `{"id":"b","error":{"code":"bad-json","detail":"the line is cut off","line":1}}`},
		{"more", `{"id":"b","text":"x"} {}`, `{"id":"b","error":{"code":"bad-json","detail":"more follows the object","line":1}}`},
		{"twice", `{"id":"b","text":"x","text":"y"}`, `{"id":"b","error":{"code":"bad-json","detail":"duplicate object member name at byte 22","line":1}}`},
		{"lone surrogate", `{"id":"b","text":"\ud800"}`, "{\"id\":\"b\",\"error\":{\"code\":\"bad-json\",\"detail\":\"invalid surrogate pair `\\\\ud800\\\"}` in string at byte 19\",\"line\":1}}"},
		{"not UTF-8", "{\"id\":\"b\",\"text\":\"\xff\"}", `{"id":"b","error":{"code":"bad-json","detail":"invalid UTF-8 at byte 19","line":1}}`},
		{"array", `["id"]`, `{"id":null,"error":{"code":"bad-line","detail":"want an object with id and text or html","line":1}}`},
		{"no id", `{"text":"x"}`, `{"id":null,"error":{"code":"bad-line","detail":"the id is missing","line":1}}`},
		{"odd id", `{"id":[1],"text":"x"}`, `{"id":null,"error":{"code":"bad-line","detail":"the id is neither a string nor a number","line":1}}`},
		{"no text", `{"id":"b","txt":"x"}`, `{"id":"b","error":{"code":"bad-line","detail":"want exactly one of text and html","line":1}}`},
		{"both", `{"id":"b","text":"x","html":"y"}`, `{"id":"b","error":{"code":"bad-line","detail":"want exactly one of text and html","line":1}}`},
		{"text of another type", `{"id":"b","text":7}`, `{"id":"b","error":{"code":"bad-line","detail":"text is not a string","line":1}}`},
	}
	a := annotator(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			stats, err := batch.Run(context.Background(), strings.NewReader(c.in), &out, a, postil.Options{}, 1)
			if err != nil {
				t.Fatal(err)
			}
			if failed := strings.Contains(c.want, `"error"`); stats.Lines != 1 || failed != (stats.Failed == 1) {
				t.Errorf("stats %+v", stats)
			}
			if got := withoutScores(t, out.String()); got != c.want+"\n" {
				t.Errorf("got  %swant %s", got, c.want)
			}
		})
	}
}

// withoutScores writes S for scores, which are not this package's concern.
func withoutScores(t *testing.T, s string) string {
	t.Helper()
	parts := strings.Split(s, `"score":`)
	for i, p := range parts[1:] {
		parts[i+1] = "S" + strings.TrimLeft(p, "0123456789.")
	}
	return strings.Join(parts, `"score":`)
}

// TestOrder answers many lines of all sizes on many goroutines and compares
// each answer with that of a run of its own, bad lines among them.
func TestOrder(t *testing.T) {
	a := annotator(t)
	var in, want bytes.Buffer
	for i := range 500 {
		line := fmt.Sprintf(`{"id":"%d","text":"%s"}`, i, strings.Repeat("An AGI on TPUs. ", i*i%97))
		switch {
		case i%50 == 7:
			line = `{"id":` + fmt.Sprint(i) + `,"text":`
		case i%50 == 9:
			in.WriteString(" \n")
		}
		fmt.Fprintln(&in, line)
		if i%50 != 7 {
			if _, err := batch.Run(context.Background(), strings.NewReader(line), &want, a, postil.Options{}, 1); err != nil {
				t.Fatal(err)
			}
		} else {
			want.WriteString("bad\n")
		}
	}
	var out bytes.Buffer
	stats, err := batch.Run(context.Background(), &in, &out, a, postil.Options{}, 8)
	if err != nil || stats.Lines != 500 || stats.Failed != 10 {
		t.Fatalf("%+v, %v", stats, err)
	}
	got := strings.Split(out.String(), "\n")
	for i, line := range strings.Split(want.String(), "\n") {
		if line == "bad" {
			var answer struct {
				ID    int
				Error struct{ Line int }
			}
			if err := json.Unmarshal([]byte(got[i]), &answer); err != nil || answer.ID != i || answer.Error.Line == 0 {
				t.Errorf("line %d: %s", i, got[i])
			}
		} else if got[i] != line {
			t.Fatalf("answer %d: got %.200s, want %.200s", i, got[i], line)
		}
	}
}

// TestBounded checks that lines are read only as fast as answers are written.
func TestBounded(t *testing.T) {
	const workers = 4
	line := `{"id":1,"text":"` + strings.Repeat("AGI ", 2000) + `"}` + "\n" // its answer is more than is buffered
	var read, written atomic.Int64
	out := writerFunc(func(p []byte) (int, error) {
		written.Add(int64(bytes.Count(p, []byte("\n"))))
		return len(p), nil
	})
	generator := &repeat{line: []byte(line), times: 100, started: &read}
	check := readerFunc(func(p []byte) (int, error) {
		if ahead := read.Load() - written.Load(); ahead > 20*workers {
			return 0, fmt.Errorf("%d lines ahead of the output", ahead)
		}
		return generator.Read(p)
	})
	stats, err := batch.Run(context.Background(), check, out, annotator(t), postil.Options{}, workers)
	if err != nil || stats.Lines != 100 {
		t.Errorf("%+v, %v", stats, err)
	}
}

// repeat reads as a line many times over and counts the lines started.
type repeat struct {
	line    []byte
	rest    []byte
	times   int
	started *atomic.Int64
}

func (r *repeat) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.times == 0 {
			return 0, io.EOF
		}
		r.times--
		r.started.Add(1)
		r.rest = r.line
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestStreams answers a line before the next one is there.
func TestStreams(t *testing.T) {
	questions, ask := io.Pipe()
	answers, answer := io.Pipe()
	done := make(chan error)
	a := annotator(t)
	go func() {
		_, err := batch.Run(context.Background(), questions, answer, a, postil.Options{}, 2)
		answer.CloseWithError(err)
		done <- err
	}()
	decoder := json.NewDecoder(answers)
	for i := range 3 {
		if _, err := fmt.Fprintf(ask, `{"id":%d,"text":"AGI"}`+"\n", i); err != nil {
			t.Fatal(err)
		}
		var got struct{ ID int }
		if err := decoder.Decode(&got); err != nil || got.ID != i {
			t.Fatalf("answer %d: %+v, %v", i, got, err)
		}
	}
	ask.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestFailures(t *testing.T) {
	a := annotator(t)
	broken := errors.New("broken")
	many := strings.Repeat(`{"id":1,"text":"`+strings.Repeat("AGI ", 1000)+`"}`+"\n", 60)
	for n := range 3 {
		writes := 0
		out := writerFunc(func(p []byte) (int, error) {
			if writes++; writes > n {
				return 0, broken
			}
			return len(p), nil
		})
		if _, err := batch.Run(context.Background(), strings.NewReader(many), out, a, postil.Options{}, 2); !errors.Is(err, broken) {
			t.Errorf("write %d fails: error %v", n, err)
		}
	}
	in := io.MultiReader(strings.NewReader(many), iotest.ErrReader(broken))
	var out bytes.Buffer
	stats, err := batch.Run(context.Background(), in, &out, a, postil.Options{}, 2)
	if got := bytes.Count(out.Bytes(), []byte("\n")); !errors.Is(err, broken) || stats.Lines != 60 || got != 60 {
		t.Errorf("reading fails: error %v, %d lines of 60 answered, %d written", err, stats.Lines, got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := batch.Run(ctx, strings.NewReader(many), io.Discard, a, postil.Options{}, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}

func TestTooLong(t *testing.T) {
	long := io.MultiReader(strings.NewReader(`{"id":1,"text":"`), &repeat{line: bytes.Repeat([]byte("x"), 1<<20), times: 65, started: new(atomic.Int64)}, strings.NewReader("\"}\n"+`{"id":2,"text":"AGI"}`))
	var out bytes.Buffer
	stats, err := batch.Run(context.Background(), long, &out, annotator(t), postil.Options{}, 2)
	if err != nil || stats.Lines != 2 || stats.Failed != 1 {
		t.Fatalf("%+v, %v", stats, err)
	}
	if got := out.String(); !strings.HasPrefix(got, `{"id":null,"error":{"code":"too-long"`) || !strings.Contains(got, `"term":"agi"`) {
		t.Error(got)
	}
}
