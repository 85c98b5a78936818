package host_test

import (
	"strings"
	"testing"

	"postil"
	"postil/wasm/host"
)

// BenchmarkAnnotate measures a page's worth of text in the module and natively.
func BenchmarkAnnotate(b *testing.B) {
	data := index(b, "first")
	text := strings.Repeat("The law says little about an AGI, and less about what a TPU is for; both are of their time.\n\n", 100)
	b.Run("native", func(b *testing.B) {
		a, err := postil.Open(data)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			r, err := a.Annotate(text, postil.Options{})
			if err != nil {
				b.Fatal(err)
			}
			r.AppendJSON(nil)
		}
	})
	b.Run("wazero", func(b *testing.B) {
		p := pool(b, data, host.Options{Instances: 1})
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if _, err := p.Annotate(b.Context(), text, ""); err != nil {
				b.Fatal(err)
			}
		}
	})
}
