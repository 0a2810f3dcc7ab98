// What a blind vote prefers becomes data of the project: a file like any that is dropped there, and the goal that learns from it.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NeiroError } from '../contract/errors'
import { windowWords } from '../words/window'
import { lineOf } from '../services/dataset/kinds'
import { folderName } from '../services/files/folder-name'
import type { Parts } from '../parts'
import { changedSet, within } from './data'

/** Answers how many pairs there are. Throws NO_PREFERENCES. */
export async function learnVotes(run: string, parts: Parts): Promise<{ readonly pairs: number }> {
  const { evaluations, store, projects, data, files, language, tell } = parts
  const place = await store.place(run)
  if (place.project === null) throw new NeiroError('PROJECT_GONE')
  const found = (await evaluations.votes(place)).preferences()
  const { name } = await store.view(place)
  const file = `${folderName(windowWords[language()].preferring.votes.fileName(name), ' ')}.jsonl`
  // it is taken from there as an upload is, and nothing of it stays
  const path = join(await mkdtemp(join(tmpdir(), 'neiro-votes-')), file)
  await writeFile(path, found.map((pair) => `${lineOf(pair)}\n`).join(''))
  const { id } = await files.addUpload(path)
  const args = await within(parts, { project: place.project })
  const before = (await data.get(args)).files.filter((one) => one.file === file)
  for (const { id: old } of before)
    await changedSet(parts, { ...args, file: old }, (own) => data.removeFile(own))
  await projects.change(place.project, { goal: 'prefer', step: 'data', chosenRun: run })
  await changedSet(parts, { ...args, fileIds: [id] }, (own) => data.add(own))
  tell('projects.changed', null)
  return { pairs: found.length }
}
