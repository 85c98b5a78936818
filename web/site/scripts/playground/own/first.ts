/** What the editor starts with: two of the sample's terms, defined otherwise than the site does. */
export const firstGlossary = `language: en
terms:
  - id: exclusivity-clause
    label: Exclusivity clause
    definition: A promise to buy from, or sell to, one partner only.
  - id: training-run
    label: Training run
    aliases: [training]
    definition: The weeks in which a model’s weights are computed.
`;
