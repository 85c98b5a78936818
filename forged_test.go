package postil_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"testing"

	"postil"
)

// forge gives an index the checksums and the digest of what is in it, as somebody
// may who publishes one.
func forge(data []byte) {
	le, castagnoli := binary.LittleEndian, crc32.MakeTable(crc32.Castagnoli)
	table := data[len(data)-32*int(le.Uint32(data[12:])):]
	for e := table; len(e) > 0; e = e[32:] {
		from, size := le.Uint64(e[8:]), le.Uint64(e[16:])
		le.PutUint32(e[24:], crc32.Checksum(data[from:from+size], castagnoli))
	}
	sum := sha256.Sum256(data[64:])
	copy(data[24:], sum[:])
	le.PutUint32(data[56:], crc32.Update(crc32.Checksum(data[:56], castagnoli), castagnoli, table))
}

// TestForgedIndex: whatever an index says with right checksums, it is refused or
// the answers are of the text: spans lie in it, and JSON is JSON.
func TestForgedIndex(t *testing.T) {
	t.Parallel()
	data, err := postil.Compile(append(smallGlossary[:len(smallGlossary):len(smallGlossary)], postil.Term{ID: "net", Label: ".NET"}), postil.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	refused, tried := 0, 0
	for _, s := range a.Info().Sections {
		for i := s.Offset; i < s.Offset+s.Length; i++ {
			for _, b := range []byte{data[i] ^ 7, data[i] ^ 16, 255} {
				d := bytes.Clone(data)
				d[i] = b
				forge(d)
				if tried++; !usable(t, d) {
					refused++
				}
			}
		}
	}
	t.Logf("%d of %d refused", refused, tried)
}

// usable reports whether an index opens and is in order, and then uses it.
func usable(t *testing.T, data []byte) bool {
	t.Helper()
	a, err := postil.Open(data)
	if err != nil || a.Verify() != nil {
		return false
	}
	for _, text := range []string{"The CMA reviews a merger of AIs.", "CMA song", "NET and .NET"} {
		r, err := a.Annotate(text, postil.Options{Candidates: true, Explain: true, MinScore: -1, Offsets: postil.UTF8})
		if err != nil {
			continue
		}
		for _, x := range r.Annotations {
			if x.Start < 0 || x.Start >= x.End || x.End > len(text) || text[x.Start:x.End] != x.Exact || !(x.Score >= 0 && x.Score <= 1) {
				t.Errorf("%q has an annotation %+v", text, x)
			}
		}
		if out := r.AppendJSON(nil); !json.Valid(out) {
			t.Errorf("%q: not JSON: %s", text, out)
		}
	}
	if s, err := a.Suggest("compe", 0); err == nil && !json.Valid(s.AppendJSON(nil)) {
		t.Error("suggestions are not JSON")
	}
	return true
}
