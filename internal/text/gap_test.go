package text

import "testing"

func TestGapOf(t *testing.T) {
	for _, c := range []struct {
		gap  string
		want Gap
	}{
		{"", Loose}, {" ", Loose}, {"-", Loose}, {"\u00a0", Loose}, {"  \t", Loose}, {"–", Loose}, {"\u200b", Loose}, {"‑\u00ad", Loose}, {"’ ", Loose}, {"' ", Loose},
		{"\n", Line}, {" \r\n  ", Line}, {"\u2028", Line}, {"\n\n", Paragraph}, {"\r\n\r\n", Paragraph}, {" \n \n ", Paragraph},
		{"/", Slash}, {" / ", Strict}, {" - ", Strict}, {"--", Strict}, {"—", Strict}, {", ", Strict}, {". ", Strict}, {" & ", Strict}, {"’", Strict}, {" (", Strict},
	} {
		if got := GapOf(c.gap); got != c.want {
			t.Errorf("GapOf(%q) = %d, want %d", c.gap, got, c.want)
		}
	}
}

func TestNormalGap(t *testing.T) {
	for gap, want := range map[string]string{" &\u00a0 ": " & ", "‑": "-", "’": "'", "\u200b+": "+", "": ""} {
		if got := NormalGap(gap); got != want {
			t.Errorf("NormalGap(%q) = %q, want %q", gap, got, want)
		}
	}
}
