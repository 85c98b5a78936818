package main

import (
	"testing"

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
