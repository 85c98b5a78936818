package check

import (
	"hash/maphash"
	"slices"
	"strings"

	"postil"
	"postil/internal/text"
)

// owner is a term with a surface form.
type owner struct {
	term int
	form form
}

// ambiguity reports forms that name several terms where one of these does not
// say what context speaks for it. Forms are compared as the engine compares
// words; forms that differ in letter case are kept apart if one of them matches
// only as written.
func (c *checker) ambiguity() {
	// The first term that has a form, by the form's hash: few of a million forms
	// are shared, and where two hashes are equal by chance no term owns both.
	c.first, c.seed = make(map[uint64]int32, len(c.Terms)), maphash.MakeSeed()
	shared := map[uint64]bool{}
	for i := range c.Terms {
		for _, f := range formsOf(&c.Terms[i]) {
			normal := c.normal(f.written)
			if len(normal) == 0 {
				continue
			}
			hash := maphash.Bytes(c.seed, normal)
			if before, known := c.first[hash]; !known {
				c.first[hash] = int32(i)
			} else if int(before) != i {
				shared[hash] = true
			}
		}
	}
	if len(shared) == 0 {
		return
	}
	for _, all := range c.owners(shared) {
		c.shared(all)
	}
}

// owners lists the forms whose hashes are shared, by what is compared.
func (c *checker) owners(shared map[uint64]bool) map[string][]owner {
	owners := map[string][]owner{}
	for i := range c.Terms {
		for _, f := range formsOf(&c.Terms[i]) {
			if normal := c.normal(f.written); shared[maphash.Bytes(c.seed, normal)] {
				owners[string(normal)] = append(owners[string(normal)], owner{i, f})
			}
		}
	}
	return owners
}

// normal makes what is equal for forms that the engine takes for equal, letter
// case aside. It is valid until the next call.
func (c *checker) normal(written string) []byte {
	c.tokens = text.Tokens(c.tokens[:0], written)
	c.key = c.key[:0]
	for i, t := range c.tokens {
		if i > 0 {
			c.key = append(c.key, ' ')
		}
		c.key, _ = text.Normal(c.key, written[t.Start:t.End], c.analysis)
	}
	return c.key
}

// shared reports each owner of a form that has a rival and no context.
func (c *checker) shared(all []owner) {
	reported := map[int]bool{}
	several := all[0].term != all[len(all)-1].term
	for _, o := range all {
		c.sharing[o.term] = c.sharing[o.term] || several
		t := &c.Terms[o.term]
		if len(t.Context) > 0 || reported[o.term] || t.ID == "" {
			continue
		}
		if rivals := c.rivals(o, all); len(rivals) > 0 {
			reported[o.term] = true
			c.errorf(c.place(o.term, o.form), "ambiguous", "%q also names %s: give %s context, words that tell them apart",
				o.form.written, some(rivals), t.ID)
		}
	}
}

// maxNamed is how many rivals a message names.
const maxNamed = 3

// rivals lists other terms that a form may name, one more than are named.
func (c *checker) rivals(o owner, all []owner) []string {
	t := &c.Terms[o.term]
	var rivals []string
	for _, r := range all {
		rt := &c.Terms[r.term]
		if r.term == o.term || rt.ID == t.ID || !c.conflict(t, o.form, rt, r.form) || slices.Contains(rivals, rt.ID) {
			continue
		}
		if rivals = append(rivals, rt.ID); len(rivals) > maxNamed {
			break
		}
	}
	return rivals
}

// conflict reports whether a text can match both of two forms that are equal
// but for letter case and endings, and a reader would see the wrong one.
func (c *checker) conflict(a *postil.Term, f form, b *postil.Term, g form) bool {
	if a.Hidden && b.Hidden || !c.analysis.SameWords(f.written, g.written) {
		return false
	}
	return f.written == g.written || !c.exact(a.Case, f.written) && !c.exact(b.Case, g.written) || sameLetters(f.written, g.written)
}

// sameLetters compares two forms up to the end of the shorter one, so that a
// plural is the same as its singular, whatever apostrophes they have.
func sameLetters(a, b string) bool {
	a, b = strings.Map(plainApostrophe, a), strings.Map(plainApostrophe, b)
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

func plainApostrophe(r rune) rune {
	if text.IsApostrophe(r) {
		return '\''
	}
	return r
}

// some lists names, of which the last may stand for many.
func some(names []string) string {
	if len(names) > maxNamed {
		return strings.Join(names[:maxNamed], ", ") + " and others"
	}
	return strings.Join(names, ", ")
}
