// Which words of a start are files: of a packed app and of one from source, among Electron's switches.
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { handedPaths } from '../../main/shell/handed-paths'

test('words that are no switches are paths, beside the folder in which they were said', () => {
  expect(
    handedPaths(['/opt/Neiro/neiro-desktop', '--no-sandbox', 'a b.csv', '/x/声.neiro'], true, '/w')
  ).toEqual(['/w/a b.csv', '/x/声.neiro'])
  expect(handedPaths(['/opt/Neiro/neiro-desktop'], true, '/w')).toEqual([])
})

test('from source the folder of the app is none of them, wherever switches stand', () => {
  expect(handedPaths(['electron', '--inspect=0', '.', '--lang=ja', 'a.xlsx'], false, '/w')).toEqual([
    '/w/a.xlsx'
  ])
})

test('an address of a file is its path; any other address is nothing', () => {
  const address = pathToFileURL('/x/見本 1.csv').href
  expect(
    handedPaths(['n', address, 'https://example.org/a.csv', 'neiro:open', 'file://%'], true, '/w')
  ).toEqual(['/x/見本 1.csv'])
})
