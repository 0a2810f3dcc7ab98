// The text of a model's chat template; the plain one for a model without any. It renders nothing.
import type { Model } from '../models/read-model'

// A model without a template was never taught roles: a question is a line, an answer follows it and ends with
// the end-of-text token, so that generation stops. System text is a line before it.
const plainTemplate = `{% for m in messages %}{{ m.content }}{% if m.role == 'assistant' %}{{ eos_token }}{% else %}{{ '\\n' }}{% endif %}{% endfor %}`

/** The model's template, or the plain one for a model without, with the token that its tokenizer begins a text with. */
export function templateSourceOf({ chatTemplate }: Pick<Model, 'chatTemplate'>, beginning: string): string {
  return chatTemplate ?? (beginning === '' ? '' : `{{ ${JSON.stringify(beginning)} }}`) + plainTemplate
}
