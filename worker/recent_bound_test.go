package worker

import (
	"bytes"
	"fmt"
	"testing"
)

func TestRecentStaysWithinItsRoom(t *testing.T) {
	const room = 64 << 10
	c := newRecent(room)
	text := func(i int) []byte { return bytes.Repeat(fmt.Append(nil, i, " "), 1+i%97) }
	for i := range 5000 {
		c.put("how", text(i), &answer{body: text(i)})
		held := 0
		for _, q := range c.pages.Values() {
			held += q.size()
		}
		if held != c.size || held > room {
			t.Fatalf("after %d texts %d bytes are held, counted as %d, of %d", i+1, held, c.size, room)
		}
	}
	last := text(4999)
	if a := c.get("how", last); a == nil || !bytes.Equal(a.body, last) {
		t.Error("the last text is not kept")
	}
	if c.get("otherwise", last) != nil || c.get("how", last[1:]) != nil {
		t.Error("what was not asked for is answered")
	}
	c.put("how", last, &answer{body: last}) // again, as two do who ask at once
	if n := c.pages.Len(); n == 0 || c.size > room {
		t.Errorf("%d kept in %d bytes", n, c.size)
	}
	if c.put("large", nil, &answer{body: make([]byte, room/4)}); c.get("large", nil) != nil {
		t.Error("one answer takes a quarter of the room")
	}
}

// TestRecentComparesTexts stands in for a text made to have another one's sum.
func TestRecentComparesTexts(t *testing.T) {
	c := newRecent(1 << 20)
	c.put("how", []byte("one"), &answer{body: []byte("1")})
	q, _ := c.pages.Peek(hash("how", []byte("one")))
	c.pages.Add(hash("how", []byte("two")), q)
	if a := c.get("how", []byte("two")); a != nil {
		t.Errorf("another text's answer: %s", a.body)
	}
}
