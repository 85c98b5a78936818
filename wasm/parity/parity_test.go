package parity_test

import (
	"testing"

	"postil/wasm/internal/built"
	"postil/wasm/parity"
)

func TestWazero(t *testing.T) {
	s, native := suite(t)
	got, err := s.Wazero(t.Context(), built.Reactor(t), built.Cache(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Compare(native, got, false); err != nil {
		t.Error(err)
	}
}

func suite(t *testing.T) (*parity.Suite, map[string]parity.Answer) {
	t.Helper()
	s, err := parity.Load()
	if err != nil {
		t.Fatal(err)
	}
	native, err := s.Native()
	if err != nil {
		t.Fatal(err)
	}
	return s, native
}
