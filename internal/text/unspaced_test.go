package text

import (
	"strings"
	"testing"
	"unicode"
)

func TestUnspaced(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{"Thai", "ปัญ ญา ป ระ ดิ ษฐ์"},
		{"Thai, with leading vowels", "เป ลี่ ย น ต ลา ด"},
		{"Thai, long", "สำ นัก งา น ค ณะ ก ร ร ม กา ร กำ กับ ห ลัก ท รัพย์ และ ต ลา ด ห ลัก ท รัพย์"},
		{"Thai beside Latin", "AI ไท ย AI"},
		{"Khmer, with consonants below", "ប ញ្ញា សិ ប្ប និ ម្មិ ត"},
		{"Lao", "ປັນ ຍາ ປະ ດິ ດ"},
		{"Myanmar, with final consonants", "ဉာဏ် ရည် တု"},
		{"Myanmar, with a stacked consonant", "အင်္ဂ လိပ်"},
		{"Georgian capitals", "ᲮᲔᲚᲝᲕᲜᲣᲠᲘ"},
		{"Adlam", "𞤀𞤣𞤤𞤢𞤥"},
	} {
		s := strings.ReplaceAll(c.want, " ", "")
		var got []string
		for _, x := range Tokens(nil, s) {
			got = append(got, s[x.Start:x.End])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.script, got, c.want)
		}
	}
}

// TestUnspacedStretches splits stretches that are longer than what the segmenter
// is given at once.
func TestUnspacedStretches(t *testing.T) {
	const word, parts = "ทรัพย์กับ", 3 // ท รัพย์ กับ
	for _, n := range []int{1, 100, pieceSize / len(word), pieceSize} {
		got := Tokens(nil, strings.Repeat(word, n))
		if len(got) != parts*n {
			t.Errorf("%d words: %d tokens, want %d", n, len(got), parts*n)
		}
		for i, x := range got {
			if want := got[i%parts].End - got[i%parts].Start; x.End-x.Start != want {
				t.Fatalf("%d words: token %d has %d bytes, want %d", n, i, x.End-x.Start, want)
			}
		}
	}
}

// TestFoldOptional leaves out what writers may leave out, and nothing else.
func TestFoldOptional(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"בִּינָה מְלָאכוּתִית", "בינה מלאכותית"},
		{"שׁלום", "שלום"},
		{"الذَّكَاءُ", "الذكاء"},
		{"الذكـــاء", "الذكاء"},
		{"القرآن", "القرآن"},
		{"बाज़ार", "बाजार"},
		{"ऩऱऴ", "नरळ"},
		{"বাংলাদেশ য়", "বাংলাদেশ য়"},
		{"ᲥᲐᲠᲗᲣᲚᲘ", "ქართული"},
		{"ปัญญา", "ปัญญา"},
	} {
		if got := string(Fold(nil, c.written)); got != c.want {
			t.Errorf("%q is folded to %q, want %q", c.written, got, c.want)
		}
	}
	for r := range rune(0x3000) {
		if isOptional(r) && r != 0x640 && !unicode.Is(unicode.Mn, r) {
			t.Errorf("%U is a letter", r)
		}
	}
}
