//go:build js && wasm

// Command edge is Postil as a Cloudflare Worker. worker.mjs starts one such
// program per isolate, keeps it, and hands it requests in two ways: what can be
// answered at once in a single call (exchange.go), what writes to the archive or
// reads from it through syumai/workers, where it may wait.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"syscall/js"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare/cron"

	"postil"
	_ "postil/internal/started"
	"postil/worker"
	"postil/worker/config"
)

// version is set at build time, with -ldflags "-X main.version=…".
var version string

// memoryLimit is near what size the runtime collects garbage on its own; package
// garbage says why so late.
const memoryLimit = 100 << 20

// main does what is the same for all instances, so that the program can be started
// when it is built: see package slim.
func main() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(memoryLimit)
	select {}
}

// postil_start makes the program ready to serve, with what worker.mjs passes in
// the context.
//
//go:wasmexport postil_start
func postilStart() {
	program := js.Global().Get("context")
	service, err := newService(program)
	if err != nil {
		fmt.Fprintln(os.Stderr, "postil:", err)
		os.Exit(1)
	}
	handler := withDebugRoutes(service)
	exchanged.handler = handler
	cron.ScheduleTaskNonBlock(func(ctx context.Context) error { return maintain(ctx, service, program) })
	workers.ServeNonBlock(waiting{handler, program, &exchanged.memory})
	workers.Ready()
}

// newService makes the service from the index and the variables that worker.mjs
// passes in the program's context.
func newService(program js.Value) (*worker.Service, error) {
	source := program.Get("index")
	index := make([]byte, source.Length())
	js.CopyBytesToGo(index, source)
	a, err := postil.OpenWith(index, postil.OpenOptions{Languages: languages()})
	if err != nil {
		return nil, fmt.Errorf("opening the index: %w", err)
	}
	o := worker.Options{Version: version, Languages: languages(), UntilHeader: "Postil-Until"}
	o.Pages = worker.PageOptions{Transport: origins{}, Decode: decode}
	if !bucketIn(program).IsUndefined() {
		o.Store, o.Pause, o.Markdown = archive{}, pause, markdown(program)
	}
	if err := config.Read(func(name string) string { return variable(program, name) }, &o); err != nil {
		return nil, err
	}
	return worker.New(a, o), nil
}

// markdown converts with what worker.mjs has loaded for the request. In Go it
// would be a tenth of the program.
func markdown(program js.Value) func(string) (string, error) {
	return func(text string) (string, error) {
		convert := program.Get("markdown")
		if convert.IsUndefined() {
			return "", errors.New("the converter of Markdown is not loaded")
		}
		return convert.Invoke(text).String(), nil
	}
}

// maintain is what the cron trigger does. An error is for the log only: to
// syumai/workers it would be the end of the program.
func maintain(ctx context.Context, service *worker.Service, program js.Value) error {
	a := &access{bucket: bucketIn(program)}
	event, err := cron.NewEvent(ctx)
	if err == nil {
		err = service.Maintain(withAccess(ctx, a), event.ScheduledTime)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "postil: maintenance:", err)
	}
	return nil
}

// variable reads a variable of wrangler.toml as text: one that is not set is empty, and
// of a list its members stand with commas between them, which none may have.
func variable(program js.Value, name string) string {
	switch v := program.Get("env").Get(name); v.Type() {
	case js.TypeUndefined, js.TypeNull:
		return ""
	case js.TypeNumber:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case js.TypeObject:
		return v.Call("toString").String()
	default:
		return v.String()
	}
}

// bucketIn is the archive as the request sees it that the program is told about.
func bucketIn(program js.Value) js.Value { return program.Get("env").Get("ARCHIVE") }
