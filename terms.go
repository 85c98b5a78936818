package postil

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"postil/internal/text"
)

// Term returns the term with an id, hidden ones too. For one that the index
// lacks the error wraps ErrNoTerm; any other is a *FormatError.
func (a *Annotator) Term(id string) (Term, error) {
	i, err := a.number(id)
	if errors.Is(err, ErrNoTerm) {
		return Term{}, fmt.Errorf("%w: %q", err, id)
	}
	if err != nil {
		return Term{}, err
	}
	r, err := a.record(i)
	if err != nil {
		return Term{}, err
	}
	return r.term()
}

// AppendTermJSON appends the JSON object of a visible term, all its fields. For
// one that the index lacks or hides the error wraps ErrNoTerm; any other is a
// *FormatError.
func (a *Annotator) AppendTermJSON(dst []byte, id string) ([]byte, error) {
	i, err := a.visible(id)
	if err != nil {
		return dst, err
	}
	r, err := a.record(i)
	if err != nil {
		return dst, err
	}
	return append(dst, r.json...), nil
}

// visible is number for those that are not hidden.
func (a *Annotator) visible(id string) (int, error) {
	i, err := a.number(id)
	if err == nil && a.attributes(uint32(i)).hidden() {
		err = ErrNoTerm
	}
	return i, err
}

// TermQuery selects visible terms, in the order of their labels without regard
// to case.
type TermQuery struct {
	// Prefix is what labels begin with, without regard to case.
	Prefix string
	// Kind keeps one kind; "" keeps all.
	Kind string
	// Cursor is the next of an earlier query with the same Prefix and Kind.
	Cursor string
	// Limit is the largest number of terms to return; 0 means 100. A negative one is
	// a *ValueError.
	Limit int
}

// Terms lists terms. next is the cursor of the page after this one, or "". For a
// cursor that is not of this index the error wraps ErrCursor.
func (a *Annotator) Terms(q TermQuery) (terms []Term, next string, err error) {
	next, err = a.page(q, func(r *record) error {
		t, err := r.term()
		terms = append(terms, t)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	return terms, next, nil
}

// AppendTermsJSON appends what Terms lists as the JSON object of the HTTP
// interface: index, terms with all their fields, next.
func (a *Annotator) AppendTermsJSON(dst []byte, q TermQuery) ([]byte, error) {
	start := len(dst)
	dst = appendString(append(dst, `{"index":`...), a.Digest())
	dst = append(dst, `,"terms":[`...)
	first := true
	next, err := a.page(q, func(r *record) error {
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = append(dst, r.json...)
		return nil
	})
	if err != nil {
		return dst[:start], err
	}
	return append(appendNext(append(dst, ']'), next), '}'), nil
}

// page calls f for each term of a page and returns the cursor of the one after it.
func (a *Annotator) page(q TermQuery, f func(*record) error) (next string, err error) {
	switch {
	case q.Limit == 0:
		q.Limit = 100
	case q.Limit < 0:
		return "", &ValueError{Option: "limit", Value: strconv.Itoa(q.Limit), Reason: "want a whole number from 1 on"}
	}
	prefix := foldLabel(q.Prefix)
	from, err := a.startOf(prefix, q.Cursor)
	if err != nil {
		return "", err
	}
	last := ""
	for i, listed := from, 0; i < a.terms.Len(); i++ {
		n := a.byLabel(i)
		r, err := a.record(n)
		if err != nil {
			return "", err
		}
		if !strings.HasPrefix(r.label, prefix) {
			break
		}
		at := a.attributes(uint32(n))
		if at.hidden() || q.Kind != "" && a.kindName(at.kind) != q.Kind {
			continue
		}
		if listed == q.Limit {
			return last, nil
		}
		if err := f(&r); err != nil {
			return "", err
		}
		listed, last = listed+1, r.id
	}
	return "", nil
}

// AllTerms yields all the terms that a query selects, from its Cursor on; of
// these Limit are in memory at a time. An error is the last that it yields.
func (a *Annotator) AllTerms(q TermQuery) iter.Seq2[Term, error] {
	return func(yield func(Term, error) bool) {
		for {
			page, next, err := a.Terms(q)
			if err != nil {
				yield(Term{}, err)
				return
			}
			for _, t := range page {
				if !yield(t, nil) {
					return
				}
			}
			if next == "" {
				return
			}
			q.Cursor = next
		}
	}
}

// startOf returns the place in the order of labels where a query begins.
func (a *Annotator) startOf(prefix, cursor string) (int, error) {
	after, id := prefix, ""
	if cursor != "" {
		n, err := a.number(cursor)
		if errors.Is(err, ErrNoTerm) {
			return 0, fmt.Errorf("%w: %q", ErrCursor, cursor)
		}
		if err != nil {
			return 0, err
		}
		r, err := a.record(n)
		if err != nil {
			return 0, err
		}
		after, id = r.label, r.id
	}
	return a.firstTerm(func(i int) (bool, error) {
		r, err := a.record(a.byLabel(i))
		if id == "" {
			return r.label >= after, err
		}
		return r.label > after || r.label == after && r.id > id, err
	})
}

// byLabel is the number of the i-th term in the order of labels.
func (a *Annotator) byLabel(i int) int {
	n := int(binary.LittleEndian.Uint32(a.order[4*i:]))
	return min(n, a.terms.Len()-1)
}

func (a *Annotator) kindName(kind int) string {
	if kind == 0 || kind > len(a.meta.Kinds) {
		return ""
	}
	return a.meta.Kinds[kind-1]
}

// foldLabel is the form in which labels are compared and sorted.
func foldLabel(s string) string {
	return string(text.Fold(nil, s))
}
