package worker

import (
	"bytes"
	"net/http"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"
	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// DefaultRecent is how much of recent texts and answers is kept, in bytes, unless
// Options.Recent says otherwise.
const DefaultRecent = 4 << 20

// recent keeps the last texts with their answers: all readers of a page send the
// same text, and an index answers it the same every time. It is safe for
// concurrent use.
type recent struct {
	limit int // bytes of bodies and answers

	mu    sync.Mutex
	size  int
	pages *simplelru.LRU[uint64, *asked]
}

// asked is a request, as far as its answer depends on it, and the answer.
type asked struct {
	how, body string
	answer    *answer
}

// fixed is about what an entry takes beside body and answer.
const fixed = 512

func (q *asked) size() int { return len(q.how) + len(q.body) + len(q.answer.body) + fixed }

// newRecent keeps so many bytes; if they are not positive, nothing.
func newRecent(limit int) *recent {
	c := &recent{limit: limit}
	c.pages, _ = simplelru.NewLRU(max(1, limit/fixed), func(_ uint64, q *asked) { c.size -= q.size() })
	return c
}

// how is what the answer to a text depends on beside the text.
func (s *server) how(r *http.Request, kind string) string {
	return strings.Join([]string{s.annotator.Digest(), kind, header(r, "Accept"), r.URL.RawQuery, s.address(r)}, "\xff")
}

func hash(how string, body []byte) uint64 {
	d := xxhash.New()
	d.WriteString(how)
	d.Write([]byte{0xff})
	d.Write(body)
	return d.Sum64()
}

// get returns the answer to a text that was asked for not long ago, or nil. It is
// the caller's, all but its bytes.
func (c *recent) get(how string, body []byte) *answer {
	if c.limit <= 0 {
		return nil
	}
	sum := hash(how, body)
	c.mu.Lock()
	q, ok := c.pages.Get(sum)
	c.mu.Unlock()
	// Texts can be made that have equal sums.
	if !ok || q.how != how || q.body != string(body) {
		return nil
	}
	a := *q.answer
	return &a
}

// put keeps an answer for the next who sends the same. What takes more than an
// eighth of the room would push out too much else.
func (c *recent) put(how string, body []byte, a *answer) {
	q := &asked{how: how, answer: a}
	if q.size()+len(body) > c.limit/8 {
		return
	}
	q.body = string(body)
	kept := *a
	kept.body, kept.spans = bytes.Clone(a.body), nil // without the room to grow
	q.answer = &kept
	sum := hash(how, body)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages.Remove(sum)
	c.pages.Add(sum, q)
	for c.size += q.size(); c.size > c.limit; {
		c.pages.RemoveOldest()
	}
}
