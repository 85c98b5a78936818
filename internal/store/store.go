// Package store keeps named objects: what the service must not lose, such as
// articles that were indexed while it ran and the indexes of its sites. Its one
// interface is what an object store such as R2 offers, no more, so that the same
// code works there and on a directory.
package store

import (
	"context"
	"errors"
	"time"
)

// Store holds objects by key. A key is a path of one or more segments
// "a/b/c" without an empty one, "." or ".."; at most MaxKey bytes of UTF-8.
//
// An object is written whole or not at all, and an answer says how it was at one
// moment. A reader sees what was written before it began, by whichever process.
// All methods are safe for concurrent use. Errors other than those below mean
// that the store cannot be reached or read now; whether a write that failed so
// took place is unknown.
type Store interface {
	// Get returns an object. If unless is not "" and is the object's version,
	// the error is ErrNotModified. It is ErrNotFound if there is no object.
	Get(ctx context.Context, key string, unless Version) (Object, error)
	// Put writes an object if the condition holds; else the error is ErrConflict
	// and nothing changes. It does not keep data.
	Put(ctx context.Context, key string, data []byte, when Condition) (Version, error)
	// Delete removes up to 1000 objects; one that does not exist is no error.
	Delete(ctx context.Context, keys ...string) error
	// List returns objects whose keys begin with prefix, in the order of their
	// keys, some at a time: more is "" at the end, and else what to pass as after
	// for those that follow.
	List(ctx context.Context, prefix, after string) (page []Entry, more string, err error)
}

// MaxKey is the length of the longest key in bytes.
const MaxKey = 1024

// Version identifies the bytes of an object; the same bytes may have the same
// version again, so what is to differ has to contain a difference. Its text has
// no meaning and no character that an entity tag could not hold.
type Version string

// Object is what Get returns. Data is the caller's to keep.
type Object struct {
	Data    []byte
	Version Version
}

// Entry is an object as a list has it.
type Entry struct {
	Key      string
	Size     int64 // bytes
	Uploaded time.Time
}

// Condition says when to write. The zero value means always.
type Condition struct {
	// Absent means only if there is no object.
	Absent bool
	// Match, unless it is "", means only if the object is of this version.
	Match Version
}

// Errors that a caller decides on.
var (
	ErrNotFound    = errors.New("no such object")
	ErrNotModified = errors.New("not modified")
	ErrConflict    = errors.New("the object has changed")
	// ErrKey is for a key that cannot be one.
	ErrKey = errors.New("not a key")
	// ErrWait is returned at once by a store that may not wait here: the request
	// is to be made again where it may.
	ErrWait = errors.New("the store would have to be waited for")
)
