package store

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// CheckKey returns an error that wraps ErrKey for what cannot be a key.
func CheckKey(key string) error {
	if len(key) > MaxKey || !utf8.ValidString(key) || strings.ContainsRune(key, 0) {
		return fmt.Errorf("%w: %.40q", ErrKey, key)
	}
	for segment := range strings.SplitSeq(key, "/") {
		if segment == "" || segment == "." || segment == ".." {
			return fmt.Errorf("%w: %.40q", ErrKey, key)
		}
	}
	return nil
}
