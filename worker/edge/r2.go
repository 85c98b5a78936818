//go:build js && wasm

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall/js"
	"time"

	"postil/internal/store"
)

// A bucket is an R2 bucket as a Worker sees it. Its binding in syumai/workers
// lacks conditions, without which writers would overwrite one another.
type bucket struct{ binding js.Value }

// tooOften is in R2's error for an object that is written more than about once a
// second. It was not written then, because others are at it: as in a conflict,
// one looks again and tries again.
const tooOften = "Reduce your concurrent request rate"

// maxDeleted is how many objects R2 removes in one call.
const maxDeleted = 1000

// large is the size in bytes from which an object is worth making room for.
const large = 4 << 20

func (b bucket) get(key string, unless store.Version) (store.Object, error) {
	if err := store.CheckKey(key); err != nil {
		return store.Object{}, err
	}
	options := map[string]any{}
	if unless != "" {
		options["onlyIf"] = map[string]any{"etagDoesNotMatch": string(unless)}
	}
	found, err := b.call("get", key, options)
	switch {
	case err != nil:
		return store.Object{}, err
	case found.IsNull():
		return store.Object{}, store.ErrNotFound
	case found.Get("body").IsUndefined():
		return store.Object{}, store.ErrNotModified
	}
	buffer, err := await(found, "arrayBuffer")
	if err != nil {
		return store.Object{}, err
	}
	bytes := js.Global().Get("Uint8Array").New(buffer)
	if bytes.Length() > large {
		exchanged.memory.Collect() // whatever it is to replace may go
	}
	data := make([]byte, bytes.Length())
	js.CopyBytesToGo(data, bytes)
	return store.Object{Data: data, Version: etag(found)}, nil
}

func (b bucket) put(key string, data []byte, when store.Condition) (store.Version, error) {
	if err := store.CheckKey(key); err != nil {
		return "", err
	}
	options := map[string]any{}
	switch {
	case when.Absent:
		options["onlyIf"] = map[string]any{"etagDoesNotMatch": "*"}
	case when.Match != "":
		options["onlyIf"] = map[string]any{"etagMatches": string(when.Match)}
	}
	bytes := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(bytes, data)
	written, err := b.call("put", key, bytes, options)
	switch {
	case err != nil && options["onlyIf"] != nil && strings.Contains(err.Error(), tooOften):
		return "", fmt.Errorf("%w: %w", store.ErrConflict, err)
	case err != nil:
		return "", err
	case written.IsNull():
		return "", store.ErrConflict
	}
	return etag(written), nil
}

func (b bucket) delete(keys []string) error {
	for len(keys) > 0 {
		n := min(len(keys), maxDeleted)
		some := make([]any, n)
		for i, key := range keys[:n] {
			if err := store.CheckKey(key); err != nil {
				return err
			}
			some[i] = key
		}
		if _, err := b.call("delete", some); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

func (b bucket) list(prefix, after string) (page []store.Entry, more string, err error) {
	options := map[string]any{"prefix": prefix}
	if after != "" {
		options["startAfter"] = after
	}
	for {
		found, err := b.call("list", options)
		if err != nil {
			return nil, "", err
		}
		objects := found.Get("objects")
		for i := range objects.Length() {
			o := objects.Index(i)
			page = append(page, store.Entry{
				Key:      o.Get("key").String(),
				Size:     int64(o.Get("size").Float()),
				Uploaded: time.UnixMilli(int64(o.Get("uploaded").Call("getTime").Float())),
			})
		}
		if !found.Get("truncated").Bool() {
			return page, "", nil
		}
		if len(page) > 0 {
			return page, page[len(page)-1].Key, nil
		}
		options["cursor"] = found.Get("cursor")
	}
}

func etag(object js.Value) store.Version { return store.Version(object.Get("etag").String()) }

func (b bucket) call(method string, args ...any) (js.Value, error) {
	v, err := await(b.binding, method, args...)
	if err != nil {
		return v, fmt.Errorf("r2: %s: %w", method, err)
	}
	return v, nil
}

// await calls a method that returns a promise, and waits for that.
func await(object js.Value, method string, args ...any) (result js.Value, err error) {
	defer func() {
		switch thrown := recover().(type) {
		case nil:
		case js.Error:
			err = thrown
		default:
			panic(thrown)
		}
	}()
	type settled struct {
		value js.Value
		err   error
	}
	done := make(chan settled, 1)
	fulfilled := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{value: args[0]}
		return nil
	})
	defer fulfilled.Release()
	rejected := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{err: errors.New(js.Global().Get("String").Invoke(args[0]).String())}
		return nil
	})
	defer rejected.Release()
	object.Call(method, args...).Call("then", fulfilled, rejected)
	s := <-done
	return s.value, s.err
}

// pause waits by a timer of the request that runs now. One of Go's could come to
// belong to another request, and would end with that.
func pause(_ context.Context, d time.Duration) error {
	over := make(chan struct{})
	done := js.FuncOf(func(js.Value, []js.Value) any {
		close(over)
		return nil
	})
	defer done.Release()
	js.Global().Call("setTimeout", done, d.Milliseconds())
	<-over
	return nil
}
