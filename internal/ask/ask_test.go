package ask_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
	"postil/internal/ask"
)

// inQuery reads a query and returns the first error by name.
func inQuery(t *testing.T, query string, options []ask.Option) string {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	for name, given := range values {
		if err := ask.SetParameter(options, name, given); err != nil {
			return err.Error()
		}
	}
	return ""
}

// inJSON reads an object and returns the first error and its place.
func inJSON(object string, options []ask.Option) string {
	told := ""
	_, err := ask.SetMembers([]byte(object), options, func(_ string, at jsontext.Pointer, err error) {
		if told == "" {
			told = string(at) + " " + err.Error()
		}
	})
	if err != nil {
		return err.Error()
	}
	return told
}

// TestSame: the same options in a query and in JSON mean the same.
func TestSame(t *testing.T) {
	for _, c := range []struct{ query, object string }{
		{"overlaps=no-sub&occurrences=first&offsets=utf-8", `{"overlaps":"no-sub","occurrences":"first","offsets":"utf-8"}`},
		{"min-score=0.25", `{"min_score":0.25}`},
		{"min-score=0", `{"min_score":0}`},
		{"kinds=a,b&kinds=c,&terms=x&exclude=", `{"kinds":["a","b","c"],"terms":["x"],"exclude":[]}`},
		{"kinds=a,+b%09,%0A&kinds=+,c+d,&terms=,x+,&exclude=+", `{"kinds":["a","b","c d"],"terms":["x"],"exclude":[]}`},
		{"candidates=true&explain=false&abbreviations=true&language=de", `{"candidates":true,"explain":false,"abbreviations":true,"language":"de"}`},
	} {
		var one, two postil.Options
		if told := inQuery(t, c.query, ask.Annotate(&one)); told != "" {
			t.Errorf("%s: %s", c.query, told)
		}
		if told := inJSON(c.object, ask.Annotate(&two)); told != "" {
			t.Errorf("%s: %s", c.object, told)
		}
		if fmt.Sprint(one) != fmt.Sprint(two) || fmt.Sprint(one) == fmt.Sprint(postil.Options{}) {
			t.Errorf("%s: %+v; %s: %+v", c.query, one, c.object, two)
		}
	}
}

// TestErrors: an error names the option as it is named where it was given.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ query, told, object, toldJSON string }{
		{"min-score=2", `min-score is "2": want a number from 0 to 1`, `{"min_score":2}`, `/min_score min_score is "2": want a number from 0 to 1`},
		{"min-score=1e999", `min-score is "1e999", want a number`, `{"min_score":1e999}`, `/min_score min_score is "+Inf": want a number from 0 to 1`},
		{"min-score=x", `min-score is "x", want a number`, `{"min_score":"x"}`, `/min_score min_score is not a number`},
		{"min_score=1", `unknown option "min_score", want one of min-score, explain, kinds, limit`, `{"min-score":1}`, `/min-score unknown option "min-score", want one of min_score, explain, kinds, limit`},
		{"explain=yes", `explain is "yes", want true or false`, `{"explain":"yes"}`, `/explain explain is not true or false`},
		{"explain=true&explain=true", `explain is given 2 times, want it once`, `{"explain":true,"explain":true}`, `duplicate`},
		{"kinds=%ff", `kinds is not valid UTF-8`, `{"kinds":["a",1]}`, `/kinds kinds is not an array of strings`},
		{"limit=0", `limit is 0, want a whole number from 1 to 5`, `{"limit":6}`, `/limit limit is 6, want a whole number from 1 to 5`},
		{"limit=1.5", `limit is 1.5, want`, `{"limit":1e30}`, `/limit limit is 1e+30, want`},
		{strings.Repeat("x", 200) + "=", `unknown option "` + strings.Repeat("x", 100) + `…"`, `[]`, ask.ErrNoObject.Error()},
		{"", ``, `{} {}`, `more follows the object`},
		{"", ``, `[] []`, `more follows the object`},
		{"", ``, `{"a":[}`, `jsontext`},
	} {
		var o postil.Options
		limit := 0
		all := ask.Annotate(&o)
		options := []ask.Option{all[3], all[8], all[4], ask.Limit(5, &limit)}
		if told := inQuery(t, c.query, options); !strings.HasPrefix(told, c.told) || (told == "") != (c.told == "") {
			t.Errorf("%.40s: %s, want %s", c.query, told, c.told)
		}
		if told := inJSON(c.object, options); !strings.Contains(told, c.toldJSON) {
			t.Errorf("%s: %s, want %s", c.object, told, c.toldJSON)
		}
	}
	var syntax *jsontext.SyntacticError
	if _, err := ask.SetMembers(nil, nil, nil); !errors.As(err, &syntax) {
		t.Errorf("nothing: %v is no error of syntax", err)
	}
	if told := inJSON(`{"a":1}`, nil); told != `/a unknown option "a": none are taken here` {
		t.Error(told)
	}
}
