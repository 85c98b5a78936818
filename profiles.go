package postil

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"

	"postil/internal/text"
)

// Weights of a word in a profile by where it stands, in log-odds.
const (
	weightContext    = 2.0
	weightName       = 1.2
	weightRelated    = 0.8
	weightDefinition = 0.5
	weightNot        = -2.5
)

// addProfiles gives a profile to every term whose mentions need a decision.
func (c *compiler) addProfiles() {
	stop := stopWords(c.options.Language)
	labels := map[string]string{}
	for _, t := range c.terms {
		labels[t.ID] = t.Label
	}
	shared := c.dict.Shared()
	for i := range c.terms {
		t, n := &c.terms[i], uint32(i)
		if !t.Evidence && !shared[n] && !c.common[n] {
			continue
		}
		add := func(s string, weight float64) {
			for _, class := range c.words(s, stop) {
				c.sense.Add(n, class, weight)
			}
		}
		add(t.Definition, weightDefinition)
		for _, s := range t.Related {
			add(s, weightRelated)
		}
		for _, id := range t.SeeAlso {
			add(labels[id], weightRelated)
		}
		for _, f := range formsOf(t) {
			add(f.written, weightName)
		}
		for _, s := range t.Context {
			add(s, weightContext)
		}
		for _, s := range t.NotContext {
			add(s, weightNot)
		}
		// What the mention itself says is no evidence for what it means.
		for _, f := range formsOf(t) {
			if words := c.words(f.written, nil); len(words) == 1 {
				c.sense.Remove(n, words[0])
			}
		}
	}
}

// words returns the classes of the words in s that are not stop words.
func (c *compiler) words(s string, stop analysis.TokenMap) []uint32 {
	var out []uint32
	for _, t := range text.Tokens(nil, s) {
		word := s[t.Start:t.End]
		normal, _ := text.Normal(nil, word, c.dict.English)
		if len(normal) == 0 || len(normal) > 255 || stop[strings.ToLower(word)] {
			continue
		}
		out = append(out, c.dict.Class(string(normal)))
	}
	return out
}

// stopWords are bleve's for English; other languages have none yet.
func stopWords(language string) analysis.TokenMap {
	m := analysis.NewTokenMap()
	if isEnglish(language) {
		_ = m.LoadBytes(en.EnglishStopWords)
	}
	return m
}

// isEnglish reports whether a BCP 47 tag is English of any region.
func isEnglish(tag string) bool {
	primary, _, _ := strings.Cut(tag, "-")
	return strings.EqualFold(primary, "en")
}
