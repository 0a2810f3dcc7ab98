// Every number by which the check-up decides, in one place.
export const thresholds = {
  /** signs of an answer, without blanks */
  shortAnswer: { ja: 5, other: 8 },
  /** answers that come so often that they are labels: at most so many different ones, each at most so long */
  labels: { most: 200, share: 0.1, longest: 40, least: 20 },
  /** a label has so many times fewer examples than the largest, or fewer than this */
  labelBalance: { ratio: 10, least: 10 },
  /** the same piece again so often is repeating */
  repeats: { times: 3, sentence: 6 },
  /** share of three-sign or two-word pieces that two pairs have in common */
  near: { pair: 0.6, question: 0.35, answer: 0.5, sameQuestion: 0.3 },
  /** words of content of a question, and of each of two answers to it that have none in common */
  otherAnswers: { question: 3, answer: 1 },
  /** min-hashes: bands of so many rows each */
  bands: { count: 24, rows: 4 },
  /** all of a small bucket are compared with one another, of a larger one each with so many */
  buckets: { small: 16, leaders: 6 },
  /** likewise of those that ask the same */
  asked: { small: 48, leaders: 12 },
  /** of the hashes of two texts that may be nearly the same, so many are equal at least: an estimate of `near.pair` may be off by
   *  a seventh */
  leastEqual: 54,
  /** of those that ask the same, so many are compared with one another */
  compared: 48,
  /** one way of writing is the usual one where so many rows have it */
  majority: 0.6,
  /** one topic is too much of the whole */
  topics: { most: 0.6, least: 100, count: 8 },
  /** questions by the words that they share: of fewer rows no groups are made; their words are chosen in a sample; at most so
   *  many, none of fewer rows than `smallest` or with a smaller share of its `own`; a longer word stands for a part of it that
   *  is nearly only in it (`whole`) */
  groups: {
    least: 30,
    sample: 6000,
    most: 16,
    smallest: 3,
    own: 0.5,
    whole: 0.9
  },
  /** in a set of so many rows a topic has so many times fewer than the largest, fewer than `least`, and its strongest
   *  word is hardly anywhere else */
  fewOfTopic: { among: 200, ratio: 10, least: 20, own: 0.8 },
  /** so many answers tell facts that hold elsewhere too */
  knowledge: { share: 0.6, facts: 2, least: 50 },
  /** examples that a goal wants at least, as the field advises; of sorting, for each label */
  wanted: { sort: 100, prefer: 100, documents: 100, tone: 500, knowledge: 1000, reasoning: 5000 },
  shownExamples: 3,
  /** of what somebody decides case by case, more */
  shownToDecide: 50
} as const
