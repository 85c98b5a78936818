package markup

import "strings"

// quirky reports whether a doctype asks for the quirks mode of old browsers,
// in which a table may stand in a paragraph.
func quirky(s string) bool {
	name, s := s, ""
	if i := strings.IndexFunc(name, isSpaceRune); i >= 0 {
		name, s = name[:i], strings.TrimLeftFunc(name[i:], isSpaceRune)
	}
	if name != "html" {
		return true
	}
	if len(s) < len("public") {
		return s != ""
	}
	key, s := strings.ToLower(s[:6]), s[6:]
	var public string
	if key == "public" {
		var ok bool
		if public, s, ok = identifier(s); !ok || quirkyPublic(strings.ToLower(public)) {
			return true
		}
		key = "system"
	}
	system, rest, ok := identifier(s)
	return key != "system" || !ok || rest != "" ||
		strings.EqualFold(system, "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")
}

// identifier cuts a quoted string off s.
func identifier(s string) (id, rest string, ok bool) {
	s = strings.TrimLeftFunc(s, isSpaceRune)
	if s == "" || s[0] != '"' && s[0] != '\'' {
		return "", s, false
	}
	id, rest, _ = strings.Cut(s[1:], s[:1])
	return id, rest, true
}

func quirkyPublic(id string) bool {
	switch id {
	case "-//w3o//dtd w3 html strict 3.0//en//", "-/w3d/dtd html 4.0 transitional/en", "html":
		return true
	}
	for prefix := range strings.SplitSeq(quirkyPrefixes, "\n") {
		if strings.HasPrefix(id, prefix) {
			return true
		}
	}
	return false
}

// quirkyPrefixes are those of the public identifiers that the HTML standard
// lists for the quirks mode.
const quirkyPrefixes = `+//silmaril//dtd html pro v0r11 19970101//
-//advasoft ltd//dtd html 3.0 aswedit + extensions//
-//as//dtd html 3.0 aswedit + extensions//
-//ietf//dtd html 2.0 level 1//
-//ietf//dtd html 2.0 level 2//
-//ietf//dtd html 2.0 strict level 1//
-//ietf//dtd html 2.0 strict level 2//
-//ietf//dtd html 2.0 strict//
-//ietf//dtd html 2.0//
-//ietf//dtd html 2.1e//
-//ietf//dtd html 3.0//
-//ietf//dtd html 3.2 final//
-//ietf//dtd html 3.2//
-//ietf//dtd html 3//
-//ietf//dtd html level 0//
-//ietf//dtd html level 1//
-//ietf//dtd html level 2//
-//ietf//dtd html level 3//
-//ietf//dtd html strict level 0//
-//ietf//dtd html strict level 1//
-//ietf//dtd html strict level 2//
-//ietf//dtd html strict level 3//
-//ietf//dtd html strict//
-//ietf//dtd html//
-//metrius//dtd metrius presentational//
-//microsoft//dtd internet explorer 2.0 html strict//
-//microsoft//dtd internet explorer 2.0 html//
-//microsoft//dtd internet explorer 2.0 tables//
-//microsoft//dtd internet explorer 3.0 html strict//
-//microsoft//dtd internet explorer 3.0 html//
-//microsoft//dtd internet explorer 3.0 tables//
-//netscape comm. corp.//dtd html//
-//netscape comm. corp.//dtd strict html//
-//o'reilly and associates//dtd html 2.0//
-//o'reilly and associates//dtd html extended 1.0//
-//o'reilly and associates//dtd html extended relaxed 1.0//
-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//
-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//
-//spyglass//dtd html 2.0 extended//
-//sq//dtd html 2.0 hotmetal + extensions//
-//sun microsystems corp.//dtd hotjava html//
-//sun microsystems corp.//dtd hotjava strict html//
-//w3c//dtd html 3 1995-03-24//
-//w3c//dtd html 3.2 draft//
-//w3c//dtd html 3.2 final//
-//w3c//dtd html 3.2//
-//w3c//dtd html 3.2s draft//
-//w3c//dtd html 4.0 frameset//
-//w3c//dtd html 4.0 transitional//
-//w3c//dtd html experimental 19960712//
-//w3c//dtd html experimental 970421//
-//w3c//dtd w3 html//
-//w3o//dtd w3 html 3.0//
-//webtechs//dtd mozilla html 2.0//
-//webtechs//dtd mozilla html//`
