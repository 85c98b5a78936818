package lines_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"postil/internal/lines"
)

func TestNext(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	cases := []struct{ name, input, want string }{
		{"empty", "", ""},
		{"no end", "a", "1:a"},
		{"ends", "a\nb\r\n\nd\n", "1:a 2:b 3: 4:d"},
		{"a lone CR is part of its line", "a\rb\n", "1:a\rb"},
		{"byte order mark", "\ufeffa\n\ufeffb", "1:a 2:\ufeffb"},
		{"limit", "12345678\n123456789\n12345678\r\n12345678", "1:12345678 2:! 3:12345678 4:12345678"},
		{"far beyond the limit", long + "\nshort\n" + long, "1:! 2:short 3:!"},
	}
	for _, c := range cases {
		for _, reader := range []io.Reader{strings.NewReader(c.input), iotest.OneByteReader(strings.NewReader(c.input))} {
			r := lines.NewReader(reader, 8)
			var got []string
			for {
				l, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				data := string(l.Data)
				if l.TooLong {
					data += "!"
				}
				got = append(got, fmt.Sprintf("%d:%s", l.Number, data))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s: got %.100q, want %q", c.name, s, c.want)
			}
		}
	}
}

func TestFailure(t *testing.T) {
	broken := errors.New("broken")
	r := lines.NewReader(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(broken)), 8)
	if l, err := r.Next(); err != nil || string(l.Data) != "a" {
		t.Errorf("first line %q, %v", l.Data, err)
	}
	if _, err := r.Next(); !errors.Is(err, broken) {
		t.Errorf("error %v, want broken", err)
	}
}
