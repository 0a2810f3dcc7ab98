// Keeps the keyboard in step with the page: when the page changes, its title takes the focus. A page whose content
// comes later is put up a second time under the same address; whoever has gone on by then, into the rail or along the
// page, is not taken back.

/** where the title had the focus last */
let titled = ''

interface Place {
  readonly address: string
  /** null where nothing has the focus */
  readonly focused: Pick<Element, 'closest'> | null
}

export function titleTakesFocus(
  heading: Pick<HTMLElement, 'focus'> | undefined,
  { address, focused }: Place = here()
): void {
  if (!heading || focused?.closest('.skip')) return
  // whoever comes in stands on the first page, whether its name is in the address yet or not
  const page = address === '' ? '#home' : address
  if (page === titled && focused) return
  titled = page
  heading.focus({ preventScroll: true })
}

function here(): Place {
  const { activeElement, body } = document
  return { address: location.hash, focused: activeElement === body ? null : activeElement }
}
