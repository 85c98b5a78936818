//go:build !js

package main

import (
	"bytes"
	"fmt"
	"os"
)

// memory is the most memory that the program has occupied so far, in bytes.
func memory() (int, error) {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, after, _ := bytes.Cut(b, []byte("VmHWM:"))
	var kB int
	if _, err := fmt.Sscan(string(after), &kB); err != nil {
		return 0, fmt.Errorf("/proc/self/status: VmHWM: %w", err)
	}
	return kB << 10, nil
}
