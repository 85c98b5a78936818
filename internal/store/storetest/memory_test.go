package storetest_test

import (
	"testing"

	"postil/internal/store/storetest"
)

func TestMemory(t *testing.T) {
	m := &storetest.Memory{Page: 100}
	storetest.Conformance(t, m, m, m)
}
