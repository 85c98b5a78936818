package postil_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"postil"
	"postil/internal/fulltext/fulltexttest"
)

var forgeries = flag.Int("forgeries", 200, "how many indexes TestForgedArticles forges")

// forgedText has its only letter of two bytes at the end.
const forgedText = "The CMA reviews a merger of two firms. Mergers are reviewed. Menü"

// withArticles is an index of some articles.
func withArticles(t testing.TB) []byte {
	t.Helper()
	articles := []postil.Article{
		{ID: "one", Title: "A merger", Text: forgedText, URL: "https://example.org/one", Published: "2026-01-02"},
		{ID: "two", Title: "Country", Text: "A song of the CMA, and a merger.\n\nMore about it", Headings: []string{"More about it"}, URL: "https://example.org/two"},
	}
	for i := range 6 {
		articles = append(articles, postil.Article{ID: fmt.Sprint("x", i), Title: "AI", Text: "The competition authority, " + strings.Repeat("an AI ", i), Published: fmt.Sprintf("2026-02-0%d", i+1)})
	}
	data, err := postil.Compile(smallGlossary, postil.CompileOptions{Articles: articles})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// segmentOf is the bytes of a section in an index.
func segmentOf(t testing.TB, data []byte, name string) []byte {
	t.Helper()
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range a.Info().Sections {
		if s.Name == name {
			return data[s.Offset : s.Offset+s.Length]
		}
	}
	t.Fatalf("no section %s", name)
	return nil
}

// forgeSegment gives an index and a segment in it the checksums of what is in them.
func forgeSegment(data, segment []byte) {
	end := len(segment) - 4
	binary.BigEndian.PutUint32(segment[end:], crc32.ChecksumIEEE(segment[:end]))
	forge(data)
}

// TestForgedArticles: whatever the segments of an index say with right checksums, it
// is refused, or all can be asked of it, twice, without a panic, for ever waiting, or
// taking memory that the index does not explain.
func TestForgedArticles(t *testing.T) {
	data := withArticles(t)
	r := rand.New(rand.NewPCG(1, uint64(*forgeries)))
	passed, n := 0, *forgeries
	if testing.Short() {
		n /= 5
	}
	for i := range n {
		d := bytes.Clone(data)
		segment := segmentOf(t, d, []string{"articles", "articles", "termtext"}[i%3])
		for range 1 + r.IntN(2) {
			fulltexttest.Spoil(r, segment)
		}
		forgeSegment(d, segment)
		if askForged(t, fmt.Sprint("forgery ", i), d) {
			passed++
		}
	}
	t.Logf("%d of %d passed", passed, n)
}

// askForged reports whether an index is in order, and then asks all of it.
func askForged(t *testing.T, what string, data []byte) bool {
	t.Helper()
	a, err := postil.Open(data)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	sound := a.Verify() == nil
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- fmt.Errorf("panic: %v", r)
			}
		}()
		b, err := postil.Open(data) // as who has it from a store
		done <- errors.Join(err, askAll(b), askAll(b))
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	case <-time.After(20 * time.Second):
		t.Fatalf("%s: no answer", what)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 256<<20 {
		t.Errorf("%s takes %d bytes", what, n)
	}
	return sound
}

var forgedQuestions = []string{
	"merger", "cma song", `"the competition authority"`, "me*", "text:*", "mergr~1", "text:/m.*r/", "+merger -song", `published:>"2026-01-01"`,
	"terms:cma", "url:https*", "title:a*", "headings:more", "*", "merger^99999999999999999999", "_id:one", "length:*", "suggest:*",
}

