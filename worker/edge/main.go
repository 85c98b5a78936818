//go:build js && wasm

// Command edge is Postil as a Cloudflare Worker. worker.mjs starts one such
// program per isolate, keeps it, and hands it requests in two ways: what can be
// answered at once in a single call (exchange.go), what writes to the archive or
// reads from it through syumai/workers, where it may wait.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"syscall/js"

	"github.com/syumai/workers"

	"postil"
	"postil/worker"
)

// version is set at build time, with -ldflags "-X main.version=…".
var version string

func main() {
	context := js.Global().Get("context")
	handler, err := newHandler(context)
	if err != nil {
		fmt.Fprintln(os.Stderr, "postil:", err)
		os.Exit(1)
	}
	handler = withDebugRoutes(handler)
	exchanged.handler = handler
	workers.ServeNonBlock(waiting{handler, context, &exchanged.memory})
	workers.Ready()
	select {}
}

// newHandler makes the handler from the index and the variables that worker.mjs
// passes in the program's context.
func newHandler(context js.Value) (http.Handler, error) {
	source := context.Get("index")
	index := make([]byte, source.Length())
	js.CopyBytesToGo(index, source)
	a, err := postil.OpenWith(index, postil.OpenOptions{Languages: languages()})
	if err != nil {
		return nil, fmt.Errorf("opening the index: %w", err)
	}
	return worker.New(a, worker.Options{
		Origins: strings.Fields(variable(context, "ORIGINS")),
		Address: variable(context, "ADDRESS"),
		Version: version,
	}), nil
}

// variable reads a plain-text variable of wrangler.toml; one that is not set is
// empty.
func variable(context js.Value, name string) string {
	v := context.Get("env").Get(name)
	if v.Type() != js.TypeString {
		return ""
	}
	return v.String()
}
