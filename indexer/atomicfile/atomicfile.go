// Package atomicfile replaces files whole: a reader sees the old content or
// the new one, and whatever interrupts the writer leaves the old.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write replaces the file at path by what write writes. The data goes to a
// temporary file in the same folder, is flushed to the disk, and takes the
// place of the old file only then. A symbolic link is followed; what is not a
// regular file is refused. A new file gets the mode that the umask leaves, an
// old one keeps its own. Writes are not gathered.
func Write(path string, write func(io.WriteSeeker) error) (err error) {
	mode := fs.FileMode(0o666)
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		target = path
	} else if err != nil {
		return err
	}
	info, err := os.Stat(target)
	exists := err == nil
	if exists && !info.Mode().IsRegular() {
		return fmt.Errorf("%s: not a regular file", path)
	}
	temporary := filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+"."+rand.Text()[:8]+".tmp")
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	kept := false
	defer whenInterrupted(func() { os.Remove(temporary) })()
	defer func() {
		if !kept {
			f.Close()
			os.Remove(temporary)
		}
	}()
	if exists {
		if err := f.Chmod(info.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := write(f); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(temporary, target); err != nil {
		return err
	}
	kept = true
	return syncFolder(filepath.Dir(target))
}

// syncFolder makes the new name durable, where the system can.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return err
	}
	return nil
}
