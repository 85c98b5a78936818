package main

// copyZap copies zap without what writes and merges thesauri, of which our
// segments have none. Their place in a segment stays, and is empty as it was.
func copyZap(from, to string) error {
	edits := []edit{{
		"section_synonym_index.go",
		"registerSegmentSection(SectionSynonymIndex, &synonymIndexSection{})",
		"registerSegmentSection(SectionSynonymIndex, noThesauri{})",
		1,
	}}
	return copyEdited(from, to, []string{"go.mod", "*.go"}, func(name string, src []byte) ([]byte, error) {
		src, err := apply(edits, name, src)
		if err == nil && name == "section_synonym_index.go" {
			src = append(src, noThesauri...)
		}
		return src, err
	})
}

// noThesauri is a section of a segment in which there is nothing.
const noThesauri = `
type noThesauri struct{}

func (noThesauri) Process(map[int]resetable, uint32, index.Field, uint16) {}

func (noThesauri) Persist(map[int]resetable, *CountHashWriter) (int64, error) { return 0, nil }

func (noThesauri) AddrForField(map[int]resetable, int) int { return 0 }

func (noThesauri) Merge(map[int]resetable, []*SegmentBase, []*roaring.Bitmap, []string, [][]uint64, *CountHashWriter, chan struct{}) error {
	return nil
}

func (noThesauri) InitOpaque(map[string]interface{}) resetable { return noThesauri{} }

func (noThesauri) Reset() error { return nil }

func (noThesauri) Set(string, interface{}) {}
`
