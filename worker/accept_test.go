package worker

import (
	"net/http/httptest"
	"testing"
)

func TestNegotiate(t *testing.T) {
	cases := []struct{ accept, want string }{
		{"", mediaJSON},
		{"*/*", mediaJSON},
		{"text/html", mediaHTML},
		{"TEXT/HTML", mediaHTML},
		{"text/*", mediaHTML},
		{"text/*;q=0.4, application/*;q=0.3", mediaHTML},
		{"application/json, text/html", mediaJSON},
		{"text/html, application/json", mediaJSON},
		{"application/json;q=0.5, text/html", mediaHTML},
		{"application/json ; q=0.50 , text/html;q=0.51", mediaHTML},
		{"text/html;q=0, */*", mediaJSON},
		{"application/json;q=0, */*;q=0.1", mediaHTML},
		{"*/*;q=0.1, application/json;q=0", mediaHTML},
		{"text/html;level=1;q=0.7, */*;q=0.2", mediaHTML},
		{"image/webp, */*;q=0.1", mediaJSON},
		{"image/webp", ""},
		{"*/*;q=0", ""},
		{"text/html;q=two, application/json;q=0.9", mediaHTML},
		{",,;;=,", ""},
	}
	for _, c := range cases {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept", c.accept)
		got, err := negotiate(r, mediaJSON, mediaHTML)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("Accept: %q gives %q (%v), want %q", c.accept, got, err, c.want)
		}
	}
}

func TestAcceptInSeveralLines(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header["Accept"] = []string{"application/json;q=0.5", " text/html"}
	if got, err := negotiate(r, mediaJSON, mediaHTML); got != mediaHTML {
		t.Errorf("%q %v", got, err)
	}
}
