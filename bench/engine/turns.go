package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
)

// turns is a program that waits to be given one round after another.
type turns struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// start starts a program and waits until it is ready.
func (b *bench) start(p platform, program string, args ...string) (*turns, error) {
	t := &turns{cmd: onOneCore(b.line(p, program, args))}
	var err error
	if t.in, err = t.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := t.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	t.out = bufio.NewReader(out)
	if err := t.cmd.Start(); err != nil {
		return nil, err
	}
	if err := t.ready(); err != nil {
		t.stop()
		return nil, fmt.Errorf("%s: %w", program, err)
	}
	return t, nil
}

// ready reads the empty line by which a program says that it waits.
func (t *turns) ready() error {
	line, err := t.out.ReadString('\n')
	if err == nil && line != "\n" {
		err = fmt.Errorf("it says %q", line)
	}
	return err
}

// next has the program do one round.
func (t *turns) next() error {
	if _, err := io.WriteString(t.in, "\n"); err != nil {
		return err
	}
	return t.ready()
}

// end lets the program end and returns what it has measured.
func (t *turns) end() (figures map[string]float64, err error) {
	t.in.Close()
	if err := json.NewDecoder(t.out).Decode(&figures); err != nil {
		return nil, err
	}
	return figures, t.cmd.Wait()
}

// stop ends a program that has not ended.
func (t *turns) stop() {
	if t.cmd.ProcessState == nil {
		t.cmd.Process.Kill()
		t.cmd.Wait()
	}
}
