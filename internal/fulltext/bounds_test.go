package fulltext

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v16"
)

// transducer is a dictionary of these words, all with one value.
func transducer(t *testing.T, words []string) *verifier {
	t.Helper()
	var b bytes.Buffer
	w, err := vellum.New(&b, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range words {
		if err := w.Insert([]byte(word), zap.FSTValEncode1Hit(0, 1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &verifier{footer: footer{docs: 1}, body: b.Bytes(), left: uint64(b.Len()), steps: 1 << 20}
}

func passes(v *verifier) bool { return v.dictionary(v.body) }

// TestDictionary: few bytes must not stand for many words, nor for one without end.
func TestDictionary(t *testing.T) {
	all := []string{""}
	for range 12 {
		var longer []string
		for _, w := range all {
			longer = append(longer, w+"a", w+"b")
		}
		all = longer
	}
	v := transducer(t, all)
	if !passes(v) {
		t.Error("4,096 words are refused")
	}
	if v = transducer(t, all); len(v.body) > 200 {
		t.Fatalf("they take %d bytes", len(v.body))
	}
	if v.steps = 8000; passes(v) {
		t.Error("as many words as there are steps for twice pass")
	}
	if !passes(transducer(t, []string{strings.Repeat("a", maxWord)})) {
		t.Error("the longest word is refused")
	}
	if passes(transducer(t, []string{strings.Repeat("a", maxWord+1)})) {
		t.Error("a longer word passes")
	}
}

// TestOpenVerifies: a segment of somebody else's is read before it is opened, and even
// in one that has been, a dictionary beyond the segment is refused: zap would panic,
// with a lock held that all searches wait for.
func TestOpenVerifies(t *testing.T) {
	for name, spoil := range map[string]func(b []byte){
		"chunks": func(b []byte) { binary.BigEndian.PutUint32(b[len(b)-12:], 1) },
		"dictionary": func(b []byte) {
			head := append([]byte{1}, make([]byte, 15)...) // after two bytes of its length
			at := bytes.Index(b, head)
			for b[at-2] < 0x80 {
				at += 1 + bytes.Index(b[at+1:], head)
			}
			b[at-1] = 0x7f
		},
	} {
		d := sample(t, 40)
		spoil(d)
		binary.BigEndian.PutUint32(d[len(d)-4:], crc32.ChecksumIEEE(d[:len(d)-4]))
		_, err := Open([]Segment{{ID: "forged", Data: d}}, Options{})
		if s := (*SegmentError)(nil); !errors.As(err, &s) || !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
		_, err = openBase(d, true)
		if name == "dictionary" && (!errors.Is(err, ErrCorrupt) || strings.Contains(err.Error(), "runtime error")) {
			t.Errorf("%s, verified: %v", name, err)
		}
	}
}

// TestBounds: what cannot be searched within bounds is not made.
func TestBounds(t *testing.T) {
	long := strings.Repeat("x", maxWord+1)
	data, err := Build([]Article{{ID: "a", Text: "first " + long + " last", URL: "https://example.org/" + long}}, "")
	if err != nil {
		t.Fatal(err)
	}
	x, err := Open([]Segment{{Data: data}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"first": 1, "last": 1, "text:xxx*": 0} {
		if r, err := x.Search(t.Context(), Request{Text: text}); err != nil || r.Total != want {
			t.Errorf("%s: %+v, %v", text, r, err)
		}
	}
	var refused *ArticleError
	if _, err := Build([]Article{{ID: "a", Text: strings.Repeat("x ", maxStored/2)}}, ""); !errors.As(err, &refused) {
		t.Errorf("an article that is too long: %v", err)
	}
}
