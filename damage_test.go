package postil_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"postil"
)

var smallGlossary = []postil.Term{
	{ID: "cma", Label: "Competition Authority", Abbreviations: []string{"CMA"}, Kind: "authority", Definition: "It reviews mergers.", Context: []string{"merger"}},
	{ID: "music", Label: "Country Music", Abbreviations: []string{"CMA"}, Hidden: true, Context: []string{"song"}},
	{ID: "ai", Label: "AI", SeeAlso: []string{"cma"}, Sources: []postil.Source{{Title: "T", URL: "https://example.org/"}}},
}

// answers is all that an index says about some texts, as one string.
func answers(data []byte) (string, error) {
	a, err := postil.Open(data)
	if err != nil {
		return "", err
	}
	var out []byte
	for _, text := range []string{"The CMA reviews a merger of AIs.", "CMA song", "competition authority"} {
		r, err := a.Annotate(text, postil.Options{Candidates: true, MinScore: -1})
		if err != nil {
			return "", err
		}
		for _, x := range r.Annotations {
			if x.Term == "" {
				return "", errors.New("an annotation without a term")
			}
		}
		out = r.AppendJSON(out)
		if len(r.Terms()) != countTerms(r) {
			return "", errors.New("a term is missing")
		}
	}
	terms, _, err := a.Terms(postil.TermQuery{})
	if err != nil {
		return "", err
	}
	for _, t := range terms {
		out = append(out, t.ID+t.Label+t.Definition...)
	}
	return searched(a, out)
}

// searched appends what the index finds.
func searched(a *postil.Annotator, out []byte) (string, error) {
	r, err := a.Search(postil.SearchQuery{Text: "merger authority x"})
	if err != nil {
		return "", err
	}
	r.Index = "" // a flipped bit of the digest is for Verify to find
	out = r.AppendJSON(out)
	s, err := a.Suggest("compe", 0)
	if err != nil {
		return "", err
	}
	s.Index = ""
	return string(s.AppendJSON(out)), nil
}

func countTerms(r *postil.Result) int {
	ids := map[string]bool{}
	for _, x := range r.Annotations {
		ids[x.Term] = true
	}
	return len(ids)
}

// TestDamagedIndex flips every bit of a small index and cuts it at every byte:
// there must be an error or the same answers.
func TestDamagedIndex(t *testing.T) {
	data, err := postil.Compile(smallGlossary, postil.CompileOptions{Articles: []postil.Article{{ID: "a", Title: "T", Text: "X"}}})
	if err != nil {
		t.Fatal(err)
	}
	want, err := answers(data)
	if err != nil {
		t.Fatal(err)
	}
	noticed := 0
	for i := range data {
		for _, bit := range []byte{1, 16, 128} {
			d := bytes.Clone(data)
			d[i] ^= bit
			got, err := answers(d)
			switch {
			case err != nil:
				noticed++
			case got != want:
				t.Fatalf("byte %d flipped by %d: a wrong answer\n%s\nwant\n%s", i, bit, got, want)
			}
		}
		if _, err := answers(data[:i:i]); err == nil {
			t.Fatalf("cut to %d bytes: no error", i)
		} else if f := (*postil.FormatError)(nil); !errors.As(err, &f) {
			t.Fatalf("cut to %d bytes: %v is not a *FormatError", i, err)
		}
	}
	if noticed < len(data) {
		t.Fatalf("only %d of %d flips noticed", noticed, 3*len(data))
	}
}

// TestDamagedTermsJSON: whichever record of a term is damaged, there is an error or
// the answer is JSON and names its terms.
func TestDamagedTermsJSON(t *testing.T) {
	data, err := postil.Compile(smallGlossary, postil.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		d := bytes.Clone(data)
		d[i] ^= 16
		a, err := postil.Open(d)
		if err != nil {
			continue
		}
		r, err := a.Annotate("AI, and the CMA reviews a merger.", postil.Options{})
		if err != nil {
			continue
		}
		for _, x := range r.Annotations {
			if x.Term == "" {
				t.Fatalf("byte %d flipped: an annotation without a term", i)
			}
		}
		if out := r.AppendJSON(nil); !json.Valid(out) {
			t.Fatalf("byte %d flipped: not JSON: %s", i, out)
		}
	}
}

