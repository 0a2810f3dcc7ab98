// The browser's own chooser of files, where the window is a page of one: quick, and known to its user.
import { dataExtensions } from '../../main/contract/uploads'
import type { Dropped } from './dropped'

/** As if they had been dropped; without files when the user closed it. Only while a click is being handled. */
export const pickFiles = async (): Promise<Dropped> => ({
  files: await picked(dataExtensions.join(','), true),
  inside: async () => null
})

/** One with this ending; null when the user closed it. */
export const pickFile = async (ending: string): Promise<File | null> =>
  (await picked(ending, false))[0] ?? null

function picked(accept: string, multiple: boolean): Promise<File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = multiple
  input.accept = accept
  return new Promise((answer) => {
    const done = (): void => answer([...(input.files ?? [])])
    input.addEventListener('change', done)
    input.addEventListener('cancel', done)
    input.click()
  })
}
