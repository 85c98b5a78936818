package abbrev

import "strings"

// segment is a part of what stands in brackets.
type segment struct {
	span
	delim byte // what follows: ',' ';' ':' '=' '-' or 'o' for "or"; 0 at the end
}

// split cuts sp at the separators that stand outside of further brackets, into
// list, and takes quotes and words such as "abbreviated as" from the parts.
// What goes beyond the list is left out.
func split(text string, sp span, list *[maxSegments]segment) []segment {
	n, depth, start := 0, 0, sp.start
	for i := sp.start; i <= sp.end; i++ {
		if i < sp.end && class[text[i]]&isDelim == 0 {
			continue
		}
		delim, size := byte(0), 0
		if i < sp.end {
			switch b := bracketAt(text, i); {
			case b > 0:
				depth++
			case b < 0:
				depth--
			}
			if depth != 0 {
				continue
			}
			if delim, size = separator(text[i:sp.end]); size == 0 {
				continue
			}
		}
		if g := bare(text, span{start, i}); g.start < g.end && n < maxSegments {
			list[n] = segment{g, delim}
			n++
		}
		start = i + size
		i = max(i, start-1)
	}
	return list[:n]
}

// separator is the separator that s starts with, and its length, or 0.
func separator(s string) (delim byte, size int) {
	switch c := s[0]; c {
	case ';', ':', '=':
		return c, 1
	case ',':
		if len(s) == 1 || class[s[1]]&isBlank != 0 {
			return c, 1
		}
	case ' ':
		switch {
		case len(s) > 1 && class[s[1]]&isAlnum != 0 && s[1] != 'o':
		case strings.HasPrefix(s, " or "):
			return 'o', 4
		case strings.HasPrefix(s, " - "):
			return '-', 3
		case strings.HasPrefix(s, " – "), strings.HasPrefix(s, " — "):
			return '-', 5
		}
	case 0xEF, 0xE3:
		switch {
		case strings.HasPrefix(s, "，"), strings.HasPrefix(s, "、"):
			return ',', 3
		case strings.HasPrefix(s, "；"):
			return ';', 3
		case strings.HasPrefix(s, "："):
			return ':', 3
		}
	}
	return 0, 0
}

// bare takes quotes, introducing words and a full stop from sp.
func bare(text string, sp span) span {
	sp = trim(text, sp)
	for {
		k := sp.start
		for k < sp.end && class[text[k]]&(isLetter) != 0 || k < sp.end && text[k] == '.' {
			k++
		}
		if k == sp.end || class[text[k]]&(isBlank|isMark) == 0 && text[k] < 0x80 || cue(text[sp.start:k]) == cueNone {
			break
		}
		sp = trim(text, span{k, sp.end})
	}
	if form := text[sp.start:sp.end]; strings.HasSuffix(form, ".") && strings.Count(form, ".") == 1 {
		sp.end--
	}
	return sp
}
