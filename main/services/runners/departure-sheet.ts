// AUDIT.md in the folder of a run of which something left this machine: what, when, where to and by whose word, in the words
// that were agreed to. It is derived from elsewhere.json and asked.json, and written anew whenever one of them grows.
import { join } from 'node:path'
import type { Language } from '../../contract/language'
import { writeFileWhole } from '../../files/whole-file'
import { cardWords } from '../../words/card'
import { cloudWords } from '../../words/cloud'
import { cardText } from '../exports/card-text'
import { departureRows } from '../exports/departure-rows'
import { readState } from '../runs/run-folder'
import { departuresOf } from './elsewhere-file'

/** Answers with the file. */
export async function writeDepartureSheet(runDir: string, language: Language): Promise<string> {
  const words = cardWords(language)
  const { name } = await readState(runDir)
  const departures = await departuresOf(runDir)
  const lines = departures.flatMap((one) => departureRows(one, language))
  const head = [`| ${words.audit.item} | ${words.value} |`, '|---|---|']
  const title = `# ${words.audit.title}: ${cardText(name)}`
  const file = join(runDir, 'AUDIT.md')
  await writeFileWhole(
    file,
    `${[title, '', cloudWords(language).departures, '', ...head, ...lines].join('\n')}\n`
  )
  return file
}
