// The browser's own chooser of files, where the window is a page of one: quick, and known to its user.
import { dataExtensions } from '../../main/contract/uploads'
import type { Dropped } from './dropped'

/** As if they had been dropped; without files when the user closed it. Only while a click is being handled. */
export function pickFiles(): Promise<Dropped> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = dataExtensions.join(',')
  return new Promise((answer) => {
    const done = (): void => answer({ files: [...(input.files ?? [])], inside: async () => null })
    input.addEventListener('change', done)
    input.addEventListener('cancel', done)
    input.click()
  })
}
