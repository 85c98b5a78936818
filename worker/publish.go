package worker

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"postil"
	"postil/internal/ask"
	"postil/internal/site"
	"postil/internal/store"
)

// mediaIndex is the media type of an index.
const mediaIndex = "application/octet-stream"

// publisher is the site that a request changes, if it may.
func (s *server) publisher(r *http.Request) (site.Site, error) {
	at := site.Site{Store: s.Store, Name: r.PathValue("site"), Pause: s.Pause}
	if !site.ValidName(at.Name) {
		return at, noSite(at.Name)
	}
	if err := s.authorize(r, at.Name); err != nil {
		return at, err
	}
	_, err := negotiate(r, mediaJSON)
	return at, err
}

// versions answers GET /s/{site}/v1/index with the versions of a site's index.
func (s *server) versions(r *http.Request) (*answer, error) {
	at, err := s.publisher(r)
	if err != nil {
		return nil, err
	}
	if err := readQuery(r); err != nil {
		return nil, err
	}
	h, _, err := at.Read(r.Context(), "")
	return s.history(r, at, h, err)
}

// publish answers PUT /s/{site}/v1/index: it takes an index into use once all of
// it has been checked and stored.
func (s *server) publish(r *http.Request) (*answer, error) {
	at, err := s.publisher(r)
	if err != nil {
		return nil, err
	}
	allow(r, s.SiteMemory)
	if err := readQuery(r); err != nil {
		return nil, err
	}
	if kind, _, _ := mime.ParseMediaType(header(r, "Content-Type")); kind != mediaIndex {
		return nil, &Problem{
			Status: http.StatusUnsupportedMediaType,
			Detail: fmt.Sprintf("Content-Type is %q, want %s", header(r, "Content-Type"), mediaIndex),
			Errors: []Detail{{Detail: "want " + mediaIndex, Header: "Content-Type"}},
		}
	}
	if encoding := header(r, "Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return nil, &Problem{
			Status: http.StatusUnsupportedMediaType,
			Detail: fmt.Sprintf("Content-Encoding is %q, and an index is taken as it is: send it uncompressed", encoding),
			Errors: []Detail{{Detail: "want none", Header: "Content-Encoding"}},
		}
	}
	data, err := s.readIndex(r)
	if err != nil {
		return nil, err
	}
	a, err := postil.OpenWith(data, postil.OpenOptions{Languages: s.Languages})
	if err == nil {
		err = a.Verify()
	}
	if err != nil {
		return nil, &Problem{Status: http.StatusUnprocessableEntity, Detail: fmt.Sprintf("this cannot be published: %v", err)}
	}
	h, err := at.Publish(r.Context(), a.Digest(), data, time.Now())
	return s.history(r, at, h, err)
}

func (s *server) readIndex(r *http.Request) ([]byte, error) {
	data, err := readUpTo(r, s.SiteMemory)
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return nil, &Problem{
			Status: http.StatusRequestEntityTooLarge,
			Detail: fmt.Sprintf("the index is longer than the %d bytes that this service keeps open: publish fewer articles, or run it with more memory for sites", tooLong.Limit),
		}
	case errors.Is(err, errEmpty):
		return nil, malformed("the body is empty: send an index that postil build made")
	}
	return data, err
}

// rollback answers POST /s/{site}/v1/index/rollback: it takes an older version
// into use again.
func (s *server) rollback(r *http.Request) (*answer, error) {
	at, err := s.publisher(r)
	if err != nil {
		return nil, err
	}
	var version string
	if err := readQuery(r, ask.Text("version", &version)); err != nil {
		return nil, err
	}
	h, err := at.Rollback(r.Context(), version)
	if errors.Is(err, site.ErrNoVersion) {
		if version == "" {
			return nil, &Problem{Status: http.StatusConflict, Detail: fmt.Sprintf("site %s has no version before this one", at.Name)}
		}
		return nil, unprocessable(Detail{Detail: fmt.Sprintf("site %s has no version %q", at.Name, short(version)), Parameter: "version"})
	}
	return s.history(r, at, h, err)
}

// history answers with a site's versions after what was done.
func (s *server) history(r *http.Request, at site.Site, h site.History, err error) (*answer, error) {
	if errors.Is(err, site.ErrUnknown) {
		return nil, noSite(at.Name)
	}
	if err != nil {
		return nil, unreachable(err)
	}
	s.sites.forget(at.Name)
	body := appendString([]byte(`{"site":`), at.Name)
	body = append(body, `,"versions":[`...)
	for i, v := range h {
		if i > 0 {
			body = append(body, ',')
		}
		body = appendString(append(body, `{"index":`...), v.Digest)
		body = strconv.AppendInt(append(body, `,"size":`...), v.Size, 10)
		body = appendString(append(body, `,"published":`...), v.Published.UTC().Format(time.RFC3339))
		body = append(body, '}')
	}
	return &answer{kind: mediaJSON, body: append(body, "]}"...), cache: "no-store"}, nil
}

// unreachable says that the store could not be read or written.
func unreachable(err error) error {
	if errors.Is(err, store.ErrWait) {
		return err
	}
	return fmt.Errorf("the store: %w: %w", err, unavailable)
}
