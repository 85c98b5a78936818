package main

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"postil"
	"postil/indexer/atomicfile"
	"postil/indexer/diag"
	"postil/indexer/indexfile"
	"postil/indexer/vectors"
	"postil/language"
)

func newBuild() *cobra.Command {
	var s sources
	var out, meanings string
	var quiet bool
	cmd := &cobra.Command{
		Use:   "build [--glossary FILE|DIR]… [--articles FILE|DIR]… -o site.postil",
		Short: "Compile glossary and articles into an index",
		Long: `Build checks a glossary as postil check does, reads the articles, and compiles
both into one index file. Nothing is written if the glossary has errors; an
article that cannot be read is reported and left out. The file is replaced
whole: whatever interrupts the build leaves the old one.

The formats of glossaries are described at postil check --help. Articles are HTML
pages, of which the main content is taken; Markdown with YAML front matter; plain
text; or JSON Lines of {id, title, text, url, published}.

The same input gives the same bytes.`,
		Example: `  postil build --glossary glossary/ --articles articles/ -o site.postil
  postil build --glossary terms.csv --strict -o site.postil`,
		Args: noFiles("--glossary or --articles"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case out == "":
				return usagef("the output is missing: name it with -o site.postil")
			case len(s.glossary)+len(s.articles) == 0:
				return usagef("nothing to build from: name files with --glossary or --articles")
			}
			defer saveMemory()()
			return build(cmd, &s, out, meanings, quiet)
		},
	}
	s.addAll(cmd)
	cmd.Flags().StringVarP(&out, "output", "o", "", "index `file` to write")
	cmd.Flags().StringVar(&meanings, "vectors", "english", "word vectors that tell senses apart: english, none, or a `file` of your own; they add half a megabyte")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "print errors only")
	completeFiles(cmd, "output", []string{".postil"})
	return cmd
}

// saveMemory lets no more than 40% of what the program uses heap up as garbage,
// until it is undone. A glossary of a million forms takes half a gigabyte, and to
// collect the garbage more often than Go does by itself costs little: it is one
// run, and what lives at all lives long. Who sets GOGC knows better.
func saveMemory() (undo func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(40)
	return func() { debug.SetGCPercent(before) }
}

// wordVectors returns what the flag --vectors names.
func wordVectors(name string) ([]byte, error) {
	switch name {
	case "english":
		return vectors.English(), nil
	case "none":
		return nil, nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("word vectors: %w", err)
	}
	return b, nil
}

func build(cmd *cobra.Command, s *sources, out, meanings string, quiet bool) error {
	errs := cmd.ErrOrStderr()
	bar := newProgress(errs)
	m, err := s.read(bar.update)
	if err != nil {
		bar.finish()
		return err
	}
	errors, _ := diag.Count(m.found)
	if errors > 0 || !quiet {
		bar.finish()
		if err := m.report(errs, diag.Style{Color: colorFlag("auto").on(errs), Excerpt: isTerminal(errs)}); err != nil {
			return err
		}
	}
	m.found = nil // the compiler needs the room: they may be a million
	v, err := wordVectors(meanings)
	if err != nil {
		return err
	}
	left := 0 // forms without effect
	o := m.options(v)
	o.Progress = bar.update
	o.Warn = func(*postil.TermError) { left++ }
	err = atomicfile.Write(out, func(f io.WriteSeeker) error { return postil.CompileTo(cmd.Context(), f, m.terms, o) })
	bar.finish()
	if err != nil {
		return fmt.Errorf("build the index: %w", err)
	}
	if quiet {
		return nil
	}
	return m.summary(cmd.OutOrStdout(), out, left)
}

// options are those for compiling the material.
func (m *material) options(vectors []byte) postil.CompileOptions {
	return postil.CompileOptions{Language: m.language, Languages: language.All(), Vectors: vectors, Articles: m.articles}
}

func (m *material) summary(w io.Writer, path string, left int) error {
	a, err := indexfile.Map(path)
	if err != nil {
		return fmt.Errorf("the new index cannot be opened: %w", err)
	}
	if err := writeInfo(w, path, a.Info()); err != nil {
		return err
	}
	if n := notice(m.language); n != "" {
		fmt.Fprintln(w, n)
	}
	if left > 0 {
		fmt.Fprintf(w, "%s can never match and were left out\n", plural(left, "surface form"))
	}
	if m.passed > 0 {
		fmt.Fprintf(w, "%s of judgement let pass: see postil check\n", plural(m.passed, "error"))
	}
	return nil
}
