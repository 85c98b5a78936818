// Package remote talks to a site of a running service: it publishes indexes
// there.
package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A Site is where a publisher's site is served, such as
// https://example.org/s/name.
type Site struct {
	// Pause is how long the first wait is before a request is made again; each
	// further one is twice as long.
	Pause time.Duration

	address string
	token   string
	client  *http.Client
}

// Version is an index that the site has had.
type Version struct {
	Index     string    `json:"index"` // its digest
	Size      int64     `json:"size"`  // bytes
	Published time.Time `json:"published"`
}

// ErrNoSite says that nothing has been published to the site yet.
var ErrNoSite = errors.New("nothing has been published there yet")

// New returns the site at an address, as somebody with a token sees it.
func New(address, token string) (*Site, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	before, name, ok := strings.Cut(strings.TrimSuffix(u.Path, "/"), "/s/")
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || !ok || name == "" || strings.Contains(name, "/") || u.RawQuery != "" {
		return nil, fmt.Errorf("%q is not the address of a site, such as https://example.org/s/name", address)
	}
	return &Site{Pause: 250 * time.Millisecond, address: u.Scheme + "://" + u.Host + before + "/s/" + name, token: token, client: &http.Client{CheckRedirect: stay}}, nil
}

// stay has a redirection answered as it is: another address is to be given by who
// holds the token, and a PUT would go on as a GET.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Versions lists the versions of the site's index, that in use first.
func (s *Site) Versions(ctx context.Context) ([]Version, error) {
	return s.do(ctx, http.MethodGet, "/v1/index", nil, nil)
}

// Publish takes an index into use and returns all versions. It calls progress
// while it sends.
func (s *Site) Publish(ctx context.Context, index []byte, progress func(sent int)) ([]Version, error) {
	return s.do(ctx, http.MethodPut, "/v1/index", index, progress)
}

// RollBack takes the version of a digest into use again.
func (s *Site) RollBack(ctx context.Context, digest string) ([]Version, error) {
	return s.do(ctx, http.MethodPost, "/v1/index/rollback?version="+url.QueryEscape(digest), nil, nil)
}

// tries is how often a request is made that may be made again.
const tries = 5

// do makes a request, again if the service or the way there failed: all of them
// may be made twice.
func (s *Site) do(ctx context.Context, method, path string, body []byte, progress func(int)) ([]Version, error) {
	for wait, try := s.Pause, 1; ; wait, try = 2*wait, try+1 {
		versions, after, err := s.once(ctx, method, path, body, progress)
		if err == nil || after < 0 || try == tries {
			return versions, err
		}
		wait := max(after, wait/2+rand.N(wait+1))
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
	}
}

// longest is how long a service may ask us to wait.
const longest = time.Minute

// once makes a request. With an error it says how long to wait at least before
// another try; a negative time means that none would help.
func (s *Site) once(ctx context.Context, method, path string, body []byte, progress func(int)) (versions []Version, after time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, method, s.address+path, nil)
	if err != nil {
		return nil, -1, err
	}
	if body != nil {
		req.ContentLength = int64(len(body))
		req.GetBody = func() (io.ReadCloser, error) {
			return io.NopCloser(&reporter{bytes.NewReader(body), progress}), nil
		}
		req.Body, _ = req.GetBody()
		req.Header.Set("Content-Type", "application/octet-stream")
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	res, err := s.client.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return nil, 0, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, again(res), refusal(res, answer)
	}
	var list struct {
		Versions []Version `json:"versions"`
	}
	if err := json.Unmarshal(answer, &list); err != nil || len(list.Versions) == 0 {
		return nil, -1, fmt.Errorf("%s answers, but not as Postil does: is it a site of a Postil service?", s.address)
	}
	return list.Versions, 0, nil
}

// again says when a refused request may be repeated, negative for never.
func again(res *http.Response) time.Duration {
	switch res.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		return min(time.Duration(max(seconds, 0))*time.Second, longest)
	}
	return -1
}

// refusal is an answer other than 200 as an error.
func refusal(res *http.Response, answer []byte) error {
	var problem struct {
		Detail string `json:"detail"`
	}
	if json.Unmarshal(answer, &problem) != nil || problem.Detail == "" {
		problem.Detail = http.StatusText(res.StatusCode)
	}
	if res.StatusCode == http.StatusNotFound && strings.HasPrefix(problem.Detail, "there is no site") {
		return fmt.Errorf("%w (%s)", ErrNoSite, problem.Detail)
	}
	if to := res.Header.Get("Location"); to != "" && res.StatusCode < 400 {
		return fmt.Errorf("%s: the address leads to %s: if that is the service, give it instead", res.Status, to)
	}
	return fmt.Errorf("%s: %s", res.Status, problem.Detail)
}

// reporter reports how much of a body has been read.
type reporter struct {
	*bytes.Reader
	progress func(int)
}

func (r *reporter) Read(p []byte) (int, error) {
	// In parts, so that a large body does not go in one.
	n, err := r.Reader.Read(p[:min(len(p), 64<<10)])
	r.progress(int(r.Size()) - r.Len())
	return n, err
}
