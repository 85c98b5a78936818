package postil

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"postil/internal/fulltext"
)

// What can be searched: the segments "articles" and "termtext" (see package
// fulltext), of the publisher's articles and of the visible terms. An index
// without articles has neither: there is no archive to search.
const (
	articleSection = "articles"
	termSection    = "termtext"
)

// segmentText is how much text is analysed at a time, in bytes: analysis takes
// some ten times that in memory. What has been analysed is merged.
const segmentText = 4 << 20

// addSearch adds what can be searched.
func (c *compiler) addSearch() error {
	articles, err := inOrder(c.options.Articles)
	if err != nil || len(articles) == 0 {
		return err
	}
	a, err := c.annotator()
	if err != nil {
		return err
	}
	s := segmenter{analyzer: analyzerOf(c.dict.Language)}
	for i := range articles {
		if err := c.step("articles", i, len(articles)); err != nil {
			return err
		}
		indexed, err := a.indexed(&articles[i])
		if err != nil {
			return err
		}
		if err := s.add(indexed); err != nil {
			return err
		}
	}
	if err := c.addSegment(articleSection, &s); err != nil {
		return err
	}
	return c.addTermText()
}

// annotator is for the articles: it has the glossary, compiled by itself. That
// takes little beside the analysis of articles, and it does not matter where the
// index is being written.
func (c *compiler) annotator() (*Annotator, error) {
	o := c.options
	o.Articles, o.Warn, o.Progress = nil, nil, nil
	data, err := CompileContext(c.until, c.given, o)
	if err != nil {
		return nil, err
	}
	return OpenWith(data, OpenOptions{Languages: o.Languages})
}

// inOrder returns articles in the order of their ids, of which no two are equal.
func inOrder(articles []Article) ([]Article, error) {
	sorted := slices.SortedStableFunc(slices.Values(articles), func(a, b Article) int { return strings.Compare(a.ID, b.ID) })
	for i, a := range sorted {
		if !validID(a.ID) {
			return nil, fmt.Errorf("article %q: id: %w", a.ID, errID)
		}
		if i > 0 && sorted[i-1].ID == a.ID {
			return nil, fmt.Errorf("article %q: id: another article has this id", a.ID)
		}
	}
	return sorted, nil
}

// addTermText makes the visible terms searchable: their names as titles, their
// definitions as texts.
func (c *compiler) addTermText() error {
	s := segmenter{analyzer: analyzerOf(c.dict.Language)}
	for i := range c.order {
		t := c.term(i)
		if t.Hidden {
			continue
		}
		names := slices.Concat(t.Abbreviations, t.Aliases)
		if err := s.add(fulltext.Article{ID: t.ID, Title: t.Label, Headings: names, Names: names, Text: strings.ToValidUTF8(t.Definition, "\ufffd")}); err != nil {
			return err
		}
	}
	return c.addSegment(termSection, &s)
}

func (c *compiler) addSegment(section string, s *segmenter) error {
	data, err := s.finish()
	if err != nil {
		return err
	}
	if data != nil {
		c.w.AddLazy(section, data)
	}
	return nil
}

// indexed is an article as it is searched, with the terms that it mentions.
func (a *Annotator) indexed(in *Article) (fulltext.Article, error) {
	title := in.Title + "\n\n"
	r, err := a.Annotate(title+in.Text, Options{Offsets: UTF8})
	if err != nil {
		return fulltext.Article{}, fmt.Errorf("article %q: %w", in.ID, err)
	}
	n := note{published: in.Published, headings: in.Headings}
	var terms []string
	at := map[string]int{}
	for _, x := range r.Annotations {
		p := place{x.Start - len(title), x.End - len(title)}
		i, known := at[x.Term]
		switch {
		case !known:
			at[x.Term] = len(terms)
			terms, n.places = append(terms, x.Term), append(n.places, p)
		case n.places[i].start < 0 && p.start >= 0: // in the text it says more than in the title
			n.places[i] = p
		}
	}
	return fulltext.Article{
		ID: in.ID, Title: in.Title, Text: in.Text, URL: in.URL, Headings: in.Headings,
		Published: parsePublished(in.Published), Terms: terms, Note: n.String(),
	}, nil
}

// parsePublished is the time of a date or date-time; zero if it is none, or none
// that can be indexed.
func parsePublished(s string) time.Time {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			if t = t.UTC(); t.Year() >= 1678 && t.Year() < 2262 {
				return t
			}
		}
	}
	return time.Time{}
}

// segmenter makes one segment of articles, some at a time.
type segmenter struct {
	analyzer string
	waiting  []fulltext.Article
	size     int // bytes of text waiting
	done     []fulltext.Segment
}

func (s *segmenter) add(a fulltext.Article) error {
	s.waiting = append(s.waiting, a)
	if s.size += len(a.Title) + len(a.Text) + 100; s.size < segmentText {
		return nil
	}
	return s.build()
}

func (s *segmenter) build() error {
	data, err := fulltext.Build(s.waiting, s.analyzer)
	if err != nil {
		return err
	}
	s.done = append(s.done, fulltext.Segment{ID: fmt.Sprint(len(s.done)), Data: data, Verified: true})
	s.waiting, s.size = nil, 0
	return nil
}

// finish returns the segment; nil if there is nothing to search.
func (s *segmenter) finish() ([]byte, error) {
	if len(s.waiting) > 0 {
		if err := s.build(); err != nil {
			return nil, err
		}
	}
	switch len(s.done) {
	case 0:
		return nil, nil
	case 1:
		return s.done[0].Data, nil
	}
	x, err := fulltext.Open(s.done, fulltext.Options{Analyzer: s.analyzer})
	s.done = nil
	if err != nil {
		return nil, err
	}
	return x.Merge()
}
