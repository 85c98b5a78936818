package text

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
)

func TestNormal(t *testing.T) {
	for _, c := range []struct {
		token, want string
		ending      Ending
	}{
		{"AGI", "agi", 0}, {"TPUs", "tpu", Plural}, {"OpenAI's", "openai", Possessive}, {"OpenAI’s", "openai", Possessive}, {"OpenAIʼs", "openai", Possessive}, {"OʼReilly", "o'reilly", 0},
		{"policies", "policy", Plural}, {"police", "police", 0}, {"Bus", "bus", 0}, {"boxes", "box", Plural}, {"caches", "cache", Plural},
		{"GPUs’s", "gpu", Plural | Possessive}, {"ＡＧＩ", "agi", 0}, {"ﬁne", "fine", 0}, {"na\u00adive", "naive", 0}, {"cafe\u0301", "café", 0},
		{"STRASSE", "strasse", 0}, {"Straße", "strasse", 0}, {"ΟΔΟΣ", "οδοσ", 0}, {"Οδός", "οδόσ", 0}, {"人", "人", 0}, {"'s", "'s", 0},
	} {
		got, e := Normal(nil, c.token, English())
		if string(got) != c.want || e != c.ending {
			t.Errorf("Normal(%q) = %q, %d; want %q, %d", c.token, got, e, c.want, c.ending)
		}
	}
}

func TestSingularASCII(t *testing.T) {
	parts := []string{"a", "e", "i", "o", "u", "h", "s", "c", "x", "S", "E", "1", "_", "b", "SH", "sho", "can", "cach", "tr", "U", "O", "IE"}
	var grow func(word string, more int)
	grow = func(word string, more int) {
		for _, token := range []string{word + "s", word + "S"} {
			if len(token) < 3 {
				continue
			}
			want, ending := Normal(nil, token, English())
			n, plain := SingularASCII(token)
			if plain && (!strings.EqualFold(string(want), token[:n]) || (ending != 0) != (n < len(token))) {
				t.Fatalf("%q: singular %q, Normal gives %q", token, token[:n], want)
			}
		}
		for _, p := range parts {
			if more > 0 {
				grow(word+p, more-1)
			}
		}
	}
	grow("", 4)
}

// sameAsStemmer compares Singular with bleve's plural stemmer.
func sameAsStemmer(t *testing.T, word string) {
	t.Helper()
	word = string(foldWide(nil, word))
	if strings.ToLower(word) != word || !utf8.ValidString(word) {
		return // bleve folds differently before it stems
	}
	stream := analysis.TokenStream{&analysis.Token{Term: []byte(word)}}
	want := string(en.NewEnglishPluralStemmerFilter().Filter(stream)[0].Term)
	b := []byte(word)
	n, y := Singular(b)
	b = b[:n]
	if y {
		b[n-1] = 'y'
	}
	if string(b) != want {
		t.Fatalf("singular of %q is %q, bleve has %q", word, b, want)
	}
}

func TestSingularExamples(t *testing.T) {
	for _, w := range strings.Fields("a as is us gas bus glass pies spies ties lies axes boxes xes oxes shoes hoes canoes toes oboes oes es s ses sses " +
		"dishes ashes shes ches aches caches tranches matches classes buses uses cases crises éés éies ées éxes ies") {
		sameAsStemmer(t, w)
	}
}

func TestSingularHaystack(t *testing.T) {
	f, err := os.Open(filepath.Join(eval, "scale/haystack-en.txt"))
	if err != nil {
		t.Skip("no evaluation data beside this checkout: ", err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Split(bufio.ScanWords)
	for sc.Scan() {
		sameAsStemmer(t, strings.Trim(sc.Text(), ".,;:()\"'"))
	}
}

func FuzzSingular(f *testing.F) {
	f.Add("cliches")
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) {
			sameAsStemmer(t, s)
		}
	})
}
