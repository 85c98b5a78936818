/** What the playground starts with: two meanings of the same letters. */
export const sample = `The CMA opened an inquiry into the cloud partnership on Monday. Antitrust lawyers expect the Competition and Markets Authority to ask whether renting out GPUs and TPUs on exclusive terms amounts to a quasi-merger, and what becomes of the exclusivity clause once a lab declares that it has reached AGI.

OpenAI’s training runs need more compute than one provider can offer. A multi-cloud strategy, the company says, also answers European worries about data residency and sovereign AI.`;
