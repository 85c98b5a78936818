package worker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"postil"
	"postil/internal/ask"
	"postil/internal/store"
)

// PageOptions configures GET /v1/page, which shows the pages of some origins with
// their terms marked. Without origins there is no such path.
type PageOptions struct {
	// Origins are the web origins ("https://example.org") whose pages may be asked
	// for. Redirects lead nowhere else.
	Origins []string
	// Transport makes one request to an origin. It follows no redirect, sends and
	// keeps no cookie, reaches no address that is not public, and ends in time.
	Transport http.RoundTripper
	// Decode turns text in the encoding of a label ("windows-1252") into UTF-8. If
	// it is nil, pages are in UTF-8 or refused.
	Decode func(label string, text []byte) (string, error)
}

// maxRedirects is how many redirects of an origin are followed.
const maxRedirects = 5

// A pageQuery is what a client wants to see, and how.
type pageQuery struct {
	input
	address string
}

// pageOptions are the address and those options that show in a page.
func pageOptions(q *pageQuery) []ask.Option {
	of := slices.DeleteFunc(annotateOptions(&q.input), func(o ask.Option) bool {
		switch o.Name {
		case "offsets", "candidates", "explain", "abbreviations", "source": // of answers in JSON
			return true
		}
		return false
	})
	return append([]ask.Option{ask.Text("url", &q.address)}, of...)
}

// page answers GET /v1/page: a page of an origin, its mentions marked, with the
// script that shows the card.
func (s *server) page(r *http.Request) (*answer, error) {
	start := time.Now()
	in, err := s.newInput(postil.Options{Occurrences: postil.OccurrencesFirst})
	if err != nil {
		return nil, err
	}
	q := pageQuery{input: *in}
	if err := readQuery(r, pageOptions(&q)...); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaHTML); err != nil {
		return nil, err
	}
	ours, err := s.own(r)
	if err != nil {
		return nil, err
	}
	wanted, err := s.pageAddress(q.address)
	if err != nil {
		return nil, err
	}
	if strings.Contains(header(r, "Via"), viaName) {
		return nil, unprocessable(Detail{Detail: "the address leads back to this service", Parameter: "url"})
	}
	got, err := s.fetch(r.Context(), wanted)
	if err != nil {
		return nil, err
	}
	arrived := time.Now()
	done, err := s.turns.take(r.Context())
	if err != nil {
		return nil, err
	}
	defer done()
	q.MaxMentions = maxMentions
	marked, _, err := s.annotator.MarkHTML(nil, got.text, q.Options)
	if err != nil && !errors.Is(err, postil.ErrTooMany) {
		return nil, err
	}
	if err != nil || len(marked) > maxAnswer {
		return nil, unfit(fmt.Sprintf("the page would be longer than %d bytes with its terms marked", maxAnswer))
	}
	a := &answer{kind: mediaHTML + "; charset=utf-8", cache: got.cache, vary: "Accept"}
	a.body, a.header = got.dress(marked, ours)
	a.spans = []span{{"fetch", arrived.Sub(start)}, {"annotate", time.Since(arrived)}}
	if q.minify {
		if a.body, err = minifyHTML(a.body); err != nil {
			return nil, err
		}
	}
	if a.cache != "no-store" {
		a.tag = s.entityTag(mediaHTML, string(a.body), fmt.Sprint(a.header))
	}
	return a, nil
}

