// The words of evaluation: scores, the scorecard of the tone, verdicts, votes, the report. Window, command line and
// report say the same sentences.
import { calledBaseEn, firstBaseEn } from '../called-base'
import { plural } from '../plural'
import type { EvaluationWords } from './ja'

const kinds = {
  arithmetic: 'arithmetic',
  knowledge: 'common knowledge',
  instructions: 'following instructions',
  refusal: 'refusing, not knowing',
  language: 'language'
}

export const en = (base: string | null): EvaluationWords => {
  const called = calledBaseEn(base)
  return {
    candidates: {
      base: base ?? 'Base model',
      prompt: '+ a good instruction',
      examples: (n) => `+ the ${n} nearest examples`,
      retrieval: (n) => `+ search of documents (${n})`,
      tuned: 'Tuned model',
      otherRun: (name) => `Tuned model (${name})`,
      goneRun: 'Tuned model (of a run that is gone)',
      service: (model) => `${model} (at its service)`,
      sampled: (name, temperature) => `${name}, temperature ${temperature}`
    },
    scores: {
      loss: {
        name: 'Loss',
        term: 'loss',
        says: 'How far the model’s expectation is off while it writes the reference.',
        read: 'Lower is closer, but it does not tell whether facts are right.'
      },
      perplexity: {
        name: 'Perplexity',
        term: 'perplexity',
        says: 'Between how many words the model hesitates, so to say, when it chooses the next one.',
        read: 'Lower is surer; at 1 it does not hesitate at all.'
      },
      chrf: {
        name: 'Shared characters',
        term: 'chrF',
        says: 'How many runs of characters answer and reference share (0 to 100).',
        read: 'Higher is more alike. A right answer in other words scores low.'
      },
      'chrf++': {
        name: 'Shared characters and words',
        term: 'chrF++',
        says: 'Runs of characters, and also of words divided by spaces (0 to 100).',
        read: 'Higher is more alike. In Japanese, which has no spaces, it says about the same as chrF.'
      },
      bleu: {
        name: 'Shared phrases',
        term: 'BLEU',
        says: 'How many phrases of up to four words (in Japanese, characters) are those of the reference (0 to 100).',
        read: 'Higher agrees more. Answers that are too short score low.'
      },
      rouge1: {
        name: 'Shared words',
        term: 'ROUGE-1',
        says: 'The share of words (in Japanese, characters) in common with the reference (0 to 1).',
        read: 'Higher overlaps more. Order does not count.'
      },
      rouge2: {
        name: 'Shared word pairs',
        term: 'ROUGE-2',
        says: 'The share of two words in a row (in Japanese, characters) in common (0 to 1).',
        read: 'Higher is more alike, order included.'
      },
      rougeL: {
        name: 'Shared course',
        term: 'ROUGE-L',
        says: 'The longest sequence of words (in Japanese, characters) in the same order, as a share (0 to 1).',
        read: 'Higher means that the text takes the same course.'
      },
      exact: {
        name: 'Exactly the same',
        term: 'exact match',
        says: 'The share of answers that are the reference word for word, but for width and white space.',
        read: 'Useful where there is one answer. For letters to customers, 0 is usual.'
      },
      f1: {
        name: 'Neither more nor less',
        term: 'token F1',
        says: 'Whether the words of the reference (in Japanese, characters) are used, none lacking and none too many (0 to 1).',
        read: 'Higher is better balanced. Order does not count.'
      },
      tone: {
        name: 'Tone kept',
        term: 'tone',
        says: 'Of the traits that your examples have in common, the share that an answer has.',
        read: 'Higher is closer to your tone. Whether it is true is not looked at.'
      },
      facts: {
        name: 'Numbers and names kept',
        term: 'facts',
        says: 'Of the numbers, dates, amounts and names in reference and answer, the share that agrees.',
        read: 'What is missing and what is made up lowers it. Numbers in words and other wordings are not seen.'
      }
    },
    interval: (low, high) => `${low} to ${high}`,
    intervalTerm: '95 % interval',
    standings: { better: 'better', worse: 'worse', unclear: 'no difference can be claimed' },
    traits: {
      level: 'Politeness as usual',
      greeting: 'Greeting',
      signOff: 'Sign-off',
      length: 'Length as usual',
      endings: 'Endings of sentences',
      terms: 'Words of the house',
      writing: 'One spelling throughout',
      forbidden: 'No forbidden words'
    },
    lengthUsual: (low, high) => `usually ${low} to ${high} letters`,
    letters: (n) => `${n} letters`,
    notApplicable: 'does not apply',
    facts: {
      title: 'Facts (numbers, dates, amounts, names)',
      kept: 'kept',
      missing: 'missing',
      invented: 'made up'
    },
    seen: {
      some: (n, of, one) =>
        `${n} of the ${of} held-out examples ${one ? 'is' : 'are'} the same as a training example, or nearly. Scores on ${one ? 'it' : 'them'} do not show that new questions are answered well. To find out, let the data check-up leave the overlap out and train again.`,
      answers: (n, of) =>
        `In ${n} of the ${of} held-out examples the answer was learnt word for word, as the answer to another question. Scores on them show that the model finds an answer that it knows, not that it can write a new one.`,
      unknown:
        'There is no record of what was learnt, so nobody can tell whether the held-out examples overlap with it.'
    },
    unasked: ({ texts, again }) =>
      `Of what was held out, ${[texts > 0 ? plural(String(texts), 'text') + ' without a question' : '', again > 0 ? plural(String(again), 'example') + ' that is there already' : ''].filter(Boolean).join(' and ')} cannot be compared by answers. The loss that the training measured counts them.`,
    forbiddenNow: (...words) =>
      `The tone match is measured with the words you never use as they are set now (${words.join(', ')}). Changing them changes it, without training again.`,
    verdict: {
      few: {
        title: 'Scores cannot say yet which is better',
        lead: (n, least) =>
          `Scores of ${n} questions were compared. One of them can turn the result; from ${least} questions on they say which is better. More examples, or a larger “Share held out” and another training, give more questions.`
      },
      seen: {
        title: 'Scores cannot tell whether it was learnt or memorised',
        lead: () =>
          'Many of the questions compared are nearly the same as training examples. Repeating a memorised answer scores well, too.'
      },
      worse: {
        title: 'Training did not make it better',
        lead: () =>
          `In some respect it is worse than ${called}. Look at the examples, or train less strongly.`
      },
      'facts-lost': {
        title: 'The tone is closer, but facts are lost',
        lead: () =>
          `More numbers, dates, amounts and names are missing or made up than with ${called}. Do not use it as it is: combine it with a search of documents, or look at the facts in the examples.`
      },
      forgot: {
        title: 'The tone is closer, but it has forgotten what it knew',
        lead: () =>
          'Clearly fewer general questions are answered correctly. Repeat less often, or train less strongly.'
      },
      'prompt-enough': {
        title: 'A good instruction is enough',
        lead: () =>
          `Without any training, ${called} with a good instruction answers about as well. It costs less; use that.`
      },
      'examples-enough': {
        title: 'Showing the nearest examples is enough',
        lead: () =>
          `Without any training, ${called} answers about as well when it is shown examples that are near to the question.`
      },
      'retrieval-enough': {
        title: 'A search is enough',
        lead: () =>
          `Without any training, ${called} answers about as well when documents are searched and shown to it.`
      },
      same: {
        title: `No difference from ${called} was found`,
        lead: () =>
          'Every difference that was measured may be chance. Ask more questions, or look again at examples and settings.'
      },
      better: {
        title: 'It is clearly closer to your replies',
        lead: () =>
          'Chance alone would hardly give this difference. Whether the facts are right, check by reading.'
      }
    },
    verdictBasis: (score, standing, low, high) => `${score}: ${standing} (difference ${low} to ${high})`,
    general: {
      title: 'What was forgotten (general questions)',
      counted: (before, after, all) => `Of ${all} questions, right answers went from ${before} to ${after}`,
      none: 'Not looked at yet.',
      ask: 'Ask general questions',
      drops: 'Largest drops with another answer',
      lost: 'The answer is not right any more',
      before: 'Before training',
      after: 'After training',
      lossGrew: (by) => `The distance from the right answer (loss) grew by ${by}`,
      lossFrom: (before, after) => `Distance from general texts: ${before} → ${after}`,
      kinds,
      basis:
        'An answer counts as right when it holds certain words. A right answer in other words counts as wrong, before and after alike.'
    },
    preference: {
      fewer: (before, after) =>
        `On the other hand, the preferred reply is the likelier one (by the token) less often: ${before} → ${after}. Both replies may have become unlikely. Read answers before you use it.`,
      lost: 'More of them moved the right way, but on average, by size, it moved towards the replies that are not preferred. Read answers before you use it.'
    },
    votes: {
      fileTitle: 'Which sounds more like your company?',
      fileLead:
        'Which answer is whose is hidden; sides are drawn by lot for each question. Answer everything, press “Save votes”, and send the saved file back.',
      ballotOf: 'ballot',
      save: 'Save votes',
      saved: 'Saved. Send back this file from your downloads folder: ',
      questions: {
        terms: { name: 'Words are right', note: 'products and terms' },
        context: { name: 'Answers the question', note: 'context' },
        consistent: { name: 'Always the same manner', note: 'consistency' },
        culture: { name: 'Sounds like us', note: 'culture' }
      },
      answerOf: { left: 'The left reply', right: 'The right reply' },
      left: 'Left',
      same: 'About the same',
      right: 'Right',
      rate: (wins, all) => `In ${wins} of ${all} blind comparisons the tuned model was chosen.`,
      ties: (n) => `About the same: ${n} (not counted in the win rate)`,
      winRate: 'Win rate',
      overall: 'Overall',
      overallRule:
        'Overall counts, for each comparison, whichever was chosen in more of the four questions; as many each is “about the same”. The win rate goes by it.',
      even: 'even',
      notEnough: (n, least) =>
        `Not enough votes yet: ${n} without the ties, and it takes ${least} to say which is better.`,
      preferred: 'In the vote, the tuned model was chosen more often',
      preferredBase: `In the vote, ${called} was chosen more often`,
      even2: 'The votes show no difference',
      voters: (n) => `Voters: ${n}`,
      agreement: (share, pairs) => `Voters agreed on the same question: ${share} (${pairs} pairs)`,
      noAgreement: 'Once two people have voted on the same question, their agreement is shown.'
    },
    advice: {
      memory: 'Memory of an answer',
      rule: (share) =>
        `“Enough” means: of tone and of facts the lower end of the 95 % interval is at least ${share}.`,
      codes: {
        few: {
          title: 'Nothing can be advised yet',
          lead: (n, least) =>
            `${n} questions were measured. From ${least} on it is more than chance; add examples.`
        },
        'base-enough': {
          title: 'You do not need tuning',
          lead: () => `${firstBaseEn(base)} as it is has tone and facts right.`
        },
        'prompt-enough': {
          title: 'An instruction is enough',
          lead: () => 'Without training, an instruction does it. It is the least work.'
        },
        'examples-enough': {
          title: 'Near examples are enough',
          lead: () =>
            'Without training, examples near the question do it. Each answer takes a little more time and memory.'
        },
        'retrieval-enough': {
          title: 'Search is enough',
          lead: () =>
            'Without training, documents that are found and shown do it. Change them, and answers change at once.'
        },
        search: {
          title: 'Facts are what is missing: search suits them better than training',
          lead: () =>
            'The tone is right, but digits, dates, amounts or names are not. Training hardly brings facts; combine it with search.'
        },
        train: {
          title: 'Training is worth it',
          lead: () => 'No way without training reached your tone. Train, and compare on the same questions.'
        },
        tuned: {
          title: 'The tuned model is advised',
          lead: () =>
            `No way without training was enough, and the tuned model is surely nearer than ${called}.`
        },
        'not-worth': {
          title: 'Training has not been shown to help',
          lead: () =>
            `The tuned model is not surely better than ${called}. Look at the examples and the settings again.`
        }
      }
    },
    report: {
      title: 'Report of an evaluation',
      named: (what, more) => `${what} (${more})`,
      made: (when) => `Made: ${when}`,
      summary: 'In short',
      taughtShort: 'What was taught',
      taughtLine: (model: string, train: string, asked: string) =>
        `${model} was shown ${train} examples of how your company writes. It is compared with ${called} on ${asked} held-out questions.`,
      taughtChoices: (model: string, train: string, asked: string) =>
        `${model} was shown ${train} choices between two replies, each with the one that is preferred. It is compared with ${called} on ${asked} held-out questions.`,
      taughtRatings: (model: string, train: string, asked: string) =>
        `${model} was shown ${train} replies that were rated good or bad. It is compared with ${called} on ${asked} held-out questions.`,
      preferred: 'What it came to prefer',
      preferredPairs: (count: string, share: string, interval: string) =>
        `In ${share} % (95 % interval ${interval}) of ${count} held-out choices it moved towards the preferred reply.`,
      preferredRatings: (count: string, share: string, interval: string) =>
        `In ${share} % (95 % interval ${interval}) of ${count} held-out replies it moved as the ratings say.`,
      figures: 'Three figures',
      differenceShort: 'Difference (95 % interval)',
      forgottenBy: (points: string) => ` (a difference of ${points} points). `,
      hasForgotten: 'That is a loss beyond chance.',
      notForgotten: 'That is no clear loss.',
      limitShort: [
        'Scores say how alike an answer and its example are, not whether it is right. Read the example answers before you use the model.',
        'The three intervals hold together with 95 %. A difference whose interval includes 0 may be chance.',
        'Where real questions differ from these, so do the results.'
      ],
      doubtful: (found, of) =>
        `Of ${of} answers of the tuned model, ${found} should be looked at closely (broken characters, lost numbers or names, another topic): see “Answers”.`,
      details: 'Details',
      taught: 'What was taught',
      data: 'Examples',
      dataOf: (train, heldOut) => `${train} to learn from, ${heldOut} held back for this evaluation`,
      length: 'Length of the training',
      lengthLine: (updates: string, kept: string) =>
        `Length of the training: ${updates}. State that answered: ${kept}.`,
      lengthOf: (updates: string, kept: string) => `${updates}. State that answered: ${kept}`,
      fingerprint: 'Fingerprint of the examples (SHA-256)',
      model: 'Base model',
      begunWith: 'Run that it continued from',
      run: 'Run',
      settings: 'Settings',
      curves: 'Course of the training',
      curveNote: 'The lines are the distance (loss) as it was measured during training.',
      heldOutCurve: 'held out',
      trainingCurve: 'training',
      scores: 'Scores',
      scoresOn: (n) => `on ${n} held-out questions`,
      difference: `Difference from ${called} (95 %)`,
      candidate: 'Candidate',
      seconds: 'Seconds an answer',
      tone: 'Scorecard of the tone',
      own: 'Examples',
      votes: 'Blind votes',
      noVotes: 'Nobody has voted yet.',
      pairs: 'Answers',
      question: 'Question',
      reference: 'Your reply (the reference)',
      forgotten: 'What was forgotten',
      limits: 'Limits',
      limit: [
        'Scores measure likeness to the reference, not truth or readability themselves.',
        'The 95 % interval covers only the chance in which questions were asked. Where real questions differ, so will results.',
        'Of facts, only digits, dates, amounts and names that are marked as names are seen. Numbers in words and other wordings are missed.',
        'Who looks at many scores at once will find some that look good by chance. The verdict goes by three only (shared characters, tone and facts), with intervals so wide that all three hold at once with 95 %.'
      ],
      signOff: 'Signed off',
      signedBy: 'Signed by',
      signedOn: 'Date',
      notSigned: 'Not signed off yet.',
      comment: 'Remark'
    }
  }
}
