package worker

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"postil"
	"postil/internal/ask"
)

// annotateOptions are the options of POST /v1/annotate.
func annotateOptions(in *input) []ask.Option {
	return append(ask.Annotate(&in.Options),
		ask.Switch("minify", &in.minify),
		ask.Option{Name: "source", Kind: ask.Word, Set: func(v ask.Value) error { return in.setSource(v.Word) }},
	)
}

// maxSource is the longest address of a document, in bytes: each annotation of a page
// of JSON-LD repeats it.
const maxSource = 2048

// setSource takes what can be the name of a document and, wherever it is shown,
// an address that is safe to follow.
func (in *input) setSource(s string) error {
	if len(s) > maxSource {
		return &postil.ValueError{Option: "source", Value: ask.Cut(s, 40), Reason: fmt.Sprintf("want at most %d bytes", maxSource)}
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(s, " <>\"{}|\\^`") {
		return &postil.ValueError{Option: "source", Value: s, Reason: "want an absolute http or https address"}
	}
	in.source = s
	return nil
}

// readQuery sets options from the query parameters. All unknown names and bad
// values are reported together.
func readQuery(r *http.Request, options ...ask.Option) error {
	if r.URL.RawQuery == "" {
		return nil
	}
	return readParameters(r.URL.RawQuery, options)
}

func readParameters(raw string, options []ask.Option) error {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return malformed("the query is malformed: " + err.Error())
	}
	var bad []Detail
	for name, values := range query {
		if err := ask.SetParameter(options, name, values); err != nil {
			bad = append(bad, Detail{Detail: err.Error(), Parameter: name})
		}
	}
	if len(bad) > 0 {
		slices.SortFunc(bad, func(a, b Detail) int { return strings.Compare(a.Parameter, b.Parameter) })
		return unprocessable(bad...)
	}
	return nil
}
