//go:build !windows

package dirstore

import "errors"

// sync makes lasting which names a folder has.
func (d *Dir) sync(folder string) error {
	f, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
