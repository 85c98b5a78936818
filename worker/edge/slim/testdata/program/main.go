// Command program does what is hard to get right when a function's flow of control
// is rewritten: it prints the same whatever it is compiled to.
package main

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	debug.SetGCPercent(5) // stacks are looked through often
	fmt.Println(nested(40), labels(30), entangled(10), entangled(11), knownFirstRound("a,b,,c"))
	fmt.Println(switches())
	fmt.Println(pingPong(50), takeTurns(4, 20), pipeline(100))
	fmt.Println(grows(2000), deep(50, 30))
	fmt.Println(recovers())
	fmt.Println(indirect(30))
	fmt.Println(ranges())
	fmt.Println(numbers())
	fmt.Println(waits())
	fmt.Println(where())
	fmt.Println(collect(300))
}

// nested has loops in loops, with calls in the innermost and between.
func nested(n int) (sum int) {
	for i := range n {
		for j := i; j < n; j++ {
			for k := j; k > 0; k /= 2 {
				sum += call(i ^ j ^ k)
				if sum > 1<<20 {
					sum = call(sum % 7919)
				}
			}
		}
		sum += call(i)
	}
	return sum
}

//go:noinline
func call(x int) int { return x*31 + 7 }

func labels(n int) (out []int) {
outer:
	for i := 1; i < n; i++ {
		for j := 2; j*j <= i; j++ {
			switch {
			case i%j == 0 && call(j)%2 == 0:
				continue outer
			case call(i)%97 == 13:
				break outer
			case i%j == 0:
				break
			}
		}
		out = append(out, i)
	}
	return out
}

// entangled has a loop with two entries.
func entangled(n int) (trace string) {
	i := 0
	if n%2 == 0 {
		goto odd
	}
even:
	i += call(2) % 5
	trace += "e"
	if i > 3*n {
		return fmt.Sprint(trace, i)
	}
odd:
	i++
	trace += "o"
	runtime.Gosched()
	if i%3 == 0 {
		goto odd
	}
	goto even
}

// knownFirstRound has a loop of which the compiler knows how it begins.
func knownFirstRound(s string) (n int) {
	first, found := true, false
	for part := range strings.SplitSeq(s, ",") {
		if first || found {
			n = n*10 + len(part)
		}
		first, found = false, part == "b"
	}
	for i, more := 0, true; more; i++ {
		more = i < 3
		if n%7 == 0 {
			continue
		}
		n += call(i)
	}
	return n
}

func switches() (out []string) {
	for i := -3; i < 40; i += 3 {
		switch i {
		case -3, 0, 3:
			out = append(out, "few")
		case 6:
			fallthrough
		case 9:
			out = append(out, "some")
		case 12, 15, 18, 21, 24:
			out = append(out, fmt.Sprint(i))
		default:
			out = append(out, word(i))
		}
	}
	return slices.Compact(out)
}

func word(i int) string {
	switch s := fmt.Sprint(i); s {
	case "27", "30":
		return "thirty"
	case "33":
		return "more"
	default:
		return "most " + s
	}
}

func pingPong(n int) (sum int) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for x := range ping {
			for range x % 3 {
				runtime.Gosched()
			}
			pong <- x * 2
		}
		close(pong)
	}()
	for i := range n {
		for j := 0; j < 2; j++ {
			ping <- i + j
			sum += <-pong
		}
	}
	close(ping)
	_, open := <-pong
	if open {
		return -1
	}
	return sum
}

// takeTurns has goroutines in the same loops at different places.
func takeTurns(workers, rounds int) (counts []int) {
	counts = make([]int, workers)
	var group sync.WaitGroup
	var mutex sync.Mutex
	for w := range workers {
		group.Go(func() {
			for i := 0; i < rounds; i++ {
				for j := 0; j <= w; j++ {
					mutex.Lock()
					counts[w] += i*j + 1
					if (i+j)%2 == 0 {
						mutex.Unlock()
						runtime.Gosched()
						continue
					}
					mutex.Unlock()
				}
			}
		})
	}
	group.Wait()
	return counts
}

func pipeline(n int) (sum int) {
	numbers, squares, done := make(chan int, 3), make(chan int), make(chan bool)
	go func() {
		defer close(numbers)
		for i := range n {
			numbers <- i
		}
	}()
	go func() {
		for i := range numbers {
			squares <- i * i
		}
		close(done)
	}()
	for {
		select {
		case s := <-squares:
			sum += s
		case <-done:
			return sum
		}
	}
}

// grows calls, in a loop, what needs more stack than there is, so that the stack
// moves below it.
func grows(n int) int {
	sum, x := 0, [8]int{1, 2, 3, 4, 5, 6, 7, 8}
	for i := 0; i < n; i += 100 {
		p := &x[i%8]
		sum += recurse(i, p) + *p
	}
	return sum
}

func recurse(n int, p *int) int {
	var pad [64]int
	pad[n%64] = n
	if n == 0 {
		*p++
		return pad[0]
	}
	return recurse(n-1, p) + pad[n%64]%3
}

