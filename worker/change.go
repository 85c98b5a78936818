package worker

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"postil"
	"postil/internal/live"
	"postil/internal/store"
)

// writable checks that a request may change the articles.
func (s *server) writable(r *http.Request) error {
	if s.live == nil {
		return &Problem{Status: http.StatusForbidden, Detail: "this service takes no articles: it has been given no store to keep them in"}
	}
	if err := s.authorize(r, s.site); err != nil {
		return err
	}
	_, err := negotiate(r, mediaJSON)
	return err
}

// putArticle answers PUT /v1/articles/{id}: it annotates the article, makes it
// searchable, and keeps it.
func (s *server) putArticle(r *http.Request) (*answer, error) {
	if err := s.writable(r); err != nil {
		return nil, err
	}
	a, err := s.readArticle(r)
	if err != nil {
		return nil, err
	}
	v, created, err := s.live.Put(r.Context(), a, condition(r))
	if err != nil {
		return nil, changeError(err)
	}
	stored, err := v.Article(a.ID)
	if errors.Is(err, postil.ErrNoArticle) {
		return nil, &Problem{Status: http.StatusPreconditionFailed, Detail: "another request has removed the article since"}
	}
	if err != nil {
		return nil, err
	}
	at := s.address(r) + r.URL.EscapedPath()
	res := &answer{kind: mediaJSON, body: articleJSON(&stored), cache: "no-store", header: [][2]string{{"Content-Location", at}}}
	// The representation at Content-Location, whose tag this is: RFC 9110,
	// sections 8.7 and 9.3.4.
	res.header = append(res.header, [2]string{"ETag", articleTag(res.body)})
	if created {
		res.status = http.StatusCreated
		res.header = append(res.header, [2]string{"Location", at})
	}
	return res, nil
}

// deleteArticle answers DELETE /v1/articles/{id}.
func (s *server) deleteArticle(r *http.Request) (*answer, error) {
	if err := s.writable(r); err != nil {
		return nil, err
	}
	if err := readQuery(r); err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	err := s.live.Delete(r.Context(), id, condition(r))
	if errors.Is(err, postil.ErrNoArticle) {
		return nil, noArticle(id)
	}
	if err != nil {
		return nil, changeError(err)
	}
	return &answer{status: http.StatusNoContent, cache: "no-store"}, nil
}

// changeError keeps the errors that problemFor knows, of the article and of the index
// among them; any other is the store's.
func changeError(err error) error {
	var problem *Problem
	if errors.As(err, &problem) || errors.Is(err, live.ErrFull) || errors.Is(err, store.ErrWait) || errors.Is(err, postil.ErrUTF8) || damaged(err) {
		return err
	}
	return unreachable(err)
}

// condition is what a request says about the article that it changes: RFC 9110,
// section 13.
func condition(r *http.Request) live.Check {
	match, none := header(r, "If-Match"), header(r, "If-None-Match")
	return func(now *postil.StoredArticle) error {
		tag := ""
		if now != nil {
			tag = articleTag(articleJSON(now))
		}
		switch {
		case match != "" && !listed(match, tag, false):
			return precondition("If-Match", tag)
		case none != "" && listed(none, tag, true):
			return precondition("If-None-Match", tag)
		}
		return nil
	}
}

// listed reports whether a list of entity tags has one, which is "" where there
// is nothing; "*" has any. A weak one counts only if weak says so.
func listed(list, tag string, weak bool) bool {
	if tag == "" {
		return false
	}
	for t := range strings.SplitSeq(list, ",") {
		t = strings.TrimSpace(t)
		if weak {
			t = strings.TrimPrefix(t, "W/")
		}
		if t == "*" || t == tag {
			return true
		}
	}
	return false
}

// precondition is the problem of an article that is not as a request has it.
func precondition(name, tag string) *Problem {
	p := &Problem{
		Status: http.StatusPreconditionFailed,
		Detail: "the article does not exist",
		Errors: []Detail{{Detail: "does not hold", Header: name}},
	}
	if tag != "" {
		p.Detail = fmt.Sprintf("the article exists, and its entity tag is %s: read it and decide again", tag)
		p.header = [][2]string{{"ETag", tag}}
	}
	return p
}
