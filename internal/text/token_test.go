package text

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
)

const eval = "../../../shared/eval"

// sameAsBleve compares Tokens with bleve's unicode tokenizer, token by token, but
// for letters that bleve takes for no word.
func sameAsBleve(t *testing.T, s string) {
	t.Helper()
	got := slices.DeleteFunc(Tokens(nil, s), func(x Token) bool { return onlyLeftOut(s[x.Start:x.End]) })
	want := unicode.NewUnicodeTokenizer().Tokenize([]byte(s))
	for i := range max(len(got), len(want)) {
		var g, w string
		var gs, ws int
		if i < len(got) {
			g, gs = s[got[i].Start:got[i].End], int(got[i].Start)
		}
		if i < len(want) {
			w, ws = string(want[i].Term), want[i].Start
		}
		if g != w || gs != ws {
			from := max(0, min(gs, ws)-20)
			t.Fatalf("token %d is %q at %d, bleve has %q at %d, in …%q", i, g, gs, w, ws, s[from:min(len(s), from+60)])
		}
		if wide := isWide(g); got[i].Wide != wide {
			t.Fatalf("token %d, %q: Wide is %v", i, g, got[i].Wide)
		}
	}
}

// onlyLeftOut reports whether a token is of letters that bleve takes for no word.
func onlyLeftOut(token string) bool {
	return len(unicode.NewUnicodeTokenizer().Tokenize([]byte(token))) == 0
}

func TestTokensExamples(t *testing.T) {
	for _, s := range []string{
		"", " ", "a", "_", "__a__", "a.b", "a.1", "1.a", "1.5", "1,5;6", "1,,5", "a:b", "a::b", "1:2", "can't", "can’t", "O’Reilly’s",
		"U.S. policy", "a_.b", "x'", "'x", "naïve café", "a.é", "é.a", "a’é", "a\u0301b", "a.\u0301b", "\u0301a", "a \u0301b", "soft\u00adhyphen",
		"zero\u200bwidth", "zero\u200dwidth", "בג״ץ א'ב", "人工智能AI模型", "カタカナ ひらがな", "한국어 문장", "مرحبا بالعالم", "ภาษาไทย", "👩‍👩‍👧 family", "🇬🇧🇫🇷",
		"Москва’s Ёж", "ﬁne ＡＩ", "1٫5", "a·b", "a‧b", "x²", "µm ªº", "\r\n\u2028", "a\x00b", "\ufeffa", "AGI。", "“AGI”", "e.g.", "http://a.b/c?d=e_f",
	} {
		sameAsBleve(t, s)
	}
}

func TestTokensStretchesLongerThanAPiece(t *testing.T) {
	for _, unit := range []string{"人", "é", "a\u0301", "ж\u0483", ".\u0301", "a.\u0301", "\u0301", "カ", "한", "\u200d", "א\"", "1٫"} {
		for _, n := range []int{1, pieceSize/2 - 1, pieceSize, 3*pieceSize + 1} {
			sameAsBleve(t, strings.Repeat(unit, n))
			sameAsBleve(t, "x"+strings.Repeat(unit, n)+"y z")
		}
	}
}

// Every character that classOf knows gives, between others, what bleve makes of it.
func TestTokensOfKnownCharacters(t *testing.T) {
	around := []string{"", "a", "1", ".", "'", "_", ",", ":", " ", "\u0301", "\u200d", "é", "α", "’", "א", "\"", "日", "カ", "−", "·", "\u00ad", "🇬", "😀"}
	known := 0
	for r := rune(utf8.RuneSelf); r <= 0xFFFF; r++ {
		if c, _ := classOf(string(r), 0); c == unknown || !utf8.ValidRune(r) {
			continue
		}
		known++
		for _, before := range around {
			for _, after := range around {
				sameAsBleve(t, before+string(r)+after)
				sameAsBleve(t, before+string(r)+after+"x")
			}
		}
	}
	if known < 500 {
		t.Fatalf("only %d characters", known)
	}
}

func TestTokensUnicodeCases(t *testing.T) {
	f, err := os.Open(filepath.Join(eval, "unicode/words.jsonl"))
	if err != nil {
		t.Skip("no evaluation data beside this checkout: ", err)
	}
	defer f.Close()
	n := 0
	for sc := bufio.NewScanner(f); sc.Scan(); n++ {
		var c struct{ Text string }
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		sameAsBleve(t, c.Text)
		sameAsBleve(t, "a "+c.Text+" b")
		sameAsBleve(t, "a"+c.Text+"b")
	}
	if n < 1000 {
		t.Fatalf("only %d cases", n)
	}
}

func TestTokensHaystacks(t *testing.T) {
	for _, name := range []string{"scale/haystack-en.txt", "scale/haystack-ru.txt", "scale/haystack-zh.txt", "unicode/blns.json", "abbreviations/wikipedia.docs.jsonl"} {
		b, err := os.ReadFile(filepath.Join(eval, name))
		if err != nil {
			t.Skip("no evaluation data beside this checkout: ", err)
		}
		for _, line := range strings.SplitAfter(string(b), "\n") {
			if utf8.ValidString(line) {
				sameAsBleve(t, line)
			}
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("The CMA’s 1,000.5 a.b:c_d naïve 人工 \u0301.")
	f.Add("a.\u200d\u0301b 1;\u00ad2 א\"ב カ_ナ")
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) {
			sameAsBleve(t, s)
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	s, err := os.ReadFile(filepath.Join(eval, "scale/haystack-en.txt"))
	if err != nil {
		b.Skip("no evaluation data beside this checkout: ", err)
	}
	b.SetBytes(int64(len(s)))
	var tokens []Token
	text := string(s)
	for b.Loop() {
		tokens = Tokens(tokens[:0], text)
	}
	b.ReportMetric(float64(len(tokens)), "tokens")
}
