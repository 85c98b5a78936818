package worker

import (
	"slices"
	"strings"
)

// sandbox gives a page an origin of its own. Its scripts run, but not as those of
// the service that shows it.
const sandbox = "sandbox allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"

// A policyChange carries a content security policy over to another address.
// Whatever the page allows itself its own origin keeps, and the script that shows
// the card is allowed as well. Nothing else becomes possible.
type policyChange struct {
	page string // origin that 'self' meant
	base string // origin of the page's base address
	ours string // origin of the script and of what it asks
}

// apply changes policies, which commas separate.
func (c policyChange) apply(policies string) string {
	var out []string
	for p := range strings.SplitSeq(policies, ",") {
		if p = c.one(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, ", ")
}

func (c policyChange) one(policy string) string {
	var names []string // in order; the first of a name counts
	sources := map[string][]string{}
	for d := range strings.SplitSeq(policy, ";") {
		f := strings.Fields(d)
		if len(f) == 0 {
			continue
		}
		name := strings.ToLower(f[0])
		if _, twice := sources[name]; twice || name == "report-uri" || name == "report-to" {
			continue // whoever reads the reports expects none of another address
		}
		names = append(names, name)
		sources[name] = f[1:]
		if hasSources(name) {
			sources[name] = c.own(f[1:])
		}
	}
	for _, name := range []string{"script-src", "script-src-elem", "connect-src"} {
		list, ok := sources[name]
		if !ok && name != "script-src-elem" {
			if list, ok = sources["default-src"]; ok {
				names = append(names, name)
			}
		}
		if ok {
			sources[name] = with(list, c.ours)
		}
	}
	if list, ok := sources["base-uri"]; ok {
		sources["base-uri"] = with(list, c.base)
	}
	for i, name := range names {
		names[i] = strings.Join(append([]string{name}, sources[name]...), " ")
	}
	return strings.Join(names, "; ")
}

func hasSources(directive string) bool {
	return strings.HasSuffix(directive, "-src") || strings.HasPrefix(directive, "script-src-") || strings.HasPrefix(directive, "style-src-") ||
		directive == "base-uri" || directive == "form-action" || directive == "frame-ancestors"
}

// own has the page's origin in place of 'self'.
func (c policyChange) own(list []string) []string {
	out := slices.Clone(list)
	for i, source := range out {
		if strings.EqualFold(source, "'self'") {
			out[i] = c.page
		}
	}
	return out
}

// with adds a source to a list, which may be 'none'.
func with(list []string, source string) []string {
	list = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return strings.EqualFold(s, "'none'") })
	if slices.Contains(list, source) {
		return list
	}
	return append(list, source)
}

// nonceOf is a nonce that a policy lets scripts run by, or empty.
func nonceOf(policies string) string {
	for d := range strings.FieldsFuncSeq(policies, func(r rune) bool { return r == ';' || r == ',' }) {
		f := strings.Fields(d)
		if len(f) == 0 || !slices.Contains([]string{"script-src", "script-src-elem", "default-src"}, strings.ToLower(f[0])) {
			continue
		}
		for _, source := range f[1:] {
			if n, ok := strings.CutPrefix(source, "'nonce-"); ok {
				return strings.TrimSuffix(n, "'")
			}
		}
	}
	return ""
}
