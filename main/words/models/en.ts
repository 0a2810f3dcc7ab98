// Words about published models, for the window and the command line alike.
import type { ModelsWords } from './ja'

export const models: ModelsWords = {
  uses: {
    'ja-chat': 'Good at conversation in Japanese: replies to customers, writing inside the company.',
    'ja-tiny': 'A very small Japanese model, to try the way through. Too weak for replies at work.',
    'ja-thinking': 'Thinks in Japanese before it answers. For hard questions; a detour for learning a tone.',
    'world-chat': 'Converses in many languages, Japanese among them.',
    'world-thinking': 'Thinks before it answers, in many languages.',
    'en-chat': 'Good at conversation in English. Weak in Japanese.',
    'en-tiny': 'A very small English model, to try the way through with short sentences.',
    'zh-chat': 'Good at Chinese and English. Nothing is promised for Japanese.',
    tiny: 'A very small model of many languages, for short fixed answers.',
    base: 'Continues texts; it has not learnt to converse.',
    classify: 'Sorts texts into classes. It writes no replies.',
    search: 'Finds similar texts. It writes no replies.'
  },
  company: {
    free: 'Free for business use',
    conditional: 'Business use has conditions',
    none: 'Not for business use',
    unknown: 'See its page for whether a company may use it'
  },
  duties: {
    'built-with-llama':
      'A tuned model that you pass on has a name beginning with “Llama”, shows “Built with Llama” and carries the licence. For use inside the company, keeping to the licence is enough.',
    'gemma-terms':
      'You keep to the uses that the Gemma terms allow, and pass the same terms on with a tuned model.',
    lfm: 'Free only for companies with less than US$10 million yearly revenue; this holds for tuned models too. Name the source when you pass one on.',
    plamo:
      'Business use needs an application to the maker first; it is free up to one billion yen of yearly sales. What you pass on says “Built with PLaMo”.',
    nemotron: 'You keep to NVIDIA’s licence, and pass it on with the source.',
    'non-commercial': 'For research and private learning only. Not for work in a company.',
    research: 'For research only. Not for work in a company.'
  },
  reasons: {
    'polite-japanese': 'Its Japanese replies read naturally.',
    multilingual: 'It writes in many languages.',
    sorts: 'It is made for reading and sorting texts.',
    free: 'Free for business use.',
    fits: 'It fits this PC with room to spare.',
    tight: 'It runs on this PC once other apps are closed.',
    minutes: 'With your data it should learn in less than an hour.',
    hours: 'With your data it should take more than an hour to learn.',
    enough: 'For a tone, this size is enough.'
  },
  found: {
    'lm-studio': 'LM Studio',
    ollama: 'Ollama',
    'hugging-face': 'the Hugging Face cache'
  },
  coming: 'This version cannot train it yet.',
  thinking: 'thinks first',
  gated: 'access must be asked for on its page',
  languageCount: (count) => `${count} languages or more`
}
