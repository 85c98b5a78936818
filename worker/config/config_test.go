package config_test

import (
	"flag"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"postil/worker"
	"postil/worker/config"
)

var update = flag.Bool("update", false, "write docs/configuration.md")

func TestTable(t *testing.T) {
	const file = "../../docs/configuration.md"
	if *update {
		if err := os.WriteFile(file, []byte(config.Table()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != config.Table() {
		t.Errorf("%s is not what the settings say (%v): go test ./worker/config -update", file, err)
	}
}

// TestVariables compares the settings with wrangler.toml, where all but secrets stand.
func TestVariables(t *testing.T) {
	text, err := os.ReadFile("../../wrangler.toml")
	if err != nil {
		t.Fatal(err)
	}
	_, vars, _ := strings.Cut(string(text), "\n[vars]\n")
	vars, _, _ = strings.Cut(vars, "\n[")
	got := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(\w+) = "(.*)"$`).FindAllStringSubmatch(vars, -1) {
		got[m[1]] = m[2]
	}
	want := map[string]string{}
	for _, s := range config.Settings() {
		if s.Name != "TOKENS" && s.Name != "KEYS" {
			want[s.Name] = s.Default
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("wrangler.toml has %v, want %v", got, want)
	}
}

func TestRead(t *testing.T) {
	read := func(name, text string) (o worker.Options, err error) {
		err = config.Read(func(n string) string {
			if n == name {
				return text
			}
			return ""
		}, &o)
		return o, err
	}
	if o, err := read("REFRESH_MS", "250"); err != nil || o.Refresh != 250*time.Millisecond {
		t.Error(o.Refresh, err)
	}
	if o, err := read("SITE_MEMORY_MB", "3"); err != nil || o.SiteMemory != 3<<20 {
		t.Error(o.SiteMemory, err)
	}
	if o, err := read("ORIGINS", "https://a.example http://localhost:80"); err != nil || len(o.Origins) != 2 {
		t.Error(o.Origins, err)
	}
	for _, bad := range [][2]string{
		{"ORIGINS", "null"}, {"ORIGINS", "*"}, {"ORIGINS", "https://a.example/"}, {"PAGE_ORIGINS", "https://u@a.example"},
		{"PAGE_ORIGINS", "javascript:x"}, {"TOKENS", "secret"}, {"KEYS", "secret"}, {"KEYS", strings.Repeat("0", 64) + "@example.org"}, {"KEYS", strings.Repeat("0", 64) + "@"}, {"REFRESH_MS", "5s"}, {"SITE_MEMORY_MB", "-1"}, {"DEADLINE_MS", "1e3"},
		{"RATE", "600"}, {"RATE", "600/60"}, {"RATE", "600/1m"}, {"RATE", "0/60s"}, {"RATE", "600/0s"}, {"RATE", "-1/60s"}, {"RATE", "600/60s "},
	} {
		_, err := read(bad[0], bad[1])
		if err == nil || !strings.HasPrefix(err.Error(), bad[0]+": ") || !strings.Contains(err.Error(), "; want ") {
			t.Errorf("%v: %v", bad, err)
		}
		if err != nil && bad[1] == "secret" && strings.Contains(err.Error(), bad[1]) {
			t.Errorf("the error repeats the token: %v", err)
		}
	}
}
