// Package dirstore is a store on a directory: an object is a file, its key is the
// file's path.
//
// A file is written under another name, synced, and then renamed, so that it is
// whole or not there whatever happens. Writers of all processes take turns by a
// lock on a file of the directory; readers need none. Two keys of which one is a
// folder of the other cannot both exist.
package dirstore

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"postil/internal/store"
)

// Names at the top of the directory that are no objects.
const (
	lockName = ".lock"
	tempName = ".tmp"
)

// Dir is a store. It is safe for concurrent use, also of several processes.
type Dir struct {
	path string
	root *os.Root
	turn chan struct{} // of this process; the lock is for all
}

// Open opens a directory, and makes it if it is not there.
func Open(dir string) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	d := &Dir{path: dir, root: root, turn: make(chan struct{}, 1)}
	if err := root.MkdirAll(tempName, 0o777); err != nil {
		root.Close()
		return nil, err
	}
	return d, d.tidy()
}

// Close releases the directory.
func (d *Dir) Close() error { return d.root.Close() }

// abandoned is how old a file is that was being written when a process ended.
const abandoned = time.Hour

// tidy removes what writers left behind.
func (d *Dir) tidy() error {
	left, err := fs.ReadDir(d.root.FS(), tempName)
	for _, e := range left {
		if info, gone := e.Info(); gone == nil && time.Since(info.ModTime()) > abandoned {
			err = errors.Join(err, d.root.Remove(path.Join(tempName, e.Name())))
		}
	}
	return err
}

func check(key string) error {
	if err := store.CheckKey(key); err != nil {
		return err
	}
	if first, _, _ := strings.Cut(key, "/"); first == lockName || first == tempName || !filepath.IsLocal(filepath.FromSlash(key)) {
		return fmt.Errorf("%w: %.40q", store.ErrKey, key)
	}
	return nil
}

func versionOf(data []byte) store.Version {
	sum := sha256.Sum256(data)
	return store.Version(hex.EncodeToString(sum[:16]))
}

// Get implements store.Store.
func (d *Dir) Get(ctx context.Context, key string, unless store.Version) (store.Object, error) {
	if err := errors.Join(check(key), ctx.Err()); err != nil {
		return store.Object{}, err
	}
	data, err := d.root.ReadFile(filepath.FromSlash(key))
	switch {
	case errors.Is(err, fs.ErrNotExist), err != nil && d.isDir(key):
		return store.Object{}, fmt.Errorf("%w: %s", store.ErrNotFound, key)
	case err != nil:
		return store.Object{}, err
	}
	o := store.Object{Data: data, Version: versionOf(data)}
	if unless == o.Version {
		return store.Object{}, store.ErrNotModified
	}
	return o, nil
}

func (d *Dir) isDir(key string) bool {
	info, err := d.root.Stat(filepath.FromSlash(key))
	return err == nil && info.IsDir()
}

// Put implements store.Store.
func (d *Dir) Put(ctx context.Context, key string, data []byte, when store.Condition) (store.Version, error) {
	if err := check(key); err != nil {
		return "", err
	}
	temp, err := d.write(data)
	if err != nil {
		return "", err
	}
	defer d.root.Remove(temp) // there no more, if all goes well
	unlock, err := d.lock(ctx)
	if err != nil {
		return "", err
	}
	defer unlock()
	if err := d.holds(ctx, key, when); err != nil {
		return "", err
	}
	name := filepath.FromSlash(key)
	folder := filepath.Dir(name)
	if err := d.root.MkdirAll(folder, 0o777); err != nil {
		return "", err
	}
	if err := d.root.Rename(temp, name); err != nil {
		return "", err
	}
	return versionOf(data), d.sync(folder)
}

// write writes a file that is not an object yet.
func (d *Dir) write(data []byte) (name string, err error) {
	name = filepath.Join(tempName, rand.Text())
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		d.root.Remove(name)
		return "", err
	}
	return name, nil
}

// holds returns store.ErrConflict unless the condition holds.
func (d *Dir) holds(ctx context.Context, key string, when store.Condition) error {
	if !when.Absent && when.Match == "" {
		return nil
	}
	o, err := d.Get(ctx, key, "")
	switch missing := errors.Is(err, store.ErrNotFound); {
	case err != nil && !missing:
		return err
	case when.Absent && !missing, when.Match != "" && (missing || o.Version != when.Match):
		return store.ErrConflict
	}
	return nil
}

// again is how long to wait before asking for the lock again that another process
// has.
const again = 5 * time.Millisecond

// lock waits for this writer's turn.
func (d *Dir) lock(ctx context.Context) (unlock func(), err error) {
	select {
	case d.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	l := flock.New(filepath.Join(d.path, lockName))
	if _, err := l.TryLockContext(ctx, again); err != nil {
		<-d.turn
		return nil, err
	}
	return func() {
		l.Close()
		<-d.turn
	}, nil
}

// Delete implements store.Store.
func (d *Dir) Delete(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		if err := check(key); err != nil {
			return err
		}
	}
	unlock, err := d.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	folders := map[string]bool{}
	for _, key := range keys {
		name := filepath.FromSlash(key)
		if d.isDir(key) {
			continue
		}
		switch err := d.root.Remove(name); {
		case err == nil:
			folders[filepath.Dir(name)] = true
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	for folder := range folders {
		err = errors.Join(err, d.sync(folder))
	}
	return err
}
