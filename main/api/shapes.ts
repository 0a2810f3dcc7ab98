// Answers in the shapes of OpenAI's API.
import type { ServedModel } from '../services/serving/served-models'
import type { Spoken, SpokenEnd, SpokenToken } from '../services/serving/spoken'

type Shape = Readonly<Record<string, unknown>>

export interface Head {
  readonly id: string
  readonly created: number
  readonly model: string
}

export const modelShape = ({ name, created }: ServedModel): Shape => ({
  id: name,
  object: 'model',
  created,
  owned_by: 'neiro'
})

export const usageShape = (prompt: number, completion: number): Shape => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion
})

/** How one kind of request is answered, whole or piece by piece. */
export interface Shapes {
  readonly prefix: string
  readonly whole: string
  readonly chunk: string
  /** a choice of a whole answer */
  choice(index: number, said: Collected, end: SpokenEnd): Shape
  /** choices of a stream: its beginning (null: none), a piece, its end */
  begin(index: number): Shape | null
  piece(index: number, piece: Spoken, before: Collected): Shape
  end(index: number, end: SpokenEnd): Shape
}

/** What one answer has said so far. */
export class Collected {
  said = ''
  thought = ''
  readonly tokens: SpokenToken[] = []

  add(piece: Spoken): void {
    this.said += piece.said
    this.thought += piece.thought
    this.tokens.push(...piece.tokens)
  }
}

export const chatShapes: Shapes = {
  prefix: 'chatcmpl-',
  whole: 'chat.completion',
  chunk: 'chat.completion.chunk',
  choice: (index, { said, thought, tokens }, { finished }) => ({
    index,
    message: {
      role: 'assistant',
      content: said,
      refusal: null,
      ...(thought !== '' && { reasoning_content: thought })
    },
    logprobs: tokens.length > 0 ? { content: tokens.map(chatToken), refusal: null } : null,
    finish_reason: finished
  }),
  begin: (index) => ({
    index,
    delta: { role: 'assistant', content: '', refusal: null },
    logprobs: null,
    finish_reason: null
  }),
  piece: (index, { said, thought, tokens }) => ({
    index,
    delta: {
      ...(thought !== '' && { reasoning_content: thought }),
      ...((said !== '' || thought === '') && { content: said })
    },
    logprobs: tokens.length > 0 ? { content: tokens.map(chatToken), refusal: null } : null,
    finish_reason: null
  }),
  end: (index, { finished }) => ({ index, delta: {}, logprobs: null, finish_reason: finished })
}

function chatToken({ text, logProbability, likeliest }: SpokenToken): Shape {
  const one = (token: string, logprob: number): Shape => ({ token, logprob, bytes: [...Buffer.from(token)] })
  return {
    ...one(text, logProbability),
    top_logprobs: likeliest.map((other) => one(other.text, other.logProbability))
  }
}

export const textShapes: Shapes = {
  prefix: 'cmpl-',
  whole: 'text_completion',
  chunk: 'text_completion',
  choice: (index, { said, tokens }, { finished }) => ({
    index,
    text: said,
    logprobs: tokens.length > 0 ? textTokens(tokens, 0) : null,
    finish_reason: finished
  }),
  begin: () => null,
  piece: (index, { said, tokens }, before) => ({
    index,
    text: said,
    logprobs: tokens.length > 0 ? textTokens(tokens, before.said.length) : null,
    finish_reason: null
  }),
  end: (index, { finished }) => ({ index, text: '', logprobs: null, finish_reason: finished })
}

function textTokens(tokens: readonly SpokenToken[], start: number): Shape {
  let at = start
  const offsets = tokens.map(({ text }) => {
    const own = at
    at += text.length
    return own
  })
  return {
    tokens: tokens.map(({ text }) => text),
    token_logprobs: tokens.map(({ logProbability }) => logProbability),
    top_logprobs: tokens.map(({ likeliest }) =>
      Object.fromEntries(likeliest.map(({ text, logProbability }) => [text, logProbability]))
    ),
    text_offset: offsets
  }
}