func deep(goroutines, depth int) (sum int) {
	results := make(chan int)
	for g := range goroutines {
		go func() {
			x := g
			results <- recurse(depth*g, &x) + x
		}()
	}
	for range goroutines {
		sum += <-results
	}
	return sum
}

func recovers() (out []string) {
	for i := range 6 {
		out = append(out, try(i))
	}
	for _, e := range []ending{own{}, &own{}, wrapped{own{}}, far{}, &far{}, around{}, &around{}} {
		out = append(out, finish(e))
	}
	return out
}

// ending may recover: only in a function that is deferred itself, whatever wraps it.
type ending interface{ end(*string) }

type (
	wrapped struct{ ending }
	own     struct{}
	far     struct{}
	around  struct{ far }
)

func (own) end(s *string) { *s = fmt.Sprint(recover()) }

// end is inlined into what wraps it.
func (f far) end(s *string) { endFarAway(s) }

//go:noinline
func endFarAway(s *string) { *s = fmt.Sprint("not ", recover()) }

func finish(e ending) (s string) {
	defer func() { s += fmt.Sprint(" then ", recover()) }()
	defer e.end(&s)
	panic("end")
}

func try(i int) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("recovered: ", r)
		}
	}()
	return fail(i)
}

// fail ends in another way for each number, most in a loop.
func fail(i int) string {
	list, m := []int{1, 2, 3}, map[string]int(nil)
	for j := 0; ; j++ {
		switch i {
		case 0:
			list[0] += list[j]
		case 1:
			m[fmt.Sprint(j)] = j
		case 2:
			var p *[4]int
			list[0] += p[j%4]
		case 3:
			list[0] /= 3 - j
		case 4:
			if j == 5 {
				panic(errors.New("five"))
			}
		default:
			return fmt.Sprint("ended after ", j)
		}
	}
}

type shape interface{ area(int) int }

type (
	square int
	strip  struct{ width, length int }
)

func (s square) area(scale int) int { runtime.Gosched(); return int(s) * int(s) * scale }
func (s strip) area(scale int) int  { return s.width * s.length * scale }

// indirect calls by number in loops, while other goroutines run.
func indirect(n int) (sum int) {
	shapes := []shape{square(3), strip{2, 5}, square(7), &strip{4, 4}}
	scales := []func(int) int{call, func(x int) int { return x + n }, func(x int) int { runtime.Gosched(); return -x }}
	stop := make(chan bool)
	go func() {
		for {
			select {
			case <-stop:
				return
			default:
				runtime.Gosched()
			}
		}
	}()
	for i := range n {
		for _, s := range shapes {
			for _, scale := range scales {
				sum += s.area(scale(i))
			}
		}
	}
	close(stop)
	return sum
}

func evens(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n; i += 2 {
			if !yield(i) {
				return
			}
		}
	}
}

func ranges() (out []int) {
	for i := range evens(20) {
		for j := range evens(i) {
			if j > 8 {
				break
			}
			if (i+j)%3 == 0 {
				continue
			}
			out = append(out, i*j)
		}
		if i > 14 {
			return out
		}
	}
	return nil
}

func numbers() (out []float64) {
	for _, x := range []float64{0, -1.5, math.Inf(1), math.NaN(), 1e300} {
		y := x
		for range 5 {
			y = y*y/3 - x
			if y != y || y > 1e10 {
				y = min(float64(uint32(int64(min(max(x, -9), 9)))), 1e3)
			}
		}
		out = append(out, math.Floor(y*1000)/1000)
	}
	return out
}

func waits() (out []string) {
	timeout := time.After(30 * time.Millisecond)
	ticks := make(chan int)
	go func() {
		for i := range 3 {
			time.Sleep(time.Millisecond)
			ticks <- i
		}
	}()
	for {
		select {
		case i := <-ticks:
			out = append(out, fmt.Sprint("tick ", i))
		case <-timeout:
			return append(out, "timeout")
		}
	}
}

// where asks the runtime in a loop which function and line it is in.
func where() (out []string) {
	var pcs [8]uintptr
	for range 2 {
		frames := runtime.CallersFrames(pcs[:callers(pcs[:])])
		for more := true; more; {
			var f runtime.Frame
			if f, more = frames.Next(); strings.HasPrefix(f.Function, "main.") {
				out = append(out, fmt.Sprint(f.Function, ":", f.Line))
			}
		}
	}
	return out
}

//go:noinline
func callers(pcs []uintptr) int {
	for n := 0; ; {
		if n = runtime.Callers(1, pcs); n > 0 {
			return n
		}
	}
}

type tree struct{ left, right *tree }

// collect keeps pointers on the stack while garbage is collected.
func collect(n int) (sum int) {
	var kept *tree
	for i := range n {
		t := &tree{left: kept}
		for j := range 5 {
			t = &tree{t, &tree{}}
			if (i+j)%50 == 0 {
				runtime.GC()
			}
		}
		kept = t
	}
	for t := kept; t != nil; t = t.left {
		sum++
		if t.right != nil {
			sum += 2
		}
	}
	return sum
}