// askAll asks everything that reads segments. Errors are none, but for those of a
// panic and for answers that are not JSON.
func askAll(a *postil.Annotator) error {
	var all []error
	answer := func(what string, json []byte, err error) {
		if err != nil && strings.Contains(err.Error(), "runtime error") || err == nil && !sane(json) {
			all = append(all, fmt.Errorf("%s: %v %s", what, err, json))
		}
	}
	for _, text := range forgedQuestions {
		for _, brief := range []bool{false, true} {
			r, err := a.Search(postil.SearchQuery{Text: text, Brief: brief, Limit: 1 + len(text)%5, Offsets: postil.UTF16})
			if err == nil {
				answer(text, r.AppendJSON(nil), nil)
				_, err = a.Search(postil.SearchQuery{Text: text, Cursor: r.Next})
			}
			answer(text, nil, err)
		}
	}
	for _, order := range []postil.MentionOrder{postil.NewestFirst, postil.RelevantFirst} {
		r, err := a.Mentions(postil.MentionQuery{Term: "cma", Order: order})
		if err == nil {
			answer("mentions", r.AppendJSON(nil), nil)
		}
		answer("mentions", nil, err)
	}
	for _, id := range []string{"one", "two", "x3", "nothing"} {
		x, err := a.Article(id)
		text, _ := json.Marshal(x)
		answer("article", text, err)
		_, err = a.Related(id, 3)
		answer("related", nil, err)
	}
	for _, typed := range []string{"a", "mer", "compettion"} {
		s, err := a.Suggest(typed, 0)
		if err == nil {
			answer("suggest", s.AppendJSON(nil), nil)
		}
		answer("suggest", nil, err)
	}
	return errors.Join(all...)
}

func sane(text []byte) bool { return text == nil || json.Valid(text) && utf8.Valid(text) }

// TestForgedPlaces: the segments that were made to kill or stop a whole server are
// refused, by Verify and, as if there had been none, by who searches.
func TestForgedPlaces(t *testing.T) {
	data := withArticles(t)
	for name, spoil := range map[string]func(t *testing.T, segment []byte){
		"a value in lists without end": spoilStored,
		"a dictionary without end":     spoilDictionaries,
		"a mark that ends before it begins": func(t *testing.T, segment []byte) {
			replaceOnce(t, segment, []byte{5, 18, 24, 0}, []byte{5, 24, 18, 0})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := bytes.Clone(data)
			segment := segmentOf(t, d, "articles")
			spoil(t, segment)
			forgeSegment(d, segment)
			a, err := postil.Open(d)
			if err != nil {
				t.Fatal(err)
			}
			for what, err := range map[string]error{"Verify": a.Verify(), "Search": searchError(a), "Search again": searchError(a)} {
				if f := (*postil.FormatError)(nil); !errors.As(err, &f) {
					t.Errorf("%s: %v is not a *FormatError", what, err)
				}
			}
			askForged(t, name, d)
		})
	}
}

func searchError(a *postil.Annotator) error {
	_, err := a.Search(postil.SearchQuery{Text: "merger"})
	return err
}

// TestForgedMarks: marks that are not of the text are left out.
func TestForgedMarks(t *testing.T) {
	end := byte(len(forgedText))
	for _, mark := range [][2]byte{{18, 127}, {100, 127}, {127, 127}, {0, end - 1}, {end - 1, end}, {end, end}} {
		d := withArticles(t)
		segment := segmentOf(t, d, "articles")
		replaceOnce(t, segment, []byte{5, 18, 24, 0}, []byte{5, mark[0], mark[1], 0})
		forgeSegment(d, segment)
		if !askForged(t, fmt.Sprint("marks ", mark), d) {
			t.Errorf("marks %d: it is refused", mark)
		}
	}
}

func replaceOnce(t *testing.T, b, old, with []byte) {
	t.Helper()
	at := bytes.Index(b, old)
	if at < 0 || bytes.Contains(b[at+1:], old) {
		t.Fatalf("% x is not there once", old)
	}
	copy(b[at:], with)
}

// spoilStored says of the first stored value that it has two thousand million
// places in lists.
func spoilStored(t *testing.T, b []byte) {
	t.Helper()
	be := binary.BigEndian
	footer := b[len(b)-52:]
	for doc := range be.Uint64(footer) {
		at := be.Uint64(b[be.Uint64(footer[8:])+8*doc:])
		head := b[at:]
		_, n := binary.Uvarint(head)
		_, m := binary.Uvarint(head[n:])
		meta := head[n+m:]
		_, id := binary.Uvarint(meta)
		copy(meta[id+2:], binary.AppendUvarint([]byte{0, 0}, 1<<31))
	}
}

// spoilDictionaries says of all dictionaries that they are two million bytes long.
func spoilDictionaries(t *testing.T, b []byte) {
	t.Helper()
	for i := range b { // a head of two numbers, 1 and 0, stands behind the length
		if bytes.HasPrefix(b[i:], []byte{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) && i > 2 && b[i-2] >= 0x80 {
			b[i-1] = 0x7f
		}
	}
}
