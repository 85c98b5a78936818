package postil_test

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"postil"
)

// hostile are terms whose forms overlap, share words and letters, and have signs
// at their edges; nothing of them needs a decision.
var hostile = []postil.Term{
	{ID: "ai", Label: "AI"}, {ID: "sov", Label: "Sovereign AI"}, {ID: "cloud", Label: "AI cloud provider"},
	{ID: "a", Label: "a b"}, {ID: "b", Label: "b c d"}, {ID: "c", Label: "c d a"}, {ID: "d", Label: "d"},
	{ID: "cpp", Label: "C++"}, {ID: "net", Label: ".NET"}, {ID: "att", Label: "AT&T"}, {ID: "us", Label: "U.S."},
	{ID: "ki", Label: "人工智能"}, {ID: "cafe", Label: "café"}, {ID: "law", Label: "Moore's law"}, {ID: "tcp", Label: "TCP/IP"},
	{ID: "long", Label: "d d d d d d d d"}, {ID: "plural", Label: "Windows"}, {ID: "exact", Label: "Azure", Case: postil.CaseExact},
}

func seedTexts(f *testing.F) {
	for _, s := range []string{
		"", "a b c d a b", "Sovereign AI cloud providers, AIs’ C++ and .NET; the U.S. law", "AT&T’s café\u0301 人工智能模型", "d d d d d d d d d d",
		"Moore’s law\n\nTCP/IP\r\nAzure azure", "👩‍👩‍👧AI C++\u0301 A\u200dI", "a\u00adb A\u200bI ａ b", "AI\ufe0f AI\u20dd",
	} {
		f.Add(s)
	}
	// Strings that break programs, where they are beside this checkout.
	if b, err := os.ReadFile("../shared/eval/unicode/blns.json"); err == nil {
		var strings []string
		if err := json.Unmarshal(b, &strings); err != nil {
			f.Fatal(err)
		}
		for _, s := range strings {
			f.Add(s + " AI " + s)
		}
	}
}

// FuzzSpans checks the spans of answers, and that the longest are those that one
// would choose by hand.
func FuzzSpans(f *testing.F) {
	a := open(f, hostile...)
	seedTexts(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		longest := annotate(t, a, text, postil.Options{Offsets: postil.UTF8})
		all := annotate(t, a, text, postil.Options{Offsets: postil.UTF8, Overlaps: postil.OverlapsAll})
		if want := naiveLongest(all); !slices.EqualFunc(longest, want, same) {
			t.Fatalf("longest of %q\nis   %v\nwant %v", text, longest, want)
		}
		for _, unit := range []postil.Offsets{postil.UTF16, postil.UTF32} {
			other := annotate(t, a, text, postil.Options{Offsets: unit})
			for i, x := range other {
				if len(other) != len(longest) || x.Exact != longest[i].Exact || x.Term != longest[i].Term || x.Score != longest[i].Score {
					t.Fatalf("%q differs by unit %v: %v and %v", text, unit, longest, other)
				}
			}
		}
	})
}

func same(x, y postil.Annotation) bool {
	return x.Start == y.Start && x.End == y.End && x.Term == y.Term
}

// annotate checks what holds for every answer: the annotations are in order, in
// range and on the boundaries of grapheme clusters, and Exact is what stands
// there.
func annotate(t *testing.T, a *postil.Annotator, text string, o postil.Options) []postil.Annotation {
	t.Helper()
	r, err := a.Annotate(text, o)
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, text, r)
	for i, x := range r.Annotations {
		if i > 0 && cmp.Or(cmp.Compare(r.Annotations[i-1].Start, x.Start), cmp.Compare(r.Annotations[i-1].End, x.End)) > 0 {
			t.Fatalf("not in order: %v in %q", r.Annotations, text)
		}
		if o.Offsets == postil.UTF8 && (!boundary(text, x.Start) || !boundary(text, x.End)) {
			t.Fatalf("%+v cuts a grapheme cluster of %q", x, text)
		}
	}
	return r.Annotations
}

// boundary reports whether a cluster of text begins at a byte.
func boundary(text string, at int) bool {
	g := uniseg.NewGraphemes(text)
	for g.Next() {
		if from, to := g.Positions(); from <= at && at < to {
			return from == at
		}
	}
	return at == len(text)
}

// naiveLongest is the policy as one would write it down.
func naiveLongest(all []postil.Annotation) (kept []postil.Annotation) {
	for rest := all; len(rest) > 0; {
		best := rest[0]
		for _, x := range rest {
			if l, b := x.End-x.Start, best.End-best.Start; l > b || l == b && x.Start > best.Start {
				best = x
			}
		}
		kept = append(kept, best)
		rest = slices.DeleteFunc(slices.Clone(rest), func(x postil.Annotation) bool { return x.Start < best.End && best.Start < x.End })
	}
	slices.SortFunc(kept, func(x, y postil.Annotation) int { return cmp.Compare(x.Start, y.Start) })
	return kept
}

// FuzzBlocks cuts a text where its blocks end: the parts have what the whole has.
func FuzzBlocks(f *testing.F) {
	a := open(f, hostile...)
	seedTexts(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		whole := annotate(t, a, text, postil.Options{Offsets: postil.UTF8})
		var parts []postil.Annotation
		at := 0
		for _, block := range strings.SplitAfter(text, "\n\n") {
			for _, x := range annotate(t, a, block, postil.Options{Offsets: postil.UTF8}) {
				x.Start, x.End = x.Start+at, x.End+at
				parts = append(parts, x)
			}
			at += len(block)
		}
		if !slices.EqualFunc(whole, parts, same) {
			t.Fatalf("%q\nas a whole has %v\nin parts       %v", text, whole, parts)
		}
	})
}
