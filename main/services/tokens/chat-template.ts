// A conversation as the text that the model was taught to read: the model's own Jinja template, rendered as
// Transformers renders it. Knows nothing of tokens; what is learnt of the text is said by answers.ts.
import { NeiroError } from '../../contract/errors'
import type { Message } from '../../contract/records'
import type { Model } from '../models/read-model'
import { BoundedTemplate, templateLimits, TemplateTooLong } from './bounded-template'
import { ConversationForm } from './conversation-form'
import { englishTime } from './english-time'
import { templateSourceOf } from './template-source'
import { markOf, mostTexts, WatchedTexts } from './watched-texts'

/** Half-open range of a text, in UTF-16 units. */
export type Span = readonly [start: number, end: number]

export interface MarkedText {
  readonly text: string
  /** what {% generation %} encloses; null where the template has no such marks */
  readonly marked: readonly Span[] | null
}

// Unicode noncharacters: they stand in no text, so they can carry the marks through the rendering
const opening = '\uFDD0'
const closing = '\uFDD1'

/** One that came to no end so often never does: it is not tried with every row. */
const mostEndless = 3
/** forms of conversations that are kept */
const mostForms = 500

export class ChatTemplate {
  private readonly template: BoundedTemplate
  /** so often it came to no end */
  private endless = 0
  private readonly hasMarks: boolean
  /** null: of this form, each is rendered for itself */
  private readonly forms = new Map<string, ConversationForm | null>()

  constructor(
    readonly source: string,
    private readonly specialTokens: Readonly<Record<string, string>>
  ) {
    const prepared = withMarks(source)
    this.hasMarks = prepared.includes(opening)
    try {
      this.template = new BoundedTemplate(prepared)
    } catch (error) {
      throw new NeiroError('BROKEN_TEMPLATE', { cause: sentence(error) })
    }
  }

  render(messages: readonly Message[], addGenerationPrompt = false): string {
    return this.renderMarked(messages, addGenerationPrompt).text
  }

  renderMarked(messages: readonly Message[], addGenerationPrompt = false): MarkedText {
    const rendered = this.run(messages, addGenerationPrompt)
    return this.hasMarks ? readMarks(rendered) : { text: rendered, marked: null }
  }

  private run(messages: readonly Message[], addGenerationPrompt: boolean): string {
    const said = messages.map(({ role, content, reasoning_content: thought }) => ({
      role,
      content: unmarked(content),
      ...(thought !== undefined && { reasoning_content: unmarked(thought) })
    }))
    return (
      this.formOf(said, addGenerationPrompt)?.filled(said.flatMap(textsOf)) ??
      this.rendered(said, addGenerationPrompt)
    )
  }

  /** What conversations of this one's form have in common. */
  private formOf(said: readonly Said[], addGenerationPrompt: boolean): ConversationForm | null {
    let key = addGenerationPrompt ? '+' : ''
    for (const { role, reasoning_content: thought } of said)
      key += thought === undefined ? `${role} ` : `${role}* `
    const known = this.forms.get(key)
    if (known !== undefined || this.forms.size >= mostForms) return known ?? null
    const form = this.seenThrough(said, addGenerationPrompt)
    this.forms.set(key, form)
    return form
  }

  private seenThrough(said: readonly Said[], addGenerationPrompt: boolean): ConversationForm | null {
    // what hangs on the day is not the same tomorrow
    if (said.flatMap(textsOf).length > mostTexts || this.source.includes('strftime_now')) return null
    let texts = 0
    const marked = said.map(({ role, reasoning_content: thought }) => ({
      role,
      content: markOf(texts++),
      ...(thought !== undefined && { reasoning_content: markOf(texts++) })
    }))
    const watched = new WatchedTexts()
    try {
      return ConversationForm.of(this.rendered(marked, addGenerationPrompt, watched), watched)
    } catch {
      // one that it refuses is refused in words when it is rendered
      return null
    }
  }

  private rendered(
    messages: readonly Said[],
    addGenerationPrompt: boolean,
    watched: WatchedTexts | null = null
  ): string {
    const given = {
      bos_token: '',
      eos_token: '',
      ...this.specialTokens,
      messages,
      add_generation_prompt: addGenerationPrompt,
      strftime_now: englishTime
    }
    // Transformers gives None; some templates take only nothing at all, or a list, without looking
    if (this.endless >= mostEndless) throw new NeiroError('TEMPLATE_ENDLESS')
    const length = messages.reduce((sum, { content }) => sum + content.length, 0)
    const limits = { ...templateLimits, characters: templateLimits.characters + 10 * length }
    let first: unknown
    for (const none of [{ tools: null, documents: null }, {}, { tools: [], documents: [] }]) {
      try {
        return this.template.render({ ...given, ...none }, limits, watched)
      } catch (error) {
        if (error instanceof TemplateTooLong) {
          this.endless++
          throw new NeiroError('TEMPLATE_ENDLESS')
        }
        first ??= error
      }
    }
    throw new NeiroError('TEMPLATE_REFUSED', { cause: sentence(first) })
  }
}

/** What a template is given of a message. */
type Said = Pick<Message, 'role' | 'content' | 'reasoning_content'>

const textsOf = ({ content, reasoning_content: thought }: Said): readonly string[] =>
  thought === undefined ? [content] : [content, thought]

const unmarked = (text: string): string => text.replace(/[\uFDD0\uFDD1]/g, '')

export function templateFor(
  model: Pick<Model, 'chatTemplate' | 'specialTokens' | 'name'>,
  beginning = ''
): ChatTemplate {
  return new ChatTemplate(templateSourceOf(model, beginning), model.specialTokens)
}

/** Turns {% generation %} into statements that print a mark; they keep the tag's own trimming of white space. */
function withMarks(source: string): string {
  return source.replace(
    /\{%([-+]?)\s*(end)?generation\s*([-+]?)%\}/g,
    (_tag, left: string, end: string | undefined, right: string) =>
      `{%${left} if true %}{{ '${end ? closing : opening}' }}{% endif ${right}%}`
  )
}

function readMarks(rendered: string): MarkedText {
  const marked: Span[] = []
  let text = ''
  let start = 0
  for (const part of rendered.split(/([\uFDD0\uFDD1])/)) {
    if (part === opening) start = text.length
    else if (part === closing) marked.push([start, text.length])
    else text += part
  }
  return { text, marked }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
