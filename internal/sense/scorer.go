package sense

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// Word is a word of a document as a model knows it. It is folded and without a
// possessive ending.
type Word struct {
	text   string
	vector int32   // -1 if it has none
	scale  float32 // of the vector, in units of the query
	chain  byte
}

// Word looks a word up; ok is false for one that says nothing.
func (m *Model) Word(text string) (w Word, ok bool) {
	vector := m.words.find(text)
	w = Word{text, int32(vector), m.words.scale(vector) * unitsPerOne, chain(text)}
	return w, text != "" && !w.isStop()
}

// isStop reports whether a word is one of those that say nothing.
func (w *Word) isStop() bool { return w.vector >= 0 && w.scale == 0 }

// Found is a word at a distance, in words, from the nearest mention of the form
// in question.
type Found struct{ Word, Distance int32 }

// Scorer weighs the words of a document for one decision after another. Its
// memory is reused; it is not safe for concurrent use. The zero value needs a
// Read.
type Scorer struct {
	model    *Model
	query    query
	given    []Word
	words    []contextWord
	weighted []weighted // of the words with a vector
	heads    [256]int32 // 1 + the last word of each chain
}

// contextWord is a word of those given, by its place.
type contextWord struct {
	word int32
	next int32
}

// Read takes the words around the mentions of a form for the next decision; the
// mentions themselves are not to be among them. Found counts in words, which must
// live as long as the decision. Of more than MaxWords, the first count: the nearest
// should come first.
func (s *Scorer) Read(m *Model, words []Word, found []Found) {
	s.model, s.given = m, words
	s.words, s.weighted = s.words[:0], s.weighted[:0]
	s.query.reset(m.words.dims)
	s.heads = [256]int32{}
	for i := range found[:min(len(found), MaxWords)] {
		f := &found[i]
		w := &words[f.Word]
		if w.vector >= 0 {
			s.weighted = append(s.weighted, weighted{uint32(w.vector), weightOf(w.scale, nearness[min(f.Distance, Window)])})
		}
		head := &s.heads[w.chain]
		s.words = append(s.words, contextWord{f.Word, *head})
		*head = int32(len(s.words))
	}
	s.query.add(&m.words, s.weighted)
}

// text is that of a context word.
func (s *Scorer) text(word int) string { return s.given[s.words[word].word].text }

// nearness is the weight of a word by its distance.
var nearness = func() (t [Window + 1]float32) {
	for d := range t {
		t[d] = 1 / (1 + decay*float32(d))
	}
	return t
}()

// chain is where words that may share their beginning with word are kept. It
// stands in a posting above the number of the lexeme, so that most lexemes need
// not be looked at.
func chain(word string) byte {
	key := uint32(0)
	for i := 0; i < len(word) && i < minPrefix; i++ {
		key = key<<8 | uint32(word[i])
	}
	return byte(key * 0x9E3779B1 >> 24)
}

const chainShift = 24

// Scores appends the log-odds of a group's candidates, up to a constant.
func (s *Scorer) Scores(dst []float64, group int) []float64 {
	m := s.model
	from, to := m.group(group)
	for i := from; i < to; i++ {
		sense, prior := pair(m.candidates, i)
		dst = append(dst, float64(prior+s.Evidence(int(sense))))
	}
	return dst
}

// Evidence is what the words added so far say for a sense, in log-odds, its
// prior left out. Unrelated documents give 0 to 2, fitting ones 2 to 8.
func (s *Scorer) Evidence(sense int) float32 {
	shared, _ := s.shared(sense)
	return shared + s.meaning()*s.model.senses.dot(s.query.vector(), sense)
}

// shared is what the words that the document shares with a profile say together,
// and what each one's weight has to be multiplied by for that.
func (s *Scorer) shared(sense int) (total, factor float32) {
	m := s.model
	sum := float32(0)
	from, to := span(m.first, sense, len(m.postings)/pairSize)
	// Most postings are passed over: see chain.
	for p := m.postings[from*pairSize : to*pairSize]; len(p) >= pairSize; p = p[pairSize:] {
		posting := binary.LittleEndian.Uint64(p)
		lexeme := uint32(posting)
		if s.heads[lexeme>>chainShift] == 0 {
			continue
		}
		if like, _ := s.like(lexeme); like > 0 {
			sum += math.Float32frombits(uint32(posting>>32)) * like
		}
	}
	if sum == 0 {
		return 0, m.weights.shared
	}
	total = m.weights.shared * float32(bend*math.Asinh(float64(sum)/bend))
	return total, total / sum
}

