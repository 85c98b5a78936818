package markup

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// FuzzSoup makes tags of bytes, which reaches deeper than mutated text.
func FuzzSoup(f *testing.F) {
	f.Add([]byte("\x00\x01\x02"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) <= 200 {
			checkSoup(t, data)
		}
	})
}

// TestSoup runs the same checks on sources that are the same each time.
func TestSoup(t *testing.T) {
	choice := rand.NewChaCha8([32]byte{})
	for i := range 5000 {
		data := make([]byte, 10+i%120)
		choice.Read(data)
		// A source that the reference refuses ends its subtest only.
		t.Run("", func(t *testing.T) { checkSoup(t, data) })
	}
}

func checkSoup(t *testing.T, data []byte) {
	src := soup(data)
	checkParse(t, src)
	checkInsert(t, src, len(data))
}

var soupNames = strings.Fields(`a address b big body br button caption code col colgroup dd desc div dl dt em
	font foreignObject form frameset h1 h2 head hr html i iframe image img input li listing math mi marquee
	annotation-xml mglyph mtext nobr noframes noscript object ol optgroup option p param plaintext pre rb rp rt rtc ruby
	script select span style svg table tbody td template textarea tfoot th thead title tr u ul video x-y xmp`)

var soupAttributes = []string{
	"", "", "", "", " translate=no", " translate=yes", " class=postil-ignore", " id=1", " id=2 x", " x id='2'",
	" contenteditable", " data-postil=x", " type=hidden", " encoding=text/html", " color=x", "/", " lang=de",
}

// soup builds HTML, taking the choices from data.
func soup(data []byte) string {
	var s strings.Builder
	next := func() int {
		if len(data) == 0 {
			return 0
		}
		b := data[0]
		data = data[1:]
		return int(b)
	}
	for words := 0; len(data) > 0; {
		switch c := next(); {
		case c < 60:
			words++
			s.WriteString(string(rune('A'+words%26)) + "b")
		case c < 70:
			s.WriteString(" ")
		case c < 160:
			s.WriteString("<" + soupNames[next()%len(soupNames)] + soupAttributes[next()%len(soupAttributes)] + ">")
		case c < 240:
			s.WriteString("</" + soupNames[next()%len(soupNames)] + ">")
		default:
			other := []string{"<!-- x -->", "\n", "\r\n", "\x00", "&amp;", "&#32;", "<![CDATA[Cd]]>", "<!DOCTYPE html>", "&nbsp", "<", "&#x80;"}
			s.WriteString(other[c%len(other)])
		}
	}
	return s.String()
}
