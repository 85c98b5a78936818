package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"postil"
	"postil/worker/config"
)

// TestServeSettings compares the command's flags with the settings' declaration.
func TestServeSettings(t *testing.T) {
	flags := newServe().Flags()
	for _, s := range config.Settings() {
		if s.Flag == "" {
			continue
		}
		if f := flags.Lookup(s.Flag); f == nil || f.DefValue != s.FlagDefault {
			t.Errorf("--%s (%s): %+v, want the default %q", s.Flag, s.Name, f, s.FlagDefault)
		}
	}
}

// TestReopenFits: an index that lacks what the options name is not taken into use.
func TestReopenFits(t *testing.T) {
	s := service{index: filepath.Join(t.TempDir(), "site.postil"), defaults: "kinds=chip", log: slog.New(slog.DiscardHandler)}
	reopen := func(kind string) error {
		t.Helper()
		index, err := postil.Compile([]postil.Term{{ID: "tpu", Label: "Tensor processing unit", Kind: kind}}, postil.CompileOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(s.index, index, 0o600); err != nil {
			t.Fatal(err)
		}
		return s.reopen()
	}
	if err := reopen("chip"); err != nil {
		t.Fatal(err)
	}
	used := s.digest
	if err := reopen("hardware"); err == nil || s.digest != used {
		t.Errorf("%v; the index in use is %s, want %s still", err, s.digest, used)
	}
}
