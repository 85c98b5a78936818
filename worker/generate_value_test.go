package worker_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// texts are what well-meaning clients send.
var texts = []string{
	"AGI may need more than one TPU.", "Fine Committee (FC): on AGI.", "<p>What is <b>A</b>GI?</p>", "# Chips\n\nA **TPU** is a chip.", "tpu", "chips", "merger", "en", "a", "2026-01-31",
	"https://example.org/article", "", "\r\nTPU\r\n", "<script>AGI</script><!-- TPU --><![CDATA[AGI]]>&amp;TPU&#0;&#xD800;",
}

// parameter is a value for a query parameter.
func (g *generator) parameter(p *openapi3.Parameter, stray int) string {
	if g.chance(stray) {
		return pick(g, g.hostile)
	}
	if p.Name == "url" && !g.chance(3) {
		return g.origin + pick(g, []string{"/", "/page", "/a%20b?c=d"})
	}
	switch v := g.value(p.Schema.Value, stray).(type) {
	case []any:
		var parts []string
		for _, item := range v {
			parts = append(parts, fmt.Sprint(item))
		}
		return strings.Join(parts, ",")
	case number:
		return string(v)
	default:
		return fmt.Sprint(v)
	}
}

// A number is written as it is, whether or not it fits any type.
type number string

// value is one that a schema allows, or one that it does not.
func (g *generator) value(s *openapi3.Schema, stray int) any {
	if g.chance(stray) {
		return g.wrong()
	}
	switch {
	case len(s.Enum) > 0:
		return pick(g, s.Enum)
	case s.Type.Is("object"):
		return g.object(s, stray)
	case s.Type.Is("array"):
		items := make([]any, g.IntN(4))
		for i := range items {
			items[i] = g.value(s.Items.Value, stray)
		}
		return items
	case s.Type.Is("boolean"):
		return g.chance(2)
	case s.Type.Is("integer"):
		low, high := 0, 50
		if s.Min != nil {
			low = int(*s.Min)
		}
		if s.Max != nil {
			high = int(*s.Max)
		}
		return number(strconv.Itoa(low + g.IntN(high-low+1)))
	case s.Type.Is("number"):
		return pick(g, []number{"0", "1", "0.5", "0.25", "1e-3", "0.99999999999999999999"})
	case s.Format == "uri":
		return "https://example.org/" + pick(g, []string{"", "article", "a?b=c"})
	}
	return pick(g, texts)
}

func (g *generator) wrong() any {
	return pick(g, []any{
		nil, true, number("1e999"), number("-1"), number("123456789012345678901234567890"), number("-0"), number("0.1e-400"), number("01"), number("NaN"), "", []any{}, []any{nil}, map[string]any{},
		map[string]any{"__proto__": true}, pick(g, g.hostile), pick(g, g.hostile), []any{[]any{[]any{}}}, strings.Repeat("a,", 2000),
	})
}

// object has what must be there of one of its alternatives, and some of the rest.
func (g *generator) object(s *openapi3.Schema, stray int) map[string]any {
	must, others := slices.Clone(s.Required), map[string]bool{}
	if len(s.OneOf) > 0 {
		must = append(must, pick(g, s.OneOf).Value.Required...)
		for _, one := range s.OneOf {
			for _, name := range one.Value.Required {
				others[name] = !slices.Contains(must, name)
			}
		}
	}
	v := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		needed := slices.Contains(must, name) && !g.chance(stray)
		if needed || !others[name] && g.chance(3) || others[name] && g.chance(stray) {
			v[name] = g.value(s.Properties[name].Value, stray)
		}
	}
	if g.chance(stray) && g.chance(3) {
		v[pick(g, g.hostile)] = g.wrong()
	}
	return v
}

// json writes a value without making it better than it is: numbers as they are,
// bytes that are no UTF-8, and names twice.
func (g *generator) json(b *bytes.Buffer, v any, stray int) {
	switch v := v.(type) {
	case map[string]any:
		b.WriteByte('{')
		for i, name := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				b.WriteByte(',')
			}
			writeString(b, name)
			b.WriteByte(':')
			g.json(b, v[name], stray)
			if g.chance(stray) && g.chance(6) {
				b.WriteByte(',')
				writeString(b, name)
				b.WriteString(":1")
			}
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			g.json(b, item, stray)
		}
		b.WriteByte(']')
	case string:
		writeString(b, v)
	case nil:
		b.WriteString("null")
	default:
		fmt.Fprint(b, v)
	}
}

func writeString(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ':
			fmt.Fprintf(b, `\u%04x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
}

// body sets the request's body and what it says about it.
func (g *generator) body(op operation, stray int, w *wire) {
	content := openapi3.Content{"application/json": openapi3.NewMediaType().WithSchema(openapi3.NewObjectSchema())}
	if op.RequestBody != nil {
		content = op.RequestBody.Value.Content
	}
	media := pick(g, slices.Sorted(maps.Keys(content)))
	w.Headers["Content-Type"], w.Body = media, g.content(media, content[media].Schema.Value, stray)
	if g.chance(stray) && g.chance(3) {
		w.Headers["Content-Type"] = pick(g, []string{
			"application/json; charset=utf-16", "text/plain; charset=latin1", "text/plain;charset=UTF-8", "TEXT/HTML", "image/png", "a", "", "text/html; charset", ";", "multipart/form-data; boundary=x",
			"application/x-www-form-urlencoded", "application/json, text/plain", "application/x-ndjson", "application/octet-stream", "text/markdown",
		})
	}
	if g.chance(12) {
		w.Headers["Content-Encoding"], w.Body = "gzip", gzipped(w.Body)
	}
	if g.chance(stray) && g.chance(4) {
		w.Headers["Content-Encoding"] = pick(g, []string{"gzip", "br", "identity", "gzip, gzip", "deflate", "GZIP", ""})
	}
	if g.chance(stray) && g.chance(3) && len(w.Body) > 0 {
		at := g.IntN(len(w.Body))
		if g.chance(2) {
			w.Body = w.Body[:at]
		} else {
			w.Body[at] ^= 1 << g.IntN(8)
		}
	}
}

func (g *generator) content(media string, s *openapi3.Schema, stray int) []byte {
	var b bytes.Buffer
	switch media {
	case "application/octet-stream":
		if g.chance(stray) {
			return []byte(pick(g, g.hostile))
		}
		return slices.Clone(g.index)
	case "application/json":
		g.json(&b, g.value(s, stray), stray)
	case "application/x-ndjson":
		for i := range g.IntN(6) {
			line := map[string]any{"id": number(strconv.Itoa(i)), pick(g, []string{"text", "html"}): pick(g, texts)}
			if g.chance(stray) {
				line[pick(g, []string{"id", "text", "html", "offsets"})] = g.wrong()
			}
			g.json(&b, line, stray)
			b.WriteString(pick(g, []string{"\n", "\n", "\r\n", "\n\n"}))
		}
	default:
		for range 1 + g.IntN(4) {
			if g.chance(stray) {
				b.WriteString(pick(g, g.hostile))
			} else {
				b.WriteString(pick(g, texts))
			}
			b.WriteByte(' ')
		}
	}
	return b.Bytes()
}
