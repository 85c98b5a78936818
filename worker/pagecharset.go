package worker

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/tdewolff/parse/v2"
	lex "github.com/tdewolff/parse/v2/html"
)

// prescanned is how much of a page a browser looks through for its encoding.
const prescanned = 1024

// decode turns a page into UTF-8, as a browser would read it. declared is the
// charset of its Content-Type.
func decode(page []byte, declared string, other func(label string, text []byte) (string, error)) (string, error) {
	label := encodingOf(page, declared)
	if isUTF8(label) {
		return strings.ToValidUTF8(string(bytes.TrimPrefix(page, []byte("\ufeff"))), "\ufffd"), nil
	}
	if other != nil {
		if text, err := other(label, page); err == nil {
			return strings.ToValidUTF8(strings.TrimPrefix(text, "\ufeff"), "\ufffd"), nil
		}
	}
	return "", unfit(fmt.Sprintf("the page is in the encoding %q, which cannot be read here: UTF-8 can", short(label)))
}

func isUTF8(label string) bool {
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "utf-8", "utf8", "unicode-1-1-utf-8":
		return true
	}
	return false
}

// encodingOf is the label of a page's encoding: of its byte order mark, of its
// header, of its meta tags, or the usual one.
func encodingOf(page []byte, declared string) string {
	switch {
	case bytes.HasPrefix(page, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(page, []byte("\xfe\xff")):
		return "utf-16be"
	case bytes.HasPrefix(page, []byte("\xff\xfe")):
		return "utf-16le"
	case declared != "":
		return declared
	}
	if label := metaEncoding(page[:min(len(page), prescanned)]); label != "" {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return "utf-8" // or the tag could not have been read
		}
		return label
	}
	if utf8.Valid(page) {
		return "utf-8"
	}
	return "windows-1252"
}

// metaEncoding is what the first meta tag that names an encoding says.
func metaEncoding(start []byte) string {
	in := parse.NewInputBytes(bytes.Clone(start))
	z := lex.NewLexer(in)
	for {
		kind, _ := z.Next()
		if kind == lex.ErrorToken {
			return ""
		}
		if kind != lex.StartTagToken {
			continue
		}
		t := readTag(z, in)
		if t.name != "meta" {
			continue
		}
		if charset := strings.TrimSpace(t.attributes["charset"].text); charset != "" {
			return charset
		}
		if strings.EqualFold(t.attributes["http-equiv"].text, "Content-Type") {
			if _, parameters, err := mime.ParseMediaType(t.attributes["content"].text); err == nil && parameters["charset"] != "" {
				return parameters["charset"]
			}
		}
	}
}
