package worker

import (
	"fmt"
	"net/http"
	"strings"

	"postil"
	"postil/internal/batch"
)

// maxAnswer is the longest answer to a text, in bytes: a text of 1 MiB can name terms so
// often that the answer has hundreds. An isolate has 128 MB, and the edge holds an
// answer three times: as it is made, in the exchange and as JavaScript's. With 12 MiB
// the program's memory alone grew to 123 MB. An article of 1 MiB about nothing but
// the glossary's terms has 7 MB in the longest form.
const maxAnswer = 8 << 20

// maxMentions is more than fit into an answer.
const maxMentions = maxAnswer / batch.LeastMention

// tooMuch is the problem of an answer that would be longer, and of what would make
// it shorter.
func tooMuch(media string, o *postil.Options) error {
	var less []string
	if media == mediaLD {
		less = append(less, "application/json")
	}
	if o.Explain {
		less = append(less, "explain=false")
	}
	if o.Candidates {
		less = append(less, "candidates=false")
	}
	if o.Overlaps != postil.OverlapsLongest {
		less = append(less, "overlaps=longest")
	}
	if o.Occurrences != postil.OccurrencesFirst {
		less = append(less, "occurrences=first")
	}
	detail := fmt.Sprintf("the answer would be longer than %d bytes: split the text at paragraphs and send the parts", maxAnswer)
	if len(less) > 0 {
		detail += ", or ask for " + strings.Join(less, ", ")
	}
	return &Problem{Status: http.StatusRequestEntityTooLarge, Detail: detail}
}
