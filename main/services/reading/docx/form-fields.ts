// What the older form fields of a Word document show where no text of the document says it: the choice made in a list, and
// a box that is ticked or not.

type Attributes = Readonly<Record<string, string>>

const isOn = (val = ''): boolean => !/^(0|false|off)$/.test(val)

export class FormFields {
  #choices: string[] | null = null
  #chosen = 0
  /** null outside of a box */
  #isTicked: boolean | null = null

  open(name: string, { val }: Attributes): void {
    if (name === 'ddList') [this.#choices, this.#chosen] = [[], 0]
    else if (name === 'checkBox') this.#isTicked = false
    else if (this.#choices && name === 'listEntry') this.#choices.push(val ?? '')
    else if (this.#choices && name === 'result') this.#chosen = Number(val ?? 0)
    else if (this.#isTicked !== null && (name === 'checked' || name === 'default')) this.#isTicked = isOn(val)
  }

  /** What the field shows that ends here, '' for none. */
  close(name: string): string {
    if (name === 'ddList') {
      const shown = this.#choices?.[this.#chosen] ?? ''
      this.#choices = null
      return shown
    }
    if (name !== 'checkBox' || this.#isTicked === null) return ''
    const shown = this.#isTicked ? '☒' : '☐'
    this.#isTicked = null
    return shown
  }
}
