package worker

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"postil"
	"postil/internal/article"
	"postil/internal/ask"
	"postil/internal/markup"
)

const mediaMarkdown = "text/markdown"

// A draft is an article as it is sent.
type draft struct {
	postil.Article
	form string // what Text is: the name of a JSON member
	bare bool   // the body is the text, and not JSON
}

// readArticle reads the article that a request sends: as JSON with all that is
// known of it, or its text alone, with the rest in the query.
func (s *server) readArticle(r *http.Request) (a postil.Article, err error) {
	kinds := []string{mediaJSON, mediaHTML, mediaMarkdown, mediaText}
	if s.Markdown == nil {
		kinds = slices.DeleteFunc(kinds, func(kind string) bool { return kind == mediaMarkdown })
	}
	kind, err := contentType(r, kinds...)
	if err != nil {
		return a, err
	}
	if err := s.inflate(r); err != nil {
		return a, err
	}
	body, err := s.readBody(r)
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		return a, &Problem{
			Status: http.StatusRequestEntityTooLarge,
			Detail: fmt.Sprintf("the article is longer than %d bytes, and it cannot be sent in parts: leave out markup that is not its text, or have the service take longer ones", tooLong.Limit),
		}
	}
	if err != nil {
		return a, err
	}
	var d draft
	if kind == mediaJSON {
		err = d.readJSON(r, body)
	} else {
		err = d.readText(r, kind, body)
	}
	if err != nil {
		return a, err
	}
	if d.ID == "" {
		d.ID = r.PathValue("id")
	}
	done, err := s.turns.take(r.Context())
	if err != nil {
		return a, err
	}
	defer done()
	err = s.finish(&d) // before the article is copied
	return d.Article, err
}

// options are what may be said of an article besides its text.
func (d *draft) options() []ask.Option {
	return []ask.Option{
		{Name: "title", Kind: ask.Word, Set: func(v ask.Value) error { d.Title = strings.Join(strings.Fields(v.Word), " "); return nil }},
		{Name: "url", Kind: ask.Word, Set: func(v ask.Value) error {
			if v.Word != "" && !article.UsableURL(v.Word) {
				return fmt.Errorf("url is %q, want one with http or https, or a path", short(v.Word))
			}
			d.URL = v.Word
			return nil
		}},
		{Name: "published", Kind: ask.Word, Set: func(v ask.Value) (err error) {
			var ok bool
			if d.Published, ok = article.Date(v.Word); !ok {
				return fmt.Errorf("published is %q, want a date like 2026-04-27 or 2026-04-27T09:30:00Z", short(v.Word))
			}
			return nil
		}},
	}
}

// members are those of an article as JSON. Terms are there so that what was read
// may be sent back; they are found anew.
func (d *draft) members() []ask.Option {
	return append(d.options(),
		ask.Text("id", &d.ID),
		ask.Text("text", &d.Text),
		ask.Text("html", &d.Text),
		ask.Text("markdown", &d.Text),
		ask.Texts("headings", &d.Headings),
		ask.Texts("terms", new([]string)),
	)
}

func (d *draft) readJSON(r *http.Request, body []byte) error {
	if err := readQuery(r); err != nil {
		return err
	}
	given, err := readObject(body, d.members())
	if err != nil {
		return err
	}
	for _, form := range []string{"text", "html", "markdown"} {
		switch {
		case !given[form]:
		case d.form != "":
			return unprocessable(Detail{Detail: fmt.Sprintf("%q and %q are given, want one of them", d.form, form), Pointer: "#"})
		default:
			d.form = form
		}
	}
	switch {
	case d.form == "":
		return unprocessable(Detail{Detail: `want one of "text", "html" and "markdown"`, Pointer: "#"})
	case d.ID != "" && d.ID != r.PathValue("id"):
		return unprocessable(Detail{Detail: fmt.Sprintf("id is %q, and that of the path %q", short(d.ID), short(r.PathValue("id"))), Pointer: "#/id"})
	case len(d.Headings) > 0 && d.form != "text":
		return unprocessable(Detail{Detail: "headings are for text: those of " + d.form + " are found in it", Pointer: "#/headings"})
	}
	return nil
}

