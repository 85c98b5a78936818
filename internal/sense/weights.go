package sense

// weights are the shares of each kind of evidence in the log-odds. They were
// fitted, as a conditional logistic model, to one half of two public sets of
// ambiguous acronyms (GLADIS: UAD and Bio-UMLS), with UAD's priors and without
// them, and rounded.
type weights struct {
	// Of a document, for its senses.
	meaning float32 // cosine of the context's and the profile's vectors
	shared  float32 // words shared with the profile
	alone   float64 // what a single sense has to exceed; by judgement

	// Of a glossary, for the prior of a sense that has none.
	near    float64 // cosine of the form's own vector and the profile's
	agrees  float64 // agreement of form and name, see alignment.quality
	words   float64 // for each word of the name
	known   float64 // log of how often the glossary has the name
	common  float64 // mean log of how often it has the name's words
	coheres float64 // mean cosine between the words of the name
}

var (
	withVectors    = weights{alone: 3.2, meaning: 7.6, shared: 1.9, near: 3.5, agrees: 12, words: -0.53, known: 1.4, common: -0.35, coheres: 2.7}
	withoutVectors = weights{alone: 1.8, shared: 3.4, agrees: 11, words: -0.53, known: 1.3, common: 0.15}
)

// noneOfSeveral is the score of the possibility that a form of several senses
// means none of them.
const noneOfSeveral = -2

// noneOfAsking is that score where the likeliest sense asks for evidence. What a
// document without any gives is 0 to 2, by the meaning of its words alone.
const noneOfAsking = 1

const (
	// doubt is the part of every estimate of priors that is shared out evenly.
	doubt = 0.1
	// priorFloor is added to every prior that the glossary gives.
	priorFloor = 0.005
	// unknownShare is the least share of a form's uses that is left to senses
	// without a prior when others of the form have one.
	unknownShare = 0.1
)

// Weights of a word in a profile by where it stands.
const (
	weightName       = 1
	weightContext    = 1.2
	weightRelated    = 0.5
	weightDefinition = 0.35
	weightNot        = -1.4
)

const (
	// Window is how many words before and after a mention are worth adding.
	Window = 40
	// MaxWords bounds the words of a decision, and with them the time for it: it
	// grows at most with their number times the number of words in profiles.
	MaxWords = 48
	// decay makes a word at distance d count 1/(1+decay*d).
	decay = 0.2
	// minPrefix is the least number of letters, minDice the least share of the
	// letters of both, that make the common beginning of two words evidence.
	minPrefix = 4
	minDice   = 0.75
	// neighbours is the share in a profile's vector of what stands beside its
	// words in other names of the glossary.
	neighbours = 0.35
	// bend is where the sum of the words shared with a profile begins to count
	// by its logarithm: a long document shares some words with any long profile.
	bend = 4
)
