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
		{"application/json;q=0, */*;q=0.1", mediaLD},
		{"*/*;q=0.1, application/json;q=0", mediaLD},
		{"text/html;level=1;q=0.7, */*;q=0.2", mediaJSON}, // ours has no level
		{"text/html;level=1;q=0.7, text/html;q=0.3, */*;q=0.2", mediaHTML},
		{"text/html;charset=utf-8, application/json;q=0.9", mediaHTML},
		{"text/html;charset=latin1, application/json;q=0.9", mediaJSON},
		{"text/html;charset=latin1", ""},
		{"text/html;q=0.2, text/html;charset=UTF-8;q=0.9, application/json;q=0.5", mediaHTML},
		{"text/html;x=\"a,b;q=0\", application/json;q=0.5", mediaJSON},
		{"application/*, text/html;q=0.9", mediaJSON},
		{"text/*;q=0.9, */*;q=0.1, application/json;q=0.5", mediaHTML},
		{"application/json;q=1.5, text/html", mediaJSON},
		{"application/json;q=0.000, text/html;q=0.001", mediaHTML},
		{"application/ld+json", mediaLD},
		{"application/ld+json;profile=\"http://www.w3.org/ns/anno.jsonld\"", mediaLD},
		{"application/ld+json;profile=\"http://www.w3.org/ns/json-ld#compacted\"", mediaLD},
		{"application/ld+json, application/json;q=0.9", mediaLD},
		{"application/ld+json;q=0.1, application/ld+json;profile=\"http://www.w3.org/ns/anno.jsonld\", application/json;q=0.9", mediaLD},
		{"application/*+json", ""},
		{"image/webp, */*;q=0.1", mediaJSON},
		{"image/webp", ""},
		{"*/*;q=0", ""},
		{"text/html;q=two, application/json;q=0.9", mediaHTML},
		{",,;;=,", ""},
		{" , ", mediaJSON},
	}
	for _, c := range cases {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept", c.accept)
		got, err := negotiate(r, mediaJSON, mediaLD, mediaHTML)
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
