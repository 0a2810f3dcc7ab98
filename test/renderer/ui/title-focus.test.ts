// When the title of a page takes the focus, and from whom it does not.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { titleTakesFocus } from '../../../renderer/ui/title-focus'

const within = (selector: string): Pick<Element, 'closest'> => ({
  closest: (asked: string) => (asked === selector ? ({} as Element) : null)
})

describe('the title takes the focus', () => {
  let takes: typeof titleTakesFocus
  const focus = vi.fn()
  const taken = (address: string, focused: Pick<Element, 'closest'> | null): boolean => {
    focus.mockClear()
    takes({ focus }, { address, focused })
    return focus.mock.calls.length === 1
  }
  beforeEach(async () => {
    vi.resetModules()
    takes = (await import('../../../renderer/ui/title-focus')).titleTakesFocus
  })

  test('when the page changes, also from a link of the rail', () => {
    expect(taken('#home', null)).toBe(true)
    expect(taken('#runs', within('nav'))).toBe(true)
    expect(taken('#home', within('nav'))).toBe(true)
  })

  test('not from somebody who has gone on while the content of the same page came', () => {
    expect(taken('#home', null)).toBe(true)
    expect(taken('#home', within('nav'))).toBe(false)
  })

  test('the first page is the same one with its name in the address and without', () => {
    expect(taken('', null)).toBe(true)
    expect(taken('#home', within('nav'))).toBe(false)
    expect(taken('#runs', within('nav'))).toBe(true)
  })

  test('where what had the focus is gone', () => {
    expect(taken('#home', null)).toBe(true)
    expect(taken('#home', null)).toBe(true)
  })

  test('never from the skip link', () => {
    expect(taken('#home', within('.skip'))).toBe(false)
  })
})
