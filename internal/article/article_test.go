package article_test

import (
	"testing"

	"postil/internal/article"
)

func TestUsableURL(t *testing.T) {
	for s, want := range map[string]bool{
		"https://example.org/a": true, "http://example.org": true, "/a": true, "a/b": true, "/a//b?c=//d": true, "/": true,
		"": false, "https:": false, "https:///a": false, "javascript:alert(1)": false, "mailto:a@example.org": false, "?a": false,
		"//evil.example": false, "///evil.example": false, " //evil.example": false, "/a ": false, `/\evil.example`: false,
		`\\evil.example`: false, `https:\\evil.example`: false, "/\t/evil.example": false, "/\n/evil.example": false,
	} {
		if got := article.UsableURL(s); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}
