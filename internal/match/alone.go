package match

import "strings"

// maxChunk is how far standsAlone looks for the ends of an address, in bytes.
const maxChunk = 256

// standsAlone reports whether s[start:end] are words of the text, rather than
// part of an address, a handle, a path or a name with signs such as C++.
func standsAlone(s string, start, end int) bool {
	if start > 0 && end < len(s) && s[start-1] == ' ' && s[end] == ' ' {
		return true // as most words do
	}
	if cutsCluster(s, start) || cutsCluster(s, end) {
		return false
	}
	if start > 0 {
		switch s[start-1] {
		case '@', '\\', '=', '$':
			return false
		case '/', '.', '-', '?', '&', '#', '%', ':', '~':
			if inAddress(s, start, end) {
				return false
			}
		}
	}
	if end < len(s) {
		switch s[end] {
		case '@', '\\', '=':
			return false
		case '/', ':', '?', '%', '-', '~':
			return !inAddress(s, start, end)
		case '+':
			return !strings.HasPrefix(s[end:], "++")
		}
	}
	return true
}

// inAddress reports whether s[start:end] lies in a stretch without spaces that
// looks like a URL, an e-mail address or a file path.
func inAddress(s string, start, end int) bool {
	from := strings.LastIndexAny(s[max(0, start-maxChunk):start], " \t\n\"'(<>[")
	from += max(0, start-maxChunk) + 1
	to := end + maxChunk
	if i := strings.IndexAny(s[end:min(len(s), to)], " \t\n\"'<>"); i >= 0 {
		to = end + i
	}
	chunk := s[from:min(len(s), to)]
	return strings.Contains(chunk, "://") || strings.HasPrefix(chunk, "www.") || strings.HasPrefix(chunk, "/") ||
		strings.HasPrefix(chunk, "./") || strings.HasPrefix(chunk, "../") || strings.HasPrefix(chunk, "mailto:") || strings.Count(chunk, "/") > 2
}
