// Package site keeps the indexes of many publishers in one store, each with the
// versions that it had.
//
//	sites/NAME/site.json              which versions there are, the one in use first
//	sites/NAME/versions/DIGEST-….postil   an index
//
// site.json is written last and on the condition that nobody else has written it,
// so that what it names is there, and of two publishers at once neither is lost.
// Every upload has a name of its own: what is named nowhere is not used again,
// and may be removed at any time.
package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"postil/internal/store"
)

// MaxHistory is how many versions a site keeps.
const MaxHistory = 10

var (
	// ErrUnknown is for a site that nothing was published to.
	ErrUnknown = errors.New("unknown site")
	// ErrNoVersion is for a version that a site does not have.
	ErrNoVersion = errors.New("no such version")
)

// A Site is one publisher's place in a store.
type Site struct {
	Store store.Store
	Name  string // see ValidName
	// Pause waits; nil means to do so with a timer.
	Pause store.Pause
}

// History lists the versions of a site: the one in use, then the one in use
// before that, and so on. It has at least one.
type History []Version

// A Version is an index that was published.
type Version struct {
	Digest    string    `json:"digest"` // "sha256-" and 64 hexadecimal digits
	Size      int64     `json:"size"`   // bytes
	Published time.Time `json:"published"`
	Object    string    `json:"object"` // the key below the site's
}

// maxName is the longest name of a site: that of a label in a host's name.
const maxName = 63

// ValidName reports whether a site may have a name: of a-z, 0-9 and hyphens,
// which are not at its ends.
func ValidName(name string) bool {
	if name == "" || len(name) > maxName || name[0] == '-' || name[len(name)-1] == '-' {
		return false
	}
	for i := range len(name) {
		if c := name[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// Root is where all sites are.
const Root = "sites/"

// Prefix begins the keys of the site's objects, and of no others.
func (s Site) Prefix() string { return Root + s.Name + "/" }

func (s Site) manifest() string { return s.Prefix() + "site.json" }

// Read returns the site's history and the version of the object that says so.
// The error is store.ErrNotModified if that is what unless is, ErrUnknown if
// there is none.
func (s Site) Read(ctx context.Context, unless store.Version) (History, store.Version, error) {
	o, err := s.Store.Get(ctx, s.manifest(), unless)
	if errors.Is(err, store.ErrNotFound) {
		return nil, "", ErrUnknown
	}
	if err != nil {
		return nil, "", err
	}
	var m manifest
	err = json.Unmarshal(o.Data, &m)
	if err == nil && len(m.Versions) == 0 {
		err = errors.New("it has no versions")
	}
	if err != nil {
		return nil, "", fmt.Errorf("%s is damaged: %w", s.manifest(), err)
	}
	return m.Versions, o.Version, nil
}

// manifest is what site.json holds.
type manifest struct {
	Versions History `json:"versions"`
}

// Load returns the bytes of a version.
func (s Site) Load(ctx context.Context, v Version) ([]byte, error) {
	o, err := s.Store.Get(ctx, s.Prefix()+v.Object, "")
	return o.Data, err
}
