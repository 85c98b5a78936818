package rivals

import (
	"slices"
	"testing"
)

// Every library must give the naive search's answer.
func TestLibraries(t *testing.T) {
	forms := []string{"a", "ab", "abc", "b c", "testing", "testing 123", "interest rate", "rate", "rate of change", "é", "caf", "c++", "-x-"}
	for _, text := range []string{
		"", "a", "ab abc ab", "a b c", "testing 12345", "testing 123 x", "interest rate of change", "interest rate\nof change",
		"cafés é", "écaf caf", "c++ c++x", "-x-x- a-x-a", "b c b c b", "1a a1 _a_", "rate of changes, rate",
	} {
		want := NewNaive(forms).Find(nil, []byte(text))
		for _, l := range Libraries() {
			f, err := l.Build(forms)
			if err != nil {
				t.Fatalf("%s: %v", l.Name, err)
			}
			if got := f.Find(nil, []byte(text)); !slices.Equal(got, want) {
				t.Errorf("%s finds %v in %q, want %v", l.Name, got, text, want)
			}
		}
	}
}