// TestDamagedTermRecords: whichever record of a term is damaged, a term is found or
// the index is said to be damaged, never that it has no such term.
func TestDamagedTermRecords(t *testing.T) {
	data, err := postil.Compile(smallGlossary, postil.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	noticed := 0
	for _, s := range a.Info().Sections {
		if s.Name != "termsdat" {
			continue
		}
		for i := s.Offset; i < s.Offset+s.Length; i++ {
			d := bytes.Clone(data)
			d[i] ^= 16
			for _, err := range lookups(t, d) {
				if f := (*postil.FormatError)(nil); errors.As(err, &f) {
					noticed++
				} else if err != nil {
					t.Fatalf("byte %d flipped: %v", i, err)
				}
			}
		}
	}
	if noticed == 0 {
		t.Error("no damage was noticed")
	}
}

// lookups are the errors of all that looks for a term by its id.
func lookups(t *testing.T, index []byte) []error {
	t.Helper()
	a, err := postil.Open(index)
	if err != nil {
		return []error{err}
	}
	var all []error
	for _, id := range []string{"ai", "cma"} {
		_, one := a.Term(id)
		_, two := a.AppendTermJSON(nil, id)
		_, three := a.Mentions(postil.MentionQuery{Term: id})
		page, _, four := a.Terms(postil.TermQuery{Cursor: id})
		_, five := a.Annotate("x", postil.Options{Terms: []string{id}})
		if id == "ai" && four == nil && len(page) != 1 {
			t.Errorf("%d terms follow %s", len(page), id)
		}
		all = append(all, one, two, three, four, five)
	}
	return all
}

func FuzzOpen(f *testing.F) {
	data, err := postil.Compile(smallGlossary, postil.CompileOptions{})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = answers(data)
		if _, err := postil.Open(data); err == nil {
			forge(data)
			usable(t, data)
		}
	})
}

func TestCompileErrors(t *testing.T) {
	no := func(name string, terms ...postil.Term) {
		t.Run(name, func(t *testing.T) {
			_, err := postil.Compile(terms, postil.CompileOptions{})
			if e := (*postil.TermError)(nil); !errors.As(err, &e) {
				t.Fatalf("%v is not a *TermError", err)
			}
		})
	}
	no("no id", postil.Term{Label: "A"})
	no("no label", postil.Term{ID: "a"})
	no("duplicate", postil.Term{ID: "a", Label: "A"}, postil.Term{ID: "a", Label: "B"})
	no("blank in front", postil.Term{ID: " a", Label: "A"})
	no("line feed", postil.Term{ID: "a\nb", Label: "A"})
	no("not UTF-8", postil.Term{ID: "a", Label: "A", Aliases: []string{"\xff"}})
	no("case", postil.Term{ID: "a", Label: "A", Case: "loud"})
	no("prior", postil.Term{ID: "a", Label: "A", Prior: 2})
}

func TestCompileIsDeterministic(t *testing.T) {
	reversed := []postil.Term{smallGlossary[2], smallGlossary[1], smallGlossary[0]}
	one, err := postil.Compile(smallGlossary, postil.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		two, err := postil.Compile(reversed, postil.CompileOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one, two) {
			t.Fatal("the same terms give different bytes")
		}
	}
}

func TestOptionErrors(t *testing.T) {
	a := open(t, smallGlossary...)
	for name, o := range map[string]postil.Options{
		"kind":      {Kinds: []string{"nonsense"}},
		"term":      {Terms: []string{"nobody"}},
		"exclude":   {Exclude: []string{"nobody"}},
		"min-score": {MinScore: 1.5},
		"overlaps":  {Overlaps: 9},
	} {
		if _, err := a.Annotate("x", o); err == nil {
			t.Errorf("%s: no error", name)
		} else if e := (*postil.ValueError)(nil); !errors.As(err, &e) {
			t.Errorf("%s: %v is not a *ValueError", name, err)
		}
	}
	for name, ask := range map[string]func() error{
		"search in":        func() error { _, err := a.Search(postil.SearchQuery{Text: "x", Scope: 3}); return err },
		"search offsets":   func() error { _, err := a.Search(postil.SearchQuery{Text: "x", Offsets: 3}); return err },
		"mentions order":   func() error { _, err := a.Mentions(postil.MentionQuery{Term: "ai", Order: 2}); return err },
		"mentions offsets": func() error { _, err := a.Mentions(postil.MentionQuery{Term: "ai", Offsets: 3}); return err },
	} {
		if e := (*postil.ValueError)(nil); !errors.As(ask(), &e) {
			t.Errorf("%s: %v is not a *ValueError", name, ask())
		}
	}
	if _, err := a.Annotate("\xff", postil.Options{}); !errors.Is(err, postil.ErrUTF8) {
		t.Errorf("invalid UTF-8: %v", err)
	}
	if _, _, err := a.Terms(postil.TermQuery{Cursor: "nobody"}); !errors.Is(err, postil.ErrCursor) {
		t.Errorf("cursor: %v", err)
	}
}

func TestWarnNumbersTheTermsAsGiven(t *testing.T) {
	terms := []postil.Term{{ID: "z", Label: "Z z"}, {ID: "m", Label: "…"}, {ID: "a", Label: "A a"}}
	var got []*postil.TermError
	if _, err := postil.Compile(terms, postil.CompileOptions{Warn: func(e *postil.TermError) { got = append(got, e) }}); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Index != 1 || got[0].ID != "m" || got[0].Field != "label" {
		t.Fatalf("%+v", got)
	}
}
