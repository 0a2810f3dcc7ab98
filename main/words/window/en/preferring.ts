// The words of the rooms where it learns which of two replies is preferred.
import type { WindowWords } from '../ja'
import { calledBaseEn } from '../../called-base'
import { plural } from '../../plural'

export const preferring: WindowWords['preferring'] = {
  advice: {
    title: 'Training suits this where you have about 100 choices between two replies to one question.',
    text: 'It works best on a model that has learnt your tone already. The blind vote under Compare makes such choices, too.'
  },
  presets: {
    quick: 'A part of the choices, to see first whether it moves towards what you prefer.',
    quickOfAll: 'A short run, to see first whether it moves towards what you prefer.',
    balanced: 'The usual way: towards the preferred replies, in small strides.',
    quality: 'Takes longer, with more epochs.'
  },
  start: {
    title: 'Where should it start?',
    base: 'From the base model',
    baseText: 'Teaches preferences alone, to a model that has not learnt your tone.',
    run: (name) => `Continue from “${name}”`,
    wholeText:
      'Keeps the tone that it learnt there and adds what you prefer. It builds on the whole model of that run; the size of the added part is as in the details.',
    runText:
      'Keeps the tone that it learnt there and adds what you prefer. The size of the learnt part stays the same.',
    none: 'Teach it your tone first, and it can continue from there.'
  },
  ways: {
    dpo: 'Moves towards the preferred one of two replies, held against the model as it was. Choose this if in doubt.',
    orpo: 'Learns the preferred reply and moves away from the other. Not held against the model as it was, so it calculates less.',
    cpo: 'Only widens the difference between the two replies. Not held against the model as it was, so it may lose its way of speaking sooner.',
    kto: 'Learns from single replies that were rated good or bad. It needs no pairs of replies.',
    reward:
      'Learns to give replies points, and not to reply: a judge for other trainings and tools. For experts.',
    grpo: 'Answers the questions of your examples several times, and says more often what the rules below give marks for. The answers of the examples are not learnt. Slow, and for experts.',
    rloo: 'Another way to learn from its own answers: each is held against the mean of the others. Slow, and for experts.',
    ppo: 'Learns from its own answers, and beside them an outlook on the marks still to come. Each answer is learnt from several times, and moves that go too far are held back. The slowest, and for experts.',
    'multi-task':
      'Learns to answer and to sort texts (labels) in one training. It needs a file of answers and a file of labels. For experts.'
  },
  before: 'Before it learnt the preference',
  data: {
    mapTitle: 'Which columns are the question and the two replies?',
    mapTitleRated: 'Which columns are the question, the reply and the rating?',
    emptyChoice: 'Fill in the question and both replies to save.',
    few: (n) => `${plural(n, 'choice')}. About 100 make a preference reliable`,
    enough: (n) => `${n} choices: enough for a preference`,
    many: (n) => `${n} choices: plenty`,
    verdicts: {
      chosen: 'The preferred reply',
      rejected: 'The other reply',
      liked: 'A reply rated good',
      disliked: 'A reply rated bad'
    },
    tokens: (n) => `${plural(n, 'token')} with the question (the longer reply)`,
    lengthLead: (median, longest) =>
      `Median ${median}, longest ${longest} tokens: the question with the longer of its two replies`,
    learnt: 'It moves towards the coloured reply and away from the other.',
    learntLiked: 'It moves towards the coloured reply.',
    learntDisliked: 'It moves away from this reply.',
    other: 'The other: ',
    notLearnt: (n) =>
      `${plural(n, 'other example')}, such as questions with one answer: not used to teach a preference. They may stay if your tone is learnt from them.`,
    needs:
      'A preference is learnt from a table with two replies to each question, or one whose replies are rated good or bad.',
    both: (pairs, rated) =>
      `There are ${plural(pairs, 'choice')} between two replies and ${rated} rated ${rated === '1' ? 'reply' : 'replies'}. It learns from whichever is more.`
  },
  result: {
    title: (share) => `It moved towards the preferred reply in ${share} of the held-out choices`,
    titleBut: (share, before, after) =>
      `Moved towards the preferred reply in ${share} of the choices, but fewer preferred replies are the likelier ones (${before} → ${after})`,
    lead: 'Read the replies side by side and check that nothing else has suffered.',
    unchanged: (same, all) =>
      `What moved is how likely the preferred replies are. Of the ${all} replies compared, ${same} are the same as before.`,
    panel: (count) => `How its preference changed on ${count} held-out choices`,
    panelRated: (count) => `How its preference changed on ${count} held-out ratings`,
    reference: {
      base: (base) => `Compared with ${calledBaseEn(base)}.`,
      start: (run) =>
        run === null ? 'Compared with the run that it continued from.' : `Compared with “${run}”.`
    },
    accuracy: 'Moved towards the preferred reply (preference accuracy)',
    accuracyRated: 'Moved as the ratings say',
    margin: 'Gap between the preferred reply and the other',
    likelier: 'Preferred reply is the likelier one',
    measure: 'Measure',
    value: 'Value',
    change: (before, after) => `${before} → ${after}`,
    few: 'There are few held-out choices, so the share is a rough guide. With 20 or more it can be relied on.'
  },
  points: {
    title: (share, pairs) =>
      `It gave the preferred reply more points in ${share} of ${plural(pairs, 'held-out choice')}`,
    unknown: 'How well its points fit is not known yet',
    lead: 'Half would be chance. Exported, it gives points in Transformers.',
    few: 'There are few held-out choices, so the share is rough.',
    panel: (pairs) => `Points on ${plural(pairs, 'held-out choice')}`,
    meaning: 'A number of points means nothing by itself; it compares replies to one question.',
    notMeasured:
      'No choices were held out, so nothing was measured. Set a held-out share in the settings of the training to measure it.'
  },
  votes: {
    act: 'Use these votes as training data',
    text: 'Pairs the winning reply with the other one, adds the pairs to the data of this project and sets its goal to “Teach a preference”. You can change the goal back at any time.',
    fileName: (run) => `Votes (${run})`,
    done: (n) =>
      `${plural(n, 'choice')} added to the data, and the goal is “Teach a preference” now. Undoing the data leaves the goal: change it back under Goal.`
  },
  help: [
    {
      word: 'Preference',
      text: 'Which of two replies to one question is better. Choosing is often easier than writing the one right reply.'
    },
    {
      word: 'Preference accuracy',
      term: 'rewards/accuracies',
      text: 'The share of held-out choices in which the preferred reply has become likelier, measured against the other one. Half is no better than chance. Before training nothing has moved, so the line begins with the first check.'
    },
    {
      word: 'Preference loss',
      text: 'How far the model is from favouring the preferred reply. The loss under Scores is another figure: how far its wording is from the examples.'
    },
    {
      word: 'Continuing',
      term: 'SFT → DPO',
      text: 'Starts from the model that has learnt your tone. First how to write, then what is preferred: that is the usual order.'
    }
  ]
}