// meaning is what a product with the query has to be multiplied by.
func (s *Scorer) meaning() float32 {
	if length := s.query.length(); length > 0 {
		return s.model.weights.meaning / length
	}
	return 0
}

// like says how like the word of the document that is most like a lexeme is: 1
// for the word itself, the square of the Dice coefficient of the common
// beginning for others, if that is large enough.
func (s *Scorer) like(number uint32) (best float32, word int) {
	lexeme := s.model.lexeme(number)
	for i := s.heads[number>>chainShift]; i > 0; {
		text := s.text(int(i - 1))
		if text == string(lexeme) {
			return 1, int(i - 1)
		}
		if runes, n := commonPrefix(text, lexeme); runes >= minPrefix {
			dice := 2 * float32(n) / float32(len(text)+len(lexeme))
			if dice >= minDice && dice*dice > best {
				best, word = dice*dice, int(i-1)
			}
		}
		i = s.words[i-1].next
	}
	return best, word
}

// commonPrefix counts the characters, and their bytes, with which a and b begin.
func commonPrefix(a string, b []byte) (runes, n int) {
	for n < len(a) && n < len(b) && a[n] == b[n] {
		if utf8.RuneStart(a[n]) {
			runes++
		}
		n++
	}
	// The character in which they differ may have begun alike.
	if n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n]) {
		for n--; n > 0 && !utf8.RuneStart(a[n]); n-- {
		}
		runes--
	}
	return runes, n
}

// Reason is one piece of evidence.
type Reason struct {
	// Word is the word of the document that counted; empty for the prior.
	Word string
	// Weight is its share in the log-odds.
	Weight float32
}

// Explain calls say with the parts of a candidate's score, in no order: its
// prior, and every word of the document that says something, by its letters,
// its meaning or both.
func (s *Scorer) Explain(group, candidate int, say func(Reason)) {
	m := s.model
	from, to := m.group(group)
	if candidate < 0 || candidate >= to-from {
		return
	}
	sense, prior := pair(m.candidates, from+candidate)
	say(Reason{Weight: prior})
	parts := make(map[string]float32, len(s.words))
	meaning := s.meaning()
	rest := s.weighted
	for i := range s.words {
		w := &s.given[s.words[i].word]
		if w.vector < 0 {
			continue
		}
		var one [maxDims]float32
		m.words.addCodes(&one, int(w.vector), float32(rest[0].weight))
		rest = rest[1:]
		parts[w.text] += meaning * m.senses.dot(&one, int(sense))
	}
	_, factor := s.shared(int(sense))
	for i, end := span(m.first, int(sense), len(m.postings)/pairSize); i < end; i++ {
		lexeme, weight := pair(m.postings, i)
		if like, w := s.like(lexeme); like > 0 {
			parts[s.text(w)] += factor * weight * like
		}
	}
	for i := range s.words {
		if x, ok := parts[s.text(i)]; ok && x != 0 {
			say(Reason{Word: s.text(i), Weight: x})
			delete(parts, s.text(i))
		}
	}
}

// None is the score, in log-odds, of the possibility that none of a group's
// senses is meant: for a form of several senses, of which the likeliest asks for
// evidence or not, and for a single one, which always does.
func (m *Model) None(candidates int, asks bool) float64 {
	switch {
	case candidates == 1:
		return m.weights.alone
	case asks:
		return noneOfAsking
	}
	return noneOfSeveral
}

// Softmax turns scores into probabilities that leave room for none of them;
// with none = math.Inf(-1), no room.
func Softmax(scores []float64, none float64) {
	top := none
	for _, x := range scores {
		top = max(top, x)
	}
	total := math.Exp(none - top)
	for i, x := range scores {
		scores[i] = math.Exp(x - top)
		total += scores[i]
	}
	for i := range scores {
		scores[i] /= total
	}
}
