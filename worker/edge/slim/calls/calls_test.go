package calls_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/pprof/profile"

	"postil/worker/edge/slim/calls"
)

const root = "../../../.."

// TestList looks whether the functions still make the calls where the list has them:
// what a later version calls elsewhere is not inlined, and nobody is told.
func TestList(t *testing.T) {
	list, err := calls.List()
	if err != nil {
		t.Fatal(err)
	}
	functions := map[string]map[string]function{} // by package and name
	var gone []calls.Call
	checked := 0
	for _, c := range list {
		dir, name := split(c.Caller)
		if strings.Contains(name, ".func") || strings.Contains(c.Callee, ".func") {
			continue // they have no names in the source
		}
		if functions[dir] == nil {
			functions[dir] = read(t, filepath.Join(root, strings.TrimPrefix(dir, "postil")))
		}
		checked++
		_, callee := split(c.Callee)
		if f, ok := functions[dir][name]; !ok || !f.calls(c.Line, callee[strings.LastIndex(callee, ".")+1:]) {
			gone = append(gone, c)
		}
	}
	if len(gone)*4 > checked || checked < 200 {
		t.Errorf("of %d calls in calls.txt %d are not where it says any more: `make calls` measures anew\n%v", checked, len(gone), gone)
	}
}

// split parts a name from its package: postil/internal/text.(*Block).Joined.
func split(name string) (dir, function string) {
	slash := strings.LastIndex(name, "/") + 1
	dot := slash + strings.Index(name[slash:], ".")
	return name[:dot], name[dot+1:]
}

// A function is its declaration, and where it lies.
type function struct {
	files *token.FileSet
	decl  *ast.FuncDecl
}

// calls reports whether a call of a name stretches over a line, counted from the
// function's first.
func (f function) calls(line int, name string) (found bool) {
	line += f.line(f.decl.Pos())
	ast.Inspect(f.decl, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && f.line(c.Pos()) <= line && line <= f.line(c.End()) {
			switch called := c.Fun.(type) {
			case *ast.Ident:
				found = found || called.Name == name
			case *ast.SelectorExpr:
				found = found || called.Sel.Name == name
			}
		}
		return true
	})
	return found
}

func (f function) line(p token.Pos) int { return f.files.Position(p).Line }

// read finds the functions of a package.
func read(t *testing.T, dir string) map[string]function {
	files := token.NewFileSet()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]function{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				found[nameOf(f)] = function{files, f}
			}
		}
	}
	return found
}

// nameOf is a function's name as the linker has it, without its package.
func nameOf(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	switch r := f.Recv.List[0].Type.(type) {
	case *ast.StarExpr:
		if of, ok := r.X.(*ast.Ident); ok {
			return "(*" + of.Name + ")." + f.Name.Name
		}
	case *ast.Ident:
		return r.Name + "." + f.Name.Name
	}
	return ""
}

// TestWrite reads a profile as the compiler does.
func TestWrite(t *testing.T) {
	want := []calls.Call{{"postil.a", 3, "postil.b", 5}, {"postil.a", 7, "postil.b", 1}, {"postil.b", 0, "strings.Cut", 2}}
	var b bytes.Buffer
	if err := calls.Write(&b, want); err != nil {
		t.Fatal(err)
	}
	p, err := profile.Parse(&b)
	if err != nil || len(p.Sample) != len(want) {
		t.Fatal(p, err)
	}
	for i, s := range p.Sample {
		callee, caller := s.Location[0].Line[0], s.Location[1].Line[0]
		got := calls.Call{Caller: caller.Function.Name, Line: int(caller.Line - caller.Function.StartLine), Callee: callee.Function.Name, Weight: s.Value[1]}
		if got != want[i] {
			t.Errorf("got %v, want %v", got, want[i])
		}
	}
}
