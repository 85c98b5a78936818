package index

import "unsafe"

// String views bytes as a string, without a copy. They must not change as long
// as the string is in use, as those of an index never do.
func String(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