// pageAddress reads the address of a page of one of the origins.
func (s *server) pageAddress(address string) (*url.URL, error) {
	refuse := func(reason string) error {
		return unprocessable(Detail{Detail: fmt.Sprintf("url is %q, %s", short(address), reason), Parameter: "url"})
	}
	if address == "" {
		return nil, unprocessable(Detail{Detail: "url is missing: it is the address of the page", Parameter: "url"})
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return nil, refuse("want an absolute address")
	}
	if u.User != nil {
		return nil, refuse("want an address without a name and a password")
	}
	if !s.allowsPage(u) {
		return nil, &Problem{
			Status: http.StatusForbidden,
			Detail: fmt.Sprintf("pages of %s are not served here", short(originOf(u))),
			Errors: []Detail{{Detail: "its origin is not one of those that are configured", Parameter: "url"}},
		}
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

func (s *server) allowsPage(u *url.URL) bool {
	return slices.ContainsFunc(s.Pages.Origins, func(allowed string) bool {
		o, err := url.Parse(allowed)
		return err == nil && o.Host != "" && originOf(o) == originOf(u)
	})
}

// originOf is the origin of an address: scheme, host and port.
func originOf(u *url.URL) string {
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch scheme {
	case "https":
		host = strings.TrimSuffix(host, ":443")
	case "http":
		host = strings.TrimSuffix(host, ":80")
	}
	return scheme + "://" + host
}

// A fetched page is what an origin answered.
type fetched struct {
	address *url.URL // after redirects
	text    string
	header  http.Header
	cache   string // Cache-Control of our answer
}

// viaName says in the header Via that a request is this program's.
const viaName = "postil"

// fetch gets a page, through redirects within the origins.
func (s *server) fetch(ctx context.Context, u *url.URL) (*fetched, error) {
	for range maxRedirects + 1 {
		r := (&http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Header: http.Header{
			"Accept":     {mediaHTML},
			"User-Agent": {"Postil (annotates pages for their publisher)"},
			"Via":        {"1.1 " + viaName},
		}}).WithContext(ctx)
		res, err := s.Pages.Transport.RoundTrip(r)
		if err != nil {
			return nil, unreached(ctx, u, err)
		}
		to := res.Header.Get("Location")
		if to == "" || !redirects(res.StatusCode) {
			got, err := s.read(ctx, u, res)
			res.Body.Close()
			return got, err
		}
		res.Body.Close()
		next, err := u.Parse(to)
		if err != nil || next.User != nil || !s.allowsPage(next) {
			return nil, badGateway(u, "redirects to an address that is not served here")
		}
		next.Fragment, next.RawFragment = "", ""
		u = next
	}
	return nil, badGateway(u, fmt.Sprintf("redirects more than %d times", maxRedirects))
}

func redirects(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// read takes the page out of an origin's answer.
func (s *server) read(ctx context.Context, u *url.URL, res *http.Response) (*fetched, error) {
	switch {
	case res.StatusCode == http.StatusNotFound, res.StatusCode == http.StatusGone:
		return nil, &Problem{Status: http.StatusNotFound, Detail: fmt.Sprintf("%s answers %d: it has no such page", originOf(u), res.StatusCode)}
	case res.StatusCode != http.StatusOK:
		return nil, badGateway(u, fmt.Sprintf("answers %d", res.StatusCode))
	}
	kind, parameters, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) || kind != mediaHTML {
		return nil, unfit(fmt.Sprintf("the address gives %s, want text/html", cut(kind, "no media type")))
	}
	if coding := res.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return nil, unfit(fmt.Sprintf("the page is compressed with %s, which nobody asked for", short(coding)))
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, s.MaxBody+1))
	if err != nil {
		return nil, unreached(ctx, u, err)
	}
	if int64(len(data)) > s.MaxBody {
		return nil, unfit(fmt.Sprintf("the page is longer than %d bytes", s.MaxBody))
	}
	text, err := decode(data, parameters["charset"], s.Pages.Decode)
	if err != nil {
		return nil, err
	}
	got := &fetched{address: u, text: text, header: res.Header, cache: "public, no-cache"}
	for _, word := range []string{"no-store", "private"} {
		if strings.Contains(strings.ToLower(strings.Join(res.Header.Values("Cache-Control"), ",")), word) {
			got.cache = "no-store"
		}
	}
	return got, nil
}

func unfit(detail string) *Problem { return unprocessable(Detail{Detail: detail, Parameter: "url"}) }

func cut(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return short(s)
}

func badGateway(u *url.URL, what string) *Problem {
	return &Problem{Status: http.StatusBadGateway, Detail: originOf(u) + " " + what}
}

// unreached says that an origin did not answer. Why is for the log alone: it may
// tell of the network that the server is in.
func unreached(ctx context.Context, u *url.URL, err error) error {
	var network net.Error
	switch {
	case errors.Is(err, store.ErrWait), ctx.Err() != nil:
		return err
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return fmt.Errorf("%w: %w", &Problem{Status: http.StatusGatewayTimeout, Detail: originOf(u) + " does not answer in time"}, err)
	}
	return fmt.Errorf("%w: %w", badGateway(u, "cannot be reached"), err)
}
