//go:build started

// Empty, so that the compiler takes a function without a body.
