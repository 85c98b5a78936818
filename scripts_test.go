package postil_test

import (
	"testing"

	"postil"
	"postil/language"
)

// TestScripts finds terms of scripts that have no spaces, that have two forms of
// letters, or that have marks which writers may leave out.
func TestScripts(t *testing.T) {
	for _, c := range []struct{ language, label, text, want string }{
		{"th", "ปัญญาประดิษฐ์", "ตลาดกำลังเปลี่ยนเพราะปัญญาประดิษฐ์ใหม่", "ปัญญาประดิษฐ์"},
		{"th", "ปัญญาประดิษฐ์", "ปัญญา\u200bประดิษฐ์", "ปัญญา\u200bประดิษฐ์"},
		{"th", "สำนักงานคณะกรรมการกำกับหลักทรัพย์และตลาดหลักทรัพย์", "ที่สำนักงานคณะกรรมการกำกับหลักทรัพย์และตลาดหลักทรัพย์กล่าว", "สำนักงานคณะกรรมการกำกับหลักทรัพย์และตลาดหลักทรัพย์"},
		{"th", "กา", "เกาะ", ""}, // the vowel is spelt around the consonant
		{"th", "ก", "กี่", ""},
		{"km", "បញ្ញាសិប្បនិម្មិត", "ទីផ្សារបញ្ញាសិប្បនិម្មិតកំពុង", "បញ្ញាសិប្បនិម្មិត"},
		{"km", "ប", "ប្ប", ""}, // the second consonant is written below the first
		{"lo", "ປັນຍາປະດິດ", "ມື້ນີ້ປັນຍາປະດິດມາ", "ປັນຍາປະດິດ"},
		{"my", "ဉာဏ်ရည်တု", "ယနေ့ဉာဏ်ရည်တုသည်", "ဉာဏ်ရည်တု"},
		{"my", "အ", "အင်္ဂလိပ်", ""},
		{"ka", "ხელოვნური ინტელექტი", "ᲮᲔᲚᲝᲕᲜᲣᲠᲘ ᲘᲜᲢᲔᲚᲔᲥᲢᲘ და", "ᲮᲔᲚᲝᲕᲜᲣᲠᲘ ᲘᲜᲢᲔᲚᲔᲥᲢᲘ"},
		{"he", "בינה מלאכותית", "בִּינָה מְלָאכוּתִית", "בִּינָה מְלָאכוּתִית"},
		{"he", "בִּינָה מְלָאכוּתִית", "בינה מלאכותית", "בינה מלאכותית"},
		{"ar", "الذكاء الاصطناعي", "الذَّكَاءُ الاِصْطِنَاعِيّ مهم", "الذَّكَاءُ الاِصْطِنَاعِيّ"},
		{"ar", "القران", "القرآن", ""}, // madda makes another letter
		{"hi", "बाज़ार", "बाजार में", "बाजार"},
		{"hi", "बाजार", "बाज़ार में", "बाज़ार"},
	} {
		index, err := postil.Compile([]postil.Term{{ID: "x", Label: c.label}}, postil.CompileOptions{Language: c.language, Languages: language.All()})
		if err != nil {
			t.Fatal(c.label, err)
		}
		a, err := postil.OpenWith(index, postil.OpenOptions{Languages: language.All()})
		if err != nil {
			t.Fatal(c.label, err)
		}
		r, err := a.Annotate(c.text, postil.Options{})
		if err != nil {
			t.Fatal(c.label, err)
		}
		got := ""
		for _, found := range r.Annotations {
			got += found.Exact
		}
		if got != c.want {
			t.Errorf("%s, %q in %q: found %q, want %q", c.language, c.label, c.text, got, c.want)
		}
	}
}

// TestSearchScripts finds articles in scripts without spaces.
func TestSearchScripts(t *testing.T) {
	for _, c := range []struct{ language, text, query string }{
		{"th", "ตลาดกำลังเปลี่ยนเพราะปัญญาประดิษฐ์ใหม่", `"ปัญญาประดิษฐ์"`},
		{"km", "ទីផ្សារបញ្ញាសិប្បនិម្មិតកំពុង", `"បញ្ញាសិប្បនិម្មិត"`},
		{"my", "ယနေ့ဉာဏ်ရည်တုသည်", "ဉာဏ်ရည်တု"},
		{"ka", "ᲮᲔᲚᲝᲕᲜᲣᲠᲘ ინტელექტი", "ინტელექტი ᲮᲔᲚᲝᲕᲜᲣᲠᲘ"},
	} {
		articles := []postil.Article{{ID: "a", Text: c.text}, {ID: "b", Text: "another"}}
		index, err := postil.Compile([]postil.Term{{ID: "x", Label: "x"}}, postil.CompileOptions{Language: c.language, Languages: language.All(), Articles: articles})
		if err != nil {
			t.Fatal(err)
		}
		a, err := postil.OpenWith(index, postil.OpenOptions{Languages: language.All()})
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Search(postil.SearchQuery{Text: c.query})
		if err != nil {
			t.Fatal(c.query, err)
		}
		if len(r.Articles) != 1 || r.Articles[0].ID != "a" {
			t.Errorf("%s: %q finds %+v", c.language, c.query, r.Articles)
		}
	}
}
