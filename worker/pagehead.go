package worker

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/tdewolff/parse/v2"
	lex "github.com/tdewolff/parse/v2/html"
)

// A head is what matters of a page's own tags for what is put into its head.
type head struct {
	insert   int    // where our tags go: before all that they must precede
	base     string // of the page's own base tag
	tagged   bool   // the page carries our script itself
	policies []policy
}

// A policy is the value of a meta tag's content attribute, and where it stands.
type policy struct {
	start, end int
	text       string
}

// readHead looks through all tags of a page: a base tag counts wherever it is.
func readHead(page []byte, script string, address *url.URL) (h head) {
	in := parse.NewInputBytes(page)
	defer in.Restore()
	z := lex.NewLexer(in)
	early := true // nothing has been seen that belongs behind the head's start
	for {
		kind, _ := z.Next()
		switch kind {
		case lex.ErrorToken:
			return h
		case lex.DoctypeToken:
			if early {
				h.insert = in.Offset()
			}
		case lex.StartTagToken:
			t := readTag(z, in)
			if early && (t.name == "html" || t.name == "head") {
				h.insert = in.Offset()
			}
			early = early && t.name == "html"
			h.note(t, script, address)
		}
	}
}

// A tag is a start tag with its attributes, the first of each name.
type tag struct {
	name       string
	attributes map[string]policy
}

func readTag(z *lex.Lexer, in *parse.Input) tag {
	t := tag{name: string(parse.ToLower(parse.Copy(z.Text()))), attributes: map[string]policy{}}
	for {
		kind, _ := z.Next()
		if kind != lex.AttributeToken {
			return t
		}
		name := string(parse.ToLower(parse.Copy(z.AttrKey())))
		if _, twice := t.attributes[name]; twice {
			continue
		}
		v := z.AttrVal()
		end := in.Offset()
		text := string(v)
		if len(text) > 1 && (text[0] == '"' || text[0] == '\'') {
			text = text[1 : len(text)-1]
		}
		t.attributes[name] = policy{start: end - len(v), end: end, text: html.UnescapeString(text)}
	}
}

func (h *head) note(t tag, script string, address *url.URL) {
	switch t.name {
	case "base":
		if href, ok := t.attributes["href"]; ok && h.base == "" {
			h.base = strings.TrimSpace(href.text)
		}
	case "script":
		if src, err := address.Parse(strings.TrimSpace(t.attributes["src"].text)); err == nil && src.String() == script {
			h.tagged = true
		}
	case "meta":
		if strings.EqualFold(strings.TrimSpace(t.attributes["http-equiv"].text), "Content-Security-Policy") {
			if content, ok := t.attributes["content"]; ok {
				h.policies = append(h.policies, content)
			}
		}
	}
}

// own is the address that the service is reached at, as the pages that it shows
// have to name it.
func (s *server) own(r *http.Request) (*url.URL, error) {
	u, err := url.Parse(s.address(r))
	if err != nil || strings.Trim(u.Host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") != "" {
		return nil, malformed("the Host of the request is no name of a server")
	}
	return u, nil
}

// dress puts into an annotated page what makes it work at another address: a
// base for its links and the script that shows the card. It returns the page and
// the headers that go with it.
func (f *fetched) dress(page []byte, ours *url.URL) ([]byte, [][2]string) {
	script := originOf(ours) + "/embed.js"
	h := readHead(page, script, f.address)
	base := f.address
	if b, err := f.address.Parse(h.base); err == nil && (b.Scheme == "http" || b.Scheme == "https") {
		base = b
	}
	p := policyChange{page: originOf(f.address), base: originOf(base), ours: originOf(ours)}
	sent := strings.Join(f.header.Values("Content-Security-Policy"), ", ")

	out := make([]byte, 0, len(page)+1024)
	out = append(out, page[:h.insert]...)
	out = append(append(append(out, `<base href="`...), html.EscapeString(base.String())...), `">`...)
	if !h.tagged {
		// Marks are there: the script takes them over, wherever they are, and asks
		// for nothing but the terms that a reader wants to see.
		out = append(out, `<script async src="`+html.EscapeString(script)+`" data-mode="adopt" data-root="body" data-endpoint="`+html.EscapeString(ours.String())+`"`...)
		if nonce := nonceOf(sent); nonce != "" {
			out = append(out, ` nonce="`+html.EscapeString(nonce)+`"`...)
		}
		out = append(out, `></script>`...)
	}
	last := h.insert
	for _, m := range h.policies {
		out = append(out, page[last:m.start]...)
		out = append(out, `"`+html.EscapeString(p.apply(m.text))+`"`...)
		last = m.end
	}
	out = append(out, page[last:]...)
	return out, f.headers(p.apply(sent))
}

// linked is an address as it may stand between angle brackets. Its query is as the
// client wrote it, and could end them.
func linked(u *url.URL) string {
	var b strings.Builder
	for _, c := range []byte(u.String()) {
		if c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '"' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// headers are those of the page's own that hold elsewhere too, and what keeps its
// scripts from acting in the name of this service.
func (f *fetched) headers(policy string) [][2]string {
	all := [][2]string{
		{"Content-Security-Policy", strings.TrimSuffix(sandbox+", "+policy, ", ")},
		{"Link", "<" + linked(f.address) + `>; rel="canonical"`},
	}
	for _, name := range []string{"Content-Language", "Referrer-Policy"} {
		if v := f.header.Get(name); v != "" {
			all = append(all, [2]string{name, v})
		}
	}
	return all
}
