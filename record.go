package postil

import (
	"encoding/binary"
	"encoding/json"
	"math"

	"postil/internal/index"
)

// record is a term in the index: u32 length of the card, u16 length of the id,
// u16 length of the folded label; id; folded label; JSON. The JSON object of the
// whole term begins with the members that a card shows; the card is the object
// up to there.
type record struct {
	id, label string
	json      []byte // the whole object
	card      int    // length of the card without its closing brace
}

// cardFields are the members of a term that a card shows, in this order.
type cardFields struct {
	ID            string   `json:"id"`
	Label         string   `json:"label"`
	Abbreviations []string `json:"abbreviations,omitempty"`
	Kind          string   `json:"kind,omitempty"`
	Definition    string   `json:"definition,omitempty"`
	Sources       []Source `json:"sources,omitempty"`
	SeeAlso       []string `json:"see_also,omitempty"`
	Language      string   `json:"language,omitempty"`
}

func encodeRecord(t *Term) ([]byte, error) {
	card, err := json.Marshal(cardFields{t.ID, t.Label, t.Abbreviations, t.Kind, t.Definition, t.Sources, t.SeeAlso, t.Language})
	if err != nil {
		return nil, err
	}
	whole, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	label := foldLabel(t.Label)
	le := binary.LittleEndian
	b := le.AppendUint32(nil, uint32(len(card)-1))
	b = le.AppendUint16(b, uint16(len(t.ID)))
	b = le.AppendUint16(b, uint16(len(label)))
	b = append(append(b, t.ID...), label...)
	return append(b, whole...), nil
}

func (a *Annotator) record(i int) (record, error) {
	b, err := a.terms.At(i)
	if err != nil {
		return record{}, err
	}
	if len(b) < 8 {
		return record{}, index.Errorf("termsdat", "term %d is cut off", i)
	}
	le := binary.LittleEndian
	card, id, label := int(le.Uint32(b)), int(le.Uint16(b[4:])), int(le.Uint16(b[6:]))
	if 8+id+label+card >= len(b) {
		return record{}, index.Errorf("termsdat", "term %d is cut off", i)
	}
	return record{index.String(b[8 : 8+id]), index.String(b[8+id : 8+id+label]), b[8+id+label:], card}, nil
}

// appendCard appends the JSON object that a card shows.
func (r *record) appendCard(dst []byte) []byte { return append(append(dst, r.json[:r.card]...), '}') }

func (r *record) term() (t Term, err error) {
	if err := json.Unmarshal(r.json, &t); err != nil {
		return Term{}, index.Errorf("termsdat", "term %q: %w", r.id, err)
	}
	return t, nil
}

// Attributes of a term, 4 bytes: u16 kind (number in meta.Kinds, plus one; 0 for
// none), u16 flags.
const attrSize = 4

type attributes struct {
	kind  int
	flags uint16
}

// maxKinds is how many kinds of terms can be told apart.
const maxKinds = math.MaxUint16

const (
	attrHidden = 1 << 0
)

func appendAttributes(b []byte, t *Term, kind int) []byte {
	var flags uint16
	if t.Hidden {
		flags |= attrHidden
	}
	le := binary.LittleEndian
	b = le.AppendUint16(b, uint16(kind))
	return le.AppendUint16(b, flags)
}

// attributes returns those of a term; a number that is none has zeros.
func (a *Annotator) attributes(term uint32) attributes {
	if int(term) >= len(a.attrs)/attrSize {
		return attributes{}
	}
	b := a.attrs[term*attrSize:]
	le := binary.LittleEndian
	return attributes{int(le.Uint16(b)), le.Uint16(b[2:])}
}

func (t attributes) hidden() bool { return t.flags&attrHidden != 0 }
