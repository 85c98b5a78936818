// Package config declares what an operator can set, once for the variables of
// wrangler.toml and the flags of postil serve.
package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"postil/worker"
)

// A Setting is one that the Worker has as a variable, most of them the native
// server as a flag too.
type Setting struct {
	Name        string // of the variable
	Default     string // of the variable; empty for none
	Flag        string // of postil serve, without dashes; empty for none
	FlagDefault string // as the help shows it
	Meaning     string
	Accepts     string // what values are taken, for a person
	apply       func(o *worker.Options, text string) error
}

// How variables and flags separate the values of a list.
const byBlanks, byCommas = ", separated by blanks", ", separated by commas"

// Settings are all, in the order of the table in docs/configuration.md.
func Settings() []Setting {
	const origins, whole = "origins such as https://example.org" + byBlanks, "a whole number from 0 to 2147483647"
	return []Setting{
		{"ORIGINS", "", "origins", "[]", "Origins whose pages may read answers; none means all", origins,
			words(func(o *worker.Options, list []string) { o.Origins = list })},
		{"ADDRESS", "", "address", "", "Where the service is reached, for the addresses in its answers; empty means what the request says", "an origin such as https://example.org",
			func(o *worker.Options, text string) error { o.Address = text; return checkOrigin(text) }},
		{"PAGE_ORIGINS", "", "page-origins", "[]", "Origins whose pages `GET /v1/page` shows; none means that there is no such path", origins,
			words(func(o *worker.Options, list []string) { o.Pages.Origins = list })},
		{"TOKENS", "", "tokens", "", "SHA-256 of each token that may change something, for one site with `SITE:` before it; the flag names a file of them. Best a secret", "hashes of 64 hexadecimal digits, separated by blanks", grants},
		{"KEYS", "", "keys", "", "SHA-256 of each key that may read, with `@ORIGIN` after it if only pages of that origin may use it; none means that everybody may read. The flag names a file of them. Best a secret", "hashes of 64 hexadecimal digits, separated by blanks", keys},
		{"RATE", "", "rate", "", "How many `/v1` requests a client may make; none means any number. At the edge it is only what answers say of the limit of the binding `LIMITER`, see wrangler.toml. Natively the 65,536 clients that came last are counted, and another one begins anew", "requests and seconds such as 600/60s",
			func(_ *worker.Options, text string) error { _, err := ParseRate(text); return err }},
		{"OPTIONS", "", "options", "", "Options of annotations for requests that do not say otherwise, such as `min-score=0.4&occurrences=first&kinds=concept,model`; those of one text, and `offsets`, cannot be set. A site whose index lacks a kind or term that is named refuses those requests (422); `postil serve` without `--data` does not start so", "options and values as in the query of `/v1/annotate`",
			func(o *worker.Options, text string) error { o.Defaults = text; return worker.CheckDefaults(text) }},
		{"MAX_BODY", "1048576", "max-body", "1048576", "Bytes of a text, of an article, of a page, of a line of a batch; for the variable 0 is the default", whole,
			number(func(o *worker.Options, n int64) { o.MaxBody = n })},
		{"MAX_BATCH", "1048576", "max-batch", "0", "Bytes of a batch. For the flag 0 means that there is no limit, and the answer is streamed", whole,
			number(func(o *worker.Options, n int64) { o.MaxBatch = n })},
		{"MAX_WAIT_MS", "1000", "max-wait", "1s", "How long a request may wait for its turn: one that would have to wait longer is answered 503 at once", whole,
			number(func(o *worker.Options, n int64) { o.MaxWait = time.Duration(n) * time.Millisecond })},
		{"REFRESH_MS", "5000", "refresh", "5s", "How old what is known of the archive may be", whole,
			number(func(o *worker.Options, n int64) { o.Refresh = time.Duration(n) * time.Millisecond })},
		{"SITE_MEMORY_MB", "32", "site-memory", "256", "MiB of sites' indexes that stay open, and so the size of the largest", whole,
			number(func(o *worker.Options, n int64) { o.SiteMemory = n << 20 })},
		{"ARTICLE_MEMORY_MB", "24", "article-memory", "256", "MiB of articles of an index that came later and are held in memory, and so how many can be kept", whole,
			number(func(o *worker.Options, n int64) { o.ArticleMemory = n << 20 })},
		{"MEMORY_LIMIT_MB", "96", "", "", "MiB of memory above which an isolate starts the program anew", whole, number(nil)},
		{"DEADLINE_MS", "10000", "", "", "How long a request may wait for the archive, and its body take to come: for that there is a second more for each 8 KB that have", whole, number(nil)},
		{"LONG_DEADLINE_MS", "120000", "", "", "The same for an upload of an index and for the cron trigger, and the longest that any body may take", whole, number(nil)},
	}
}

