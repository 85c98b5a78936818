package dirstore

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"postil/internal/store"
)

// page is how many objects List returns at a time.
const page = 1000

// List implements store.Store.
func (d *Dir) List(ctx context.Context, prefix, after string) ([]store.Entry, string, error) {
	var all []store.Entry
	top := path.Dir(prefix + "x") // the folder that all keys with the prefix are in
	err := fs.WalkDir(d.root.FS(), top, func(key string, e fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, fs.ErrNotExist): // or no more
			return nil
		case err != nil:
			return err
		case key == lockName:
			return nil
		case key == tempName:
			return fs.SkipDir
		case e.IsDir() || !strings.HasPrefix(key, prefix) || key <= after:
			return nil
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		all = append(all, store.Entry{Key: key, Size: info.Size(), Uploaded: info.ModTime()})
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	slices.SortFunc(all, func(a, b store.Entry) int { return strings.Compare(a.Key, b.Key) })
	if len(all) <= page {
		return all, "", nil
	}
	return all[:page], all[page-1].Key, nil
}
