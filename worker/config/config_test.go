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
	if o, err := read("ORIGINS", "https://a.example http://localhost:8080"); err != nil || len(o.Origins) != 2 {
		t.Error(o.Origins, err)
	}
	if o, err := read("OPTIONS", "min-score=0.5&kinds=model,concept"); err != nil || o.Defaults == "" {
		t.Error(o.Defaults, err)
	}
	if o, err := read("MAX_BODY", "2000"); err != nil || o.MaxBody != 2000 {
		t.Error(o.MaxBody, err)
	}
	for _, bad := range [][2]string{
		{"ORIGINS", "null"}, {"ORIGINS", "*"}, {"ORIGINS", "https://a.example/"}, {"PAGE_ORIGINS", "https://u@a.example"},
		{"PAGE_ORIGINS", "javascript:x"}, {"ADDRESS", "example.org"}, {"ADDRESS", "https://example.org/path"}, {"ADDRESS", "javascript:x"},
		{"OPTIONS", "min-score=2"}, {"OPTIONS", "kind=model"}, {"OPTIONS", "offsets=utf-8"}, {"OPTIONS", "source=https://a.example"}, {"OPTIONS", "occurrences=%"},
		{"MAX_BODY", "1MB"}, {"MAX_WAIT_MS", "1s"}, {"TOKENS", "secret"}, {"KEYS", "secret"}, {"KEYS", strings.Repeat("0", 64) + "@example.org"}, {"KEYS", strings.Repeat("0", 64) + "@"}, {"REFRESH_MS", "5s"}, {"SITE_MEMORY_MB", "-1"}, {"DEADLINE_MS", "1e3"},
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

// TestWorkerDefaults compares the settings with those that worker.mjs falls back to.
func TestWorkerDefaults(t *testing.T) {
	text, err := os.ReadFile("../edge/worker.mjs")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`(?m)^const DEFAULTS = \{(.*)\};$`).FindStringSubmatch(string(text))
	if list == nil {
		t.Fatal("worker.mjs has no DEFAULTS")
	}
	got := map[string]string{}
	for _, m := range regexp.MustCompile(`(\w+): ([\d_]+)`).FindAllStringSubmatch(list[1], -1) {
		got[m[1]] = strings.ReplaceAll(m[2], "_", "")
	}
	used := regexp.MustCompile(`"([A-Z]+(?:_[A-Z]+)+)"`).FindAllStringSubmatch(string(text), -1)
	for _, name := range used {
		if got[name[1]] == "" {
			t.Errorf("worker.mjs asks for %s, which is not in DEFAULTS", name[1])
		}
	}
	want := map[string]string{}
	for _, s := range config.Settings() {
		if _, ok := got[s.Name]; ok || s.Flag == "" {
			want[s.Name] = s.Default
		}
	}
	if len(used) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("worker.mjs has %v, want %v", got, want)
	}
}

// TestReadFlag: a flag takes what its variable takes, and an error names the flag.
func TestReadFlag(t *testing.T) {
	var o worker.Options
	if err := config.ReadFlag("address", "https://a.example", &o); err != nil || o.Address != "https://a.example" {
		t.Error(o.Address, err)
	}
	if err := config.ReadFlag("origins", "null", &o); err == nil || !strings.HasPrefix(err.Error(), "--origins: \"null\" is not an origin; want ") {
		t.Error(err)
	}
	for variable, want := range map[bool]string{false: "separated by commas", true: "separated by blanks"} {
		err := config.ReadFlag("page-origins", "https://a.example/", &o)
		if variable {
			err = config.Read(func(string) string { return "https://a.example/" }, &o)
		}
		if err == nil || !strings.Contains(err.Error(), "leave out the slash at its end; want ") || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if err := config.ReadFlag("colour", "red", &o); err == nil {
		t.Error("an unknown flag is taken")
	}
}
