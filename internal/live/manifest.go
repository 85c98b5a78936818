package live

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// format is the version of manifests that are read and written.
const format = 1

// A manifest names the segments of an archive. It is never changed in place.
type manifest struct {
	Format int `json:"format"`
	// Generation is greater by one after each change, so that no two manifests of
	// an archive are the same.
	Generation int64 `json:"generation"`
	// Segments in their order: each removes articles of those before it and of the
	// index.
	Segments []entry `json:"segments"`
	// Retired are segments that a merged one has replaced: readers may still be about
	// to read them.
	Retired []retired `json:"retired,omitempty"`
}

// An entry is a segment in a manifest.
type entry struct {
	Name    string   `json:"name"`
	Size    int64    `json:"size,omitempty"` // bytes; 0 if it only removes
	Removes []string `json:"removes,omitempty"`
}

type retired struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

const (
	root        = "articles/"
	manifestKey = root + "manifest.json"
	segments    = root + "segments/"
	suffix      = ".zap"
)

func segmentKey(name string) string { return segments + name + suffix }

func parseManifest(data []byte) (*manifest, error) {
	m := new(manifest)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrManifest, err)
	}
	if m.Format != format {
		return nil, fmt.Errorf("%w: it is of format %d, this program reads %d", ErrManifest, m.Format, format)
	}
	return m, nil
}

// follow returns a manifest to come after m, with these segments.
func (m *manifest) follow(segments []entry) *manifest {
	return &manifest{Format: format, Generation: m.Generation + 1, Segments: segments, Retired: slices.Clone(m.Retired)}
}

func (m *manifest) encode() ([]byte, error) { return json.Marshal(m) }

// index is the place of a segment, or -1.
func (m *manifest) index(name string) int {
	return slices.IndexFunc(m.Segments, func(e entry) bool { return e.Name == name })
}

// size is that of all segments in bytes.
func (m *manifest) size() (n int64) {
	for _, e := range m.Segments {
		n += e.Size
	}
	return n
}

// names reports whether the manifest names a segment, in use or retired.
func (m *manifest) names(name string) bool {
	return m.index(name) >= 0 || slices.ContainsFunc(m.Retired, func(r retired) bool { return r.Name == name })
}
