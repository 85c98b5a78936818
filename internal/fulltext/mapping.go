package fulltext

import (
	"cmp"
	"time"

	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/keyword" // registers itself
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// The fields of an article, as queries name them.
const (
	FieldTitle     = "title"
	FieldText      = "text"
	FieldHeadings  = "headings"
	FieldURL       = "url"
	FieldPublished = "published"
	FieldTerms     = "terms" // ids of the glossary terms annotated in it

	idField      = "_id"
	lengthField  = "length"  // see lengths.go
	suggestField = "suggest" // title and names, their words as they are
	noteField    = "note"    // stored and not searched
)

// Article is what is indexed.
type Article struct {
	ID        string
	Title     string
	Text      string
	URL       string
	Published time.Time // zero if not known
	Headings  []string
	Terms     []string
	// Names are what Suggest finds it by besides the title; they are not stored.
	Names []string
	// Note is UTF-8 that is kept with it and not searched.
	Note string
}

// fields are those of an article that the mapping maps. It is a struct, not a
// map, so that they come in the same order each time.
type fields struct {
	Title     string     `json:"title,omitempty"`
	Headings  []string   `json:"headings,omitempty"`
	Text      string     `json:"text,omitempty"`
	URL       string     `json:"url,omitempty"`
	Published *time.Time `json:"published,omitempty"`
	Terms     []string   `json:"terms,omitempty"`
	Names     []string   `json:"names,omitempty"`
	Note      string     `json:"note,omitempty"`
}

func (a *Article) fields() fields {
	f := fields{Title: a.Title, Headings: a.Headings, Text: a.Text, URL: a.URL, Terms: a.Terms, Names: a.Names, Note: a.Note}
	if !a.Published.IsZero() {
		t := a.Published.UTC()
		f.Published = &t
	}
	return f
}

// Plain is the analyzer for a language that has none of its own: words in lower
// case, neither stemmed nor stripped of stop words.
const Plain = "plain"

// Mapping says how bleve analyses articles: with the analyzer of that name, which
// is Plain or one that the program has imported; "" means that of English. The
// mapping is what bleve's own index takes, too.
func Mapping(analyzer string) (*mapping.IndexMappingImpl, error) {
	if err := registerTokenizer(); err != nil {
		return nil, err
	}
	m := mapping.NewIndexMapping()
	err := m.AddCustomAnalyzer(Plain, map[string]any{
		"type": custom.Name, "tokenizer": tokenizerName, "token_filters": []string{lowercase.Name},
	})
	if err != nil {
		return nil, err
	}
	m.DefaultAnalyzer = cmp.Or(analyzer, en.AnalyzerName)
	m.ScoringModel = index.TFIDFScoring
	m.DefaultField = FieldText
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	d := mapping.NewDocumentStaticMapping()
	d.AddSubDocumentMapping("_all", mapping.NewDocumentDisabledMapping())
	for _, name := range []string{FieldTitle, FieldText, FieldHeadings} {
		f := mapping.NewTextFieldMapping()
		f.DocValues = false
		f.Store = name != FieldHeadings // the text has them too
		d.AddFieldMappingsAt(name, f)
	}
	whole := mapping.NewTextFieldMapping()
	whole.Name, whole.Analyzer = suggestField, Plain
	whole.DocValues, whole.Store, whole.IncludeTermVectors = false, false, false
	d.AddFieldMappingsAt(FieldTitle, whole)
	d.AddFieldMappingsAt("names", whole)
	note := mapping.NewTextFieldMapping()
	note.Index, note.DocValues, note.IncludeTermVectors = false, false, false
	d.AddFieldMappingsAt(noteField, note)
	for _, name := range []string{FieldURL, FieldTerms} {
		f := mapping.NewKeywordFieldMapping()
		f.IncludeTermVectors = false
		d.AddFieldMappingsAt(name, f)
	}
	d.AddFieldMappingsAt(FieldPublished, mapping.NewDateTimeFieldMapping())
	m.DefaultMapping = d
	return m, m.Validate()
}