// Read sets the options that variables name. A variable that is empty or 0 leaves
// the default.
func Read(variable func(name string) string, o *worker.Options) error {
	for _, s := range Settings() {
		if err := s.set(s.Name, variable(s.Name), o); err != nil {
			return err
		}
	}
	return nil
}

// ReadFlag sets the option of a flag, whose text is as that of its variable. It says
// what the flag takes, of which the text was made.
func ReadFlag(name, text string, o *worker.Options) error {
	for _, s := range Settings() {
		if s.Flag == name {
			s.Accepts = strings.Replace(s.Accepts, byBlanks, byCommas, 1)
			return s.set("--"+name, text, o)
		}
	}
	return fmt.Errorf("there is no setting --%s", name)
}

func (s Setting) set(name, text string, o *worker.Options) error {
	if text == "" {
		return nil
	}
	if err := s.apply(o, text); err != nil {
		return fmt.Errorf("%s: %w; want %s", name, err, s.Accepts)
	}
	return nil
}

func words(set func(*worker.Options, []string)) func(*worker.Options, string) error {
	return func(o *worker.Options, text string) error {
		list := strings.Fields(text)
		for _, origin := range list {
			if err := checkOrigin(origin); err != nil {
				return err
			}
		}
		set(o, list)
		return nil
	}
}

func checkOrigin(text string) error {
	switch {
	case worker.ValidOrigin(text):
		return nil
	case worker.ValidOrigin(strings.TrimSuffix(text, "/")):
		return fmt.Errorf("%q is not an origin: leave out the slash at its end", text)
	}
	return fmt.Errorf("%q is not an origin", text)
}

func number(set func(*worker.Options, int64)) func(*worker.Options, string) error {
	return func(o *worker.Options, text string) error {
		n, err := strconv.ParseUint(text, 10, 31)
		if err != nil {
			return fmt.Errorf("the value is %q", text)
		}
		if set != nil {
			set(o, int64(n))
		}
		return nil
	}
}

// grants does not repeat the value: a token may stand there by mistake.
func grants(o *worker.Options, text string) (err error) {
	o.Grants, err = worker.ParseGrants(text)
	return err
}

func keys(o *worker.Options, text string) (err error) {
	o.Keys, err = worker.ParseKeys(text)
	return err
}

// Table is docs/configuration.md.
func Table() string {
	var b strings.Builder
	b.WriteString("# Configuration\n\nThe Worker reads variables of `wrangler.toml` (or secrets), `postil serve` has flags. A variable that is empty or 0\nleaves the default; with one that cannot be taken the Worker does not start, and its log says which and why. Flags take\nthe same, but that origins are separated by commas and times have a unit, such as 500ms.\n\n" +
		"| variable | default | flag | default | meaning | takes |\n|---|---|---|---|---|---|\n")
	for _, s := range Settings() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", s.Name, code(s.Default), code(flag(s.Flag)), code(s.FlagDefault), s.Meaning, s.Accepts)
	}
	return b.String()
}

func flag(name string) string {
	if name == "" {
		return ""
	}
	return "--" + name
}

func code(text string) string {
	if text == "" || text == "[]" {
		return ""
	}
	return "`" + text + "`"
}
