package worker

import (
	"net/http"
	"net/url"
	"strings"
)

// A route serves the paths of one pattern. Its segments are literal or, in
// braces, names of path values. [http.ServeMux] could do the same, but at the
// edge it costs more than all of a first request's own reading and writing.
type route struct {
	path    string // the whole pattern
	pattern []string
	methods methods
}

// handle adds a route. The first one that matches a path serves it.
func (s *server) handle(pattern string, m methods) {
	s.routes = append(s.routes, route{pattern, strings.Split(pattern, "/"), m})
}

// methods returns those of a request's path, none if it does not exist, and
// sets the request's path values.
func (s *server) methods(r *http.Request) methods {
	path := strings.Split(r.URL.EscapedPath(), "/")
	for i, segment := range path {
		var err error
		if path[i], err = url.PathUnescape(segment); err != nil {
			return nil
		}
	}
	for _, route := range s.routes {
		if !route.matches(path) {
			continue
		}
		for i, segment := range route.pattern {
			if name, ok := variable(segment); ok {
				r.SetPathValue(name, path[i])
			}
		}
		r.Pattern = route.path
		return route.methods
	}
	return nil
}

func (t route) matches(path []string) bool {
	if len(t.pattern) != len(path) {
		return false
	}
	for i, segment := range path {
		if _, ok := variable(t.pattern[i]); ok {
			// What a client would have resolved is never a value.
			if segment == "" || segment == "." || segment == ".." {
				return false
			}
		} else if segment != t.pattern[i] {
			return false
		}
	}
	return true
}

// variable is the name in a pattern's segment "{name}".
func variable(segment string) (name string, ok bool) {
	if name, ok = strings.CutPrefix(segment, "{"); !ok {
		return "", false
	}
	return strings.CutSuffix(name, "}")
}
