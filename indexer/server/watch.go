package server

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing must change before a change is reported: editors
// and copying programs write in several steps.
const quiet = 150 * time.Millisecond

// Watcher tells when files change.
type Watcher struct {
	events *fsnotify.Watcher
	files  map[string]bool // named themselves; their folders are watched
	roots  []string        // folders, watched with all below them
}

// NewWatcher watches files and folders, the latter with all that is below
// them. A file may be replaced by another of its name.
func NewWatcher(paths ...string) (*Watcher, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &Watcher{events: events, files: map[string]bool{}}
	for _, path := range paths {
		if err := w.add(filepath.Clean(path)); err != nil {
			events.Close()
			return nil, err
		}
	}
	return w, nil
}

func (w *Watcher) add(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		w.files[path] = true
		return w.events.Add(filepath.Dir(path))
	}
	w.roots = append(w.roots, path)
	return w.addFolders(path)
}

// addFolders watches a folder and the visible folders below it.
func (w *Watcher) addFolders(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case path != root && hidden(path):
			return fs.SkipDir
		}
		return w.events.Add(path)
	})
}

// Close ends the watching.
func (w *Watcher) Close() error { return w.events.Close() }

// Run calls changed after each burst of changes, one call at a time, until the
// context ends.
func (w *Watcher) Run(ctx context.Context, changed func()) error {
	timer := time.NewTimer(quiet)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-w.events.Events:
			if !ok {
				return nil
			}
			if w.concerns(e) {
				timer.Reset(quiet)
			}
		case err, ok := <-w.events.Errors:
			if ok {
				return err
			}
		case <-timer.C:
			changed()
		}
	}
}

// concerns tells events of watched files from those of their neighbours, and
// watches folders that are new.
func (w *Watcher) concerns(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	name := filepath.Clean(e.Name)
	if w.files[name] {
		return true
	}
	if hidden(name) {
		return false
	}
	for _, root := range w.roots {
		if rel, err := filepath.Rel(root, name); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			if info, err := os.Stat(name); err == nil && info.IsDir() && e.Has(fsnotify.Create) {
				_ = w.addFolders(name) // if it is gone again, so be it
			}
			return true
		}
	}
	return false
}

func hidden(path string) bool { return strings.HasPrefix(filepath.Base(path), ".") }