func (d *draft) readText(r *http.Request, kind string, body []byte) error {
	if err := readQuery(r, d.options()...); err != nil {
		return err
	}
	if i := invalidUTF8(body); i >= 0 {
		return malformed(fmt.Sprintf("the body is not valid UTF-8 at byte %d", i))
	}
	d.Text, d.bare = string(body), true
	d.form = map[string]string{mediaHTML: "html", mediaMarkdown: "markdown", mediaText: "text"}[kind]
	return nil
}

// finish makes plain text of a draft's text.
func (s *server) finish(d *draft) error {
	d.Text = strings.TrimPrefix(d.Text, "\ufeff")
	switch d.form {
	case "markdown":
		if frontMatter().MatchString(d.Text) {
			return unprocessable(d.at("the text begins with front matter: leave it out, and send title, url and published beside the text"))
		}
		if s.Markdown == nil {
			return unprocessable(d.at("this service reads no Markdown: send html or text"))
		}
		if what := intricate(d.Text); what != "" {
			return &Problem{
				Status: http.StatusRequestEntityTooLarge,
				Detail: "the Markdown takes too long to read: " + what + ", or send html",
				Errors: []Detail{d.at(what)},
			}
		}
		page, err := s.Markdown(d.Text)
		if err != nil {
			return fmt.Errorf("convert Markdown: %w", err)
		}
		d.read(page)
	case "html":
		d.read(d.Text)
	default:
		d.Text = strings.ReplaceAll(d.Text, "\r\n", "\n")
	}
	if problem := article.IDProblem(d.ID); problem != "" {
		return unprocessable(Detail{Detail: "the article's id " + problem})
	}
	if strings.TrimSpace(d.Text) == "" {
		return unprocessable(d.at("the article has no text"))
	}
	return nil
}

// frontMatter is what static sites have before the text. It is compiled when it is
// needed, as at the edge every start would pay for it.
var frontMatter = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\A---[ \t]*\r?\n(?:[\w-]+:|#).*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\z)`)
})

// at is a problem of the text.
func (d *draft) at(detail string) Detail {
	if d.bare {
		return Detail{Detail: detail}
	}
	return Detail{Detail: detail, Pointer: "#/" + d.form}
}

// read takes text, headings and, if there is none yet, the title from a page: from
// its main element or else from all but what stands beside the main text.
func (d *draft) read(page string) {
	doc := markup.Parse(page)
	d.Text, d.Headings = prose(doc, doc.Main, doc.Aside)
	if d.Text == "" {
		d.Text, d.Headings = prose(doc, nil, nil)
	}
	if d.Title == "" {
		d.Title = strings.Join(strings.Fields(doc.Title), " ")
	}
	if d.Title == "" && len(d.Headings) > 0 {
		d.Title = d.Headings[0]
	}
}

// prose is the blocks of a page that begin in one of the spans in, if there are
// any, and in none of out.
func prose(doc *markup.Document, in, out []markup.Span) (text string, headings []string) {
	var b strings.Builder
	start := 0
	for _, end := range append(slices.Clone(doc.Breaks), int32(len(doc.Text))) {
		block := strings.Join(strings.Fields(doc.Text[start:end]), " ")
		if block != "" && (len(in) == 0 || within(in, start)) && !within(out, start) {
			if b.Len() > 0 {
				b.WriteString("\n\n")
			}
			b.WriteString(block)
			if within(doc.Headings, start) {
				headings = append(headings, block)
			}
		}
		start = int(end)
	}
	return b.String(), headings
}

// within reports whether an offset is in one of the spans, which ascend.
func within(spans []markup.Span, offset int) bool {
	i, found := slices.BinarySearchFunc(spans, offset, func(s markup.Span, offset int) int { return s.Start - offset })
	return found || i > 0 && offset < spans[i-1].End
}
