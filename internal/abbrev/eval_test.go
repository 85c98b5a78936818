package abbrev

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// evalDir has two public sets in one layout: the corpus of Ab3P (abstracts) and
// annotated Wikipedia articles.
const evalDir = "../../../shared/eval/abbreviations/"

// evalDoc is a document with the texts of its pairs.
type evalDoc struct {
	ID   string
	Text string
	Gold map[[2]string]bool
}

// readEval reads a set; without it, the test is skipped.
func readEval(t testing.TB, name string) []evalDoc {
	t.Helper()
	texts := map[string]string{}
	readLines(t, name+".docs.jsonl", func(line []byte) error {
		var d struct{ ID, Text string }
		err := json.Unmarshal(line, &d)
		texts[d.ID] = d.Text
		return err
	})
	var docs []evalDoc
	readLines(t, name+".gold.jsonl", func(line []byte) error {
		var g struct {
			ID            string
			Abbreviations []struct{ Short, Long struct{ Text string } }
		}
		err := json.Unmarshal(line, &g)
		d := evalDoc{g.ID, texts[g.ID], map[[2]string]bool{}}
		for _, a := range g.Abbreviations {
			d.Gold[normalPair(a.Short.Text, a.Long.Text)] = true
		}
		docs = append(docs, d)
		return err
	})
	return docs
}

func readLines(t testing.TB, name string, each func([]byte) error) {
	t.Helper()
	f, err := os.Open(evalDir + name)
	if err != nil {
		t.Skipf("no evaluation data: %v", err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		if err := each(s.Bytes()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
}

// normalPair ignores case and the width of blanks.
func normalPair(short, long string) [2]string {
	norm := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	return [2]string{norm(short), norm(long)}
}

// half splits the documents in two by their ids: the weights are fitted on the
// first, the second is only looked at here.
func half(id string) int {
	sum := sha256.Sum256([]byte(id))
	return int(sum[len(sum)-1] & 1)
}

// tally counts pairs as sets, document by document.
type tally struct{ right, found, gold int }

func (c *tally) add(d evalDoc, pairs []Pair) {
	got := map[[2]string]bool{}
	for _, p := range pairs {
		got[normalPair(d.Text[p.ShortStart:p.ShortEnd], d.Text[p.LongStart:p.LongEnd])] = true
	}
	for k := range got {
		if d.Gold[k] {
			c.right++
		}
	}
	c.found += len(got)
	c.gold += len(d.Gold)
}

func (c tally) f1() float64 { return 2 * float64(c.right) / float64(c.found+c.gold) }

func (c tally) plus(d tally) tally {
	return tally{c.right + d.right, c.found + d.found, c.gold + d.gold}
}

// TestEval asserts floors a little below what is reached: F1 .922 and .913 on
// the halves of Ab3P, .802 and .761 on those of Wikipedia.
func TestEval(t *testing.T) {
	for _, set := range []struct {
		name  string
		floor [3]float64 // first half, second half, both
	}{
		{"ab3p", [3]float64{.915, .910, .913}},
		{"wikipedia", [3]float64{.780, .750, .765}},
	} {
		t.Run(set.name, func(t *testing.T) {
			var c [3]tally
			for _, d := range readEval(t, set.name) {
				c[half(d.ID)].add(d, Find(nil, d.Text))
			}
			c[2] = c[0].plus(c[1])
			for i, what := range []string{"fitted half", "other half", "both"} {
				t.Logf("%-11s P %.3f R %.3f F1 %.4f (%d right, %d found, %d in gold)", what,
					float64(c[i].right)/float64(c[i].found), float64(c[i].right)/float64(c[i].gold),
					c[i].f1(), c[i].right, c[i].found, c[i].gold)
				if c[i].f1() < set.floor[i] {
					t.Errorf("%s: F1 %.4f, want at least %.3f", what, c[i].f1(), set.floor[i])
				}
			}
		})
	}
}
