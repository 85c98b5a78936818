package postil

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends the answer as the JSON object of the HTTP interface. It is
// written by hand, since it is most of what the edge does for a request, and
// takes the terms from the index as they lie there. It is safe inside HTML:
// <, > and & are escaped.
func (r *Result) AppendJSON(dst []byte) []byte {
	start := len(dst)
	dst = append(dst, `{"index":`...)
	dst = appendString(dst, r.Index)
	dst = append(dst, `,"language":`...)
	dst = appendString(dst, r.Language)
	dst = append(dst, `,"offsets":`...)
	dst = appendString(dst, r.Offsets.String())
	dst = append(dst, ',')
	dst = r.AppendMembers(dst)
	dst = append(dst, `,"terms":{`...)
	for i, n := range r.terms {
		if r.exceeds(len(dst) - start) {
			break
		}
		rec, err := r.annotator.record(int(n))
		if err != nil {
			continue // of none of them: the annotation would have failed
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(dst, rec.id)
		dst = append(dst, ':')
		dst = rec.appendCard(dst)
	}
	return append(dst, "}}"...)
}

// AppendMembers appends the members "annotations" and, if they were asked for,
// "abbreviations", without braces: what a line of a batch consists of.
func (r *Result) AppendMembers(dst []byte) []byte {
	start := len(dst)
	dst = slices.Grow(dst, r.guess())
	dst = append(dst, `"annotations":[`...)
	for i := range r.Annotations {
		if r.exceeds(len(dst) - start) {
			return dst
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = r.Annotations[i].appendJSON(dst)
	}
	dst = append(dst, ']')
	if r.Abbreviations != nil {
		dst = append(dst, `,"abbreviations":[`...)
		for i := range r.Abbreviations {
			if r.exceeds(len(dst) - start) {
				return dst
			}
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = r.Abbreviations[i].appendJSON(dst)
		}
		dst = append(dst, ']')
	}
	return dst
}

// guess is about how long the annotations are in JSON, without reasons and
// candidates. Growing step by step takes several times the memory, and a text may
// have hundreds of thousands.
func (r *Result) guess() int {
	const rest = len(`{"start":1234567,"end":1234567,"exact":"","term":"","score":0.1234},`)
	n := 0
	for i := range r.Annotations {
		n += rest + len(r.Annotations[i].Exact) + len(r.Annotations[i].Term)
		if r.exceeds(n) {
			return r.MaxBytes + rest
		}
	}
	return n
}

func (a *Annotation) appendJSON(dst []byte) []byte {
	dst = appendRange(dst, a.Start, a.End)
	dst = append(dst, `,"exact":`...)
	dst = appendString(dst, a.Exact)
	dst = append(dst, `,"term":`...)
	dst = appendString(dst, a.Term)
	dst = append(dst, `,"score":`...)
	dst = appendScore(dst, a.Score)
	if a.Ranges != nil {
		dst = append(dst, `,"ranges":[`...)
		for i, x := range a.Ranges {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendRange(dst, x.Start, x.End), '}')
		}
		dst = append(dst, ']')
	}
	if a.Candidates != nil {
		dst = append(dst, `,"candidates":[`...)
		for i, c := range a.Candidates {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(dst, `{"term":`...)
			dst = appendString(dst, c.Term)
			dst = append(dst, `,"score":`...)
			dst = append(appendScore(dst, c.Score), '}')
		}
		dst = append(dst, ']')
	}
	if a.Reasons != nil {
		dst = append(dst, `,"reasons":[`...)
		for i, x := range a.Reasons {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(dst, `{"kind":`...)
			dst = appendString(dst, x.Kind)
			dst = append(dst, `,"detail":`...)
			dst = appendString(dst, x.Detail)
			dst = append(dst, `,"weight":`...)
			dst = append(strconv.AppendFloat(dst, x.Weight, 'f', 3, 64), '}')
		}
		dst = append(dst, ']')
	}
	return append(dst, '}')
}

func (a *Abbreviation) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"short":`...)
	dst = a.Short.appendJSON(dst)
	dst = append(dst, `,"long":`...)
	dst = a.Long.appendJSON(dst)
	if a.Term != "" {
		dst = append(dst, `,"term":`...)
		dst = appendString(dst, a.Term)
	}
	return append(dst, '}')
}

func (m *Mention) appendJSON(dst []byte) []byte {
	dst = appendRange(dst, m.Start, m.End)
	dst = append(dst, `,"text":`...)
	return append(appendString(dst, m.Text), '}')
}

// appendRange leaves the object open.
func appendRange(dst []byte, start, end int) []byte {
	dst = append(dst, `{"start":`...)
	dst = strconv.AppendInt(dst, int64(start), 10)
	dst = append(dst, `,"end":`...)
	return strconv.AppendInt(dst, int64(end), 10)
}

// appendScore appends a number as strconv does with its least digits. Scores
// have four decimals, which need no search for them.
func appendScore(dst []byte, x float64) []byte {
	n := int(x*10000 + 0.5)
	if !(x >= 0 && n <= 10000 && float64(n)/10000 == x) {
		return strconv.AppendFloat(dst, x, 'f', -1, 64)
	}
	if n%10000 == 0 {
		return append(dst, '0'+byte(n/10000))
	}
	dst = append(dst, '0', '.', '0'+byte(n/1000), '0'+byte(n/100%10), '0'+byte(n/10%10), '0'+byte(n%10))
	for dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string, as encoding/json does by default;
// s is valid UTF-8.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		b := s[i]
		if b >= ' ' && b != '"' && b != '\\' && b != '<' && b != '>' && b != '&' && b < utf8.RuneSelf {
			i++
			continue
		}
		size := 1
		if b >= utf8.RuneSelf {
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); r != '\u2028' && r != '\u2029' {
				i += size
				continue
			}
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, s[i:i+size])
		i += size
		start = i
	}
	return append(append(dst, s[start:]...), '"')
}

// appendEscape escapes one character of those that appendString does not copy.
func appendEscape(dst []byte, c string) []byte {
	switch c[0] {
	case '"', '\\':
		return append(dst, '\\', c[0])
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	if len(c) > 1 {
		return append(append(dst, `\u202`...), hexDigits[c[len(c)-1]&0xF])
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c[0]>>4], hexDigits[c[0]&0xF])
}
