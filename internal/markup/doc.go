// Package markup turns HTML into text whose every byte knows its place in the
// source, and writes tags back into the source around such places.
//
// # Method
//
// What a reader sees of a page, and where a tag may be put without breaking
// it, depends on the tree that a browser builds, not on the tags as written:
// paragraphs end by themselves, formatting is reopened, text in tables moves
// out of them. So Parse runs the tokenization and the tree construction of the
// HTML standard (with scripting on, as browsers do), all of it, but over a tree
// without text and without copies: a node is a few numbers that point into
// the source. Three steps, each over the whole page:
//
//   - scanner cuts the source into tokens. It asks the tree whether it is in
//     SVG or MathML, where other rules hold, and nothing else.
//   - tree obeys the tokens. For each piece of text that finds a place it notes
//     an event: the source bytes and the parent element. Blocks, images and
//     <br> are events too.
//   - renderer goes through the events, decodes the text, and asks what the
//     elements around it, now that the tree is final, make of it.
//
// One path serves well-formed and broken pages alike, in linear time, without
// recursion. The tree is that of golang.org/x/net/html, which the tests compare
// with, with two exceptions. The end of a script in whose comment a "<" stands
// alone is found as the standard has it. And what x/net/html refuses, more than
// 512 open elements, is read to the end; the text after that point is not to be
// marked, since browsers do not agree on where it goes.
//
// An own tree construction, instead of that package's, because it has no
// offsets and drops the tokens that it has obeyed, and because it costs a
// multiple in time, allocations and bytes of WebAssembly.
//
// # Text
//
// Character references are decoded and line ends become "\n"; white space is
// otherwise as in the source, but for that at the beginning of a block, which
// is left out. Inline elements and comments join the text around them. Blocks,
// table cells, and what stands in the text like an image (img, input, iframe,
// svg, …) separate it: there Text has one "\n", and a break behind it. <br> is
// a "\n" that is no break, unless another follows. Text that is never rendered
// as such is not there: head, script, style, template, noscript, iframe,
// textarea, title and other raw text; the fallback of audio, video, canvas,
// meter and progress; datalist; the readings of ruby; the titles, descriptions
// and metadata of SVG; the annotations of MathML. Style sheets and the hidden
// attribute are not looked at.
//
// # Text that is not to be marked
//
// Links (a), things to press, type in or choose from (button, label, select,
// option, summary, contenteditable), code (code, pre, listing, kbd, samp, var,
// tt), what may never be rendered (object, applet), SVG and MathML,
// translate="no" up to a translate="yes" inside, the class postil-ignore, and
// elements with data-postil, which are the marks of an earlier run. Also text
// where an inserted tag would not stay what it is: directly in a table or moved
// out of it, too deep, or a "</" at the very end.
package markup
