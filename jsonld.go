package postil

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
)

// LinkedData says how JSON-LD names what it refers to. The zero value needs to
// know nothing.
type LinkedData struct {
	// Source is the IRI of the annotated document. Empty means the name of its
	// content by RFC 6920, "ni:///sha-256;…", which whoever has the document can
	// compute as well.
	Source string
	// Terms is an IRI to which the id of a term, percent-encoded, is appended to
	// make the term's. Empty means a UUID made of the id.
	Terms string
}

// TermIRI is the IRI of the term with an id.
func (ld LinkedData) TermIRI(id string) string {
	if ld.Terms == "" {
		var w ldWriter
		w.id(w.uuid("term", id))
		return string(w.dst)
	}
	iri := []byte(ld.Terms)
	for i := range len(id) {
		switch c := id[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '.', c == '_', c == '~':
			iri = append(iri, c)
		default:
			iri = append(iri, '%', "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15])
		}
	}
	return string(iri)
}

// AppendJSONLD appends the answer as an AnnotationPage of the W3C Web Annotation
// Data Model. If there is nothing in it, it is an AnnotationCollection with
// a total of 0, since a page must have items. Whatever Offsets says, positions
// are code points; of HTML they count in its text, since the model has tags
// removed and character references replaced first. The ids are the same whenever
// the same terms are found at the same places of the same document.
func (r *Result) AppendJSONLD(dst []byte, ld LinkedData) []byte {
	if ld.Source == "" {
		sum := sha256.Sum256([]byte(r.source))
		ld.Source = "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(sum[:])
	}
	w := ldWriter{
		dst: dst, result: r, LinkedData: ld,
		bodies:  map[string][]byte{},
		counter: counter{text: r.text, unit: UTF32},
	}
	w.page()
	return w.dst
}

// ldWriter writes one page.
type ldWriter struct {
	dst    []byte
	result *Result
	LinkedData
	bodies  map[string][]byte // by term
	counter counter
	items   []byte // the ids of the annotations
	name    []byte // scratch
}

// room is about what an annotation takes. A long page grows by doubling: all that it
// has outgrown is garbage, and by a quarter at a time that is several times as much.
const room = 2 << 10

func (w *ldWriter) page() {
	w.add(`{"@context":"http://www.w3.org/ns/anno.jsonld","id":"`)
	if len(w.result.Annotations) == 0 {
		w.collection(w.uuid("collection", w.Source, w.result.Index))
		w.add("}")
		return
	}
	var none [16]byte
	page := len(w.dst)
	w.id(none)
	w.add(`","type":"AnnotationPage","partOf":{"id":"`)
	collection := len(w.dst)
	w.collection(none)
	w.add(`},"startIndex":0,"items":[`)
	for i := range w.result.Annotations {
		if w.result.exceeds(len(w.dst) - page) {
			return
		}
		if cap(w.dst)-len(w.dst) < room {
			w.dst = slices.Grow(w.dst, len(w.dst))
		}
		if i > 0 {
			w.add(",")
		}
		w.annotation(&w.result.Annotations[i])
	}
	w.add("]}")
	// What is on the page is known only now, and its ids are all of one length.
	end, items := len(w.dst), string(w.items)
	for what, at := range map[string]int{"page": page, "collection": collection} {
		w.id(w.uuid(what, w.Source, w.result.Index, items))
		copy(w.dst[at:], w.dst[end:])
		w.dst = w.dst[:end]
	}
}

// collection leaves the object open.
func (w *ldWriter) collection(id [16]byte) {
	w.id(id)
	w.add(`","type":"AnnotationCollection","label":"Glossary terms","total":`)
	w.dst = strconv.AppendInt(w.dst, int64(len(w.result.Annotations)), 10)
}

func (w *ldWriter) annotation(a *Annotation) {
	start, end := w.counter.units(int(a.from)), w.counter.units(int(a.to))
	w.add(`{"id":"`)
	id := w.uuid("annotation", w.Source, a.Term, strconv.Itoa(start), strconv.Itoa(end))
	w.items = append(w.items, id[:]...)
	w.id(id)
	w.add(`","type":"Annotation","motivation":"identifying","body":`)
	body, ok := w.bodies[a.Term]
	if ok {
		w.dst = append(w.dst, body...)
	} else {
		n := len(w.dst)
		w.body(a.Term)
		w.bodies[a.Term] = w.dst[n:]
	}
	prefix, suffix := around(w.result.text, int(a.from), int(a.to))
	w.member(`,"target":{"source":`, w.Source)
	w.member(`,"selector":[{"type":"TextQuoteSelector","exact":`, w.result.text[a.from:a.to])
	w.member(`,"prefix":`, prefix)
	w.member(`,"suffix":`, suffix)
	w.add(`},{"type":"TextPositionSelector","start":`)
	w.dst = strconv.AppendInt(w.dst, int64(start), 10)
	w.add(`,"end":`)
	w.dst = strconv.AppendInt(w.dst, int64(end), 10)
	w.add(`}]}}`)
}

// body names the term and, if there is one, gives its definition.
func (w *ldWriter) body(id string) {
	t, language := w.result.term(id)
	w.member(`[{"type":"SpecificResource","purpose":"identifying","source":{"id":`, w.TermIRI(id))
	w.member(`,"type":"schema:DefinedTerm","schema:termCode":`, id)
	w.member(`,"schema:name":`, t.Label)
	for i, s := range t.Sources {
		if i == 0 {
			w.add(`,"schema:subjectOf":[`)
		} else {
			w.add(",")
		}
		w.member(`{"type":"schema:CreativeWork","schema:name":`, s.Title)
		if s.URL != "" {
			w.member(`,"schema:url":`, s.URL)
		}
		w.add("}")
	}
	if len(t.Sources) > 0 {
		w.add("]")
	}
	w.add("}}")
	if t.Definition != "" {
		w.member(`,{"type":"TextualBody","purpose":"describing","value":`, t.Definition)
		w.member(`,"format":"text/plain","language":`, language)
		w.add("}")
	}
	w.add("]")
}

// term returns a term and its language; of a Result that no Annotator made, it
// knows the id only.
func (r *Result) term(id string) (t Term, language string) {
	if r.annotator == nil {
		return Term{ID: id, Label: id}, r.Language
	}
	t, err := r.annotator.Term(id)
	if err != nil {
		t = Term{ID: id, Label: id}
	}
	if t.Language != "" {
		return t, t.Language
	}
	return t, r.annotator.Language()
}

// uuid names what the parts identify: a UUID of version 8 (RFC 9562), made of
// their SHA-256.
func (w *ldWriter) uuid(parts ...string) (id [16]byte) {
	w.name = append(w.name[:0], "postil"...)
	for _, p := range parts {
		w.name = binary.LittleEndian.AppendUint32(w.name, uint32(len(p)))
		w.name = append(w.name, p...)
	}
	sum := sha256.Sum256(w.name)
	copy(id[:], sum[:])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}

// id appends a UUID as a URN.
func (w *ldWriter) id(id [16]byte) {
	w.add("urn:uuid:")
	from := 0
	for _, to := range [...]int{4, 6, 8, 10, 16} {
		if from > 0 {
			w.add("-")
		}
		w.dst = hex.AppendEncode(w.dst, id[from:to])
		from = to
	}
}

func (w *ldWriter) add(s string) { w.dst = append(w.dst, s...) }

// member appends what precedes a string, and the string.
func (w *ldWriter) member(before, s string) { w.dst = appendString(append(w.dst, before...), s) }
