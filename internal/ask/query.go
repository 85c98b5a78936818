package ask

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SetParameter sets an option from the values of the parameter that has its name.
func SetParameter(options []Option, name string, values []string) error {
	i := slices.IndexFunc(options, func(o Option) bool { return o.Name == name })
	if i < 0 {
		return &unknownError{name, options, func(s string) string { return s }}
	}
	o := options[i]
	if len(values) > 1 && o.Kind != List {
		return fmt.Errorf("%s is given %d times, want it once", name, len(values))
	}
	for _, s := range values {
		if !utf8.ValidString(s) {
			return fmt.Errorf("%s is not valid UTF-8", name)
		}
	}
	v, ok := parameter(o.Kind, values)
	if !ok {
		return fmt.Errorf("%s is %q, want %s", name, values[0], o.Kind)
	}
	return o.Set(v)
}

// parameter reads values, of which there is one unless it is a list, and reports
// whether they are of the kind wanted.
func parameter(k Kind, values []string) (v Value, ok bool) {
	s := values[0]
	switch k {
	case Number:
		n, err := strconv.ParseFloat(s, 64)
		return Value{Number: n}, err == nil && strings.Trim(s, "0123456789.eE+-") == ""
	case Flag:
		return Value{Flag: s == "true"}, s == "true" || s == "false"
	case List:
		for _, s := range values {
			v.List = append(v.List, strings.Split(s, ",")...)
		}
		return Value{List: Items(v.List)}, true
	}
	return Value{Word: s}, true
}

// Items are those of a list that was written with commas: without the blanks around
// them, and without empty ones.
func Items(list []string) []string {
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}
