package worker

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/html"

	"postil"
)

// annotate answers POST /v1/annotate: with the annotations as JSON or
// JSON-LD or, for HTML, with the source in which the mentions are marked.
func (s *server) annotate(r *http.Request) (*answer, error) {
	start := time.Now()
	kind, err := contentType(r, accepted[:]...)
	if err != nil {
		return nil, err
	}
	if err := s.inflate(r); err != nil {
		return nil, err
	}
	if kind == mediaLines {
		return s.annotateLines(r)
	}
	body, err := s.readBody(r)
	if err != nil {
		return nil, err
	}
	how := s.how(r, kind)
	if a := s.recent.get(how, body); a != nil {
		a.spans = []span{{"recent", time.Since(start)}}
		return a, nil
	}
	done, err := s.turns.take(r.Context())
	if err != nil {
		return nil, err
	}
	defer done()
	in, err := s.readInput(r, kind, body)
	if err != nil {
		return nil, err
	}
	offers := []string{mediaJSON, mediaLD}
	if in.html {
		offers = append(offers, mediaHTML)
	}
	media, err := negotiate(r, offers...)
	if err != nil {
		return nil, err
	}
	if in.source != "" && media != mediaLD {
		return nil, in.at("source", "source is for linked data: send Accept: application/ld+json")
	}
	if in.minify && media != mediaHTML {
		return nil, in.at("minify", "minify is for annotated HTML: send HTML and Accept: text/html")
	}
	parsed := time.Now()
	a := &answer{kind: media, cache: "no-store", vary: "Accept", spans: []span{{"parse", parsed.Sub(start)}}}
	if media == mediaHTML {
		err = s.mark(a, in)
	} else {
		err = s.find(a, in, r)
	}
	if err != nil {
		return nil, in.told(err)
	}
	s.recent.put(how, body, a)
	return a, nil
}

// find answers with the annotations as JSON or, if that is the answer's kind,
// as JSON-LD.
func (s *server) find(a *answer, in *input, r *http.Request) error {
	start := time.Now()
	run := s.annotator.Annotate
	if in.html {
		run = s.annotator.AnnotateHTML
	}
	media := a.kind
	in.MaxMentions = maxMentions
	result, err := run(in.text, in.Options)
	if errors.Is(err, postil.ErrTooMany) {
		return tooMuch(media, &in.Options)
	}
	if err != nil {
		return err
	}
	found := time.Now()
	result.MaxBytes = maxAnswer
	a.body = make([]byte, 0, 2*len(in.text)+16<<10) // seldom grows
	if media == mediaLD {
		a.kind += `; profile="` + annotationProfile + `"`
		a.body = result.AppendJSONLD(a.body, s.linked(r, in.source))
	} else {
		a.body = result.AppendJSON(a.body)
	}
	if len(a.body) > maxAnswer {
		return tooMuch(media, &in.Options)
	}
	a.spans = append(a.spans, span{"annotate", found.Sub(start)}, span{"encode", time.Since(found)})
	return nil
}

// mark answers with the HTML source, its mentions marked.
func (s *server) mark(a *answer, in *input) error {
	start := time.Now()
	in.MaxMentions = maxMentions
	marked, _, err := s.annotator.MarkHTML(nil, in.text, in.Options)
	if errors.Is(err, postil.ErrTooMany) || len(marked) > maxAnswer {
		return tooMuch(mediaHTML, &in.Options)
	}
	if err != nil {
		return err
	}
	a.spans = append(a.spans, span{"annotate", time.Since(start)})
	a.kind = mediaHTML + "; charset=utf-8"
	// The markup is the client's own, sent back from this origin: it must not
	// run here.
	a.header = [][2]string{{"Content-Security-Policy", "sandbox"}}
	a.body = marked
	if in.minify {
		found := time.Now()
		if a.body, err = minifyHTML(marked); err != nil {
			return err
		}
		a.spans = append(a.spans, span{"minify", time.Since(found)})
	}
	return nil
}

// minifyHTML removes what a browser does not need and no selector or script of
// the page can depend on.
func minifyHTML(src []byte) ([]byte, error) {
	m := html.Minifier{
		KeepDefaultAttrVals: true,
		KeepDocumentTags:    true,
		KeepEndTags:         true,
		KeepQuotes:          true,
		KeepSpecialComments: true,
	}
	var b bytes.Buffer
	b.Grow(len(src))
	if err := m.Minify(minify.New(), &b, bytes.NewReader(src), nil); err != nil {
		return nil, &Problem{Status: http.StatusUnprocessableEntity, Detail: fmt.Sprintf("the HTML cannot be minified: %v", err)}
	}
	return b.Bytes(), nil
}
