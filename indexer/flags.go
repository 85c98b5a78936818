package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"postil/indexer/check"
)

// flagError says what a flag takes where the flag's parser only says which of Go's
// functions failed.
func flagError(_ *cobra.Command, err error) error {
	var bad *pflag.InvalidValueError
	if !errors.As(err, &bad) {
		return &usageError{err}
	}
	want := ""
	switch kind := bad.GetFlag().Value.Type(); {
	case kind == "bool":
		want = "want true or false"
	case kind == "duration":
		want = "want a time such as 500ms, 5s or 1m"
	case strings.HasPrefix(kind, "float"):
		want = "want a number"
	case strings.HasPrefix(kind, "int"), strings.HasPrefix(kind, "uint"):
		want = "want a whole number"
	default:
		return &usageError{err}
	}
	return usagef("--%s is %q: %s", bad.GetFlag().Name, bad.GetValue(), want)
}

// addTag adds the flag for a language.
func addTag(flags *pflag.FlagSet, to *string, usage string) {
	flags.Func("language", usage, func(s string) error {
		if s != "" && !check.IsTag(s) {
			return errors.New("want a BCP 47 tag such as en or pt-BR")
		}
		*to = s
		return nil
	})
}
