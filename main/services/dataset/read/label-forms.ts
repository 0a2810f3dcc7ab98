// Labels that are the same word in two forms (Billing, billing, ＢＩＬＬＩＮＧ): a model learns them as different labels. Only
// named: nobody but the user knows whether they are one.
import type { Example, FieldNote } from '../../../contract/records'

/** Different labels that are remembered. */
const most = 2000
const shown = 3

export class LabelForms {
  /** by the word: its forms, and how often each comes */
  readonly #words = new Map<string, Map<string, number>>()
  #forms = 0

  add(example: Example): void {
    if (example.kind !== 'labelled') return
    for (const label of example.labels) {
      const word = label
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s_.・-]+/g, '')
      const forms = this.#words.get(word) ?? new Map<string, number>()
      if (!forms.has(label) && this.#forms++ >= most) continue
      this.#words.set(word, forms.set(label, (forms.get(label) ?? 0) + 1))
    }
  }

  /** The first word of several forms; so many labels are of any rarer form. */
  notes(): readonly FieldNote[] {
    const several = [...this.#words.values()].filter((forms) => forms.size > 1)
    const [first] = several
    if (!first) return []
    const count = several.reduce((sum, forms) => {
      const counts = [...forms.values()]
      return (
        sum + counts.reduce((all, one) => all + one, 0) - counts.reduce((top, one) => Math.max(top, one), 0)
      )
    }, 0)
    return [{ kind: 'label-forms', field: [...first.keys()].slice(0, shown).join(' / '), count }]
  }
}
