// What the README of a generated folder tells a stranger: what would be trained, by how many processes it can be, how it is
// stopped and what it leaves, in both languages.
import { describe, expect, test } from 'vitest'
import { readmeRows } from '../../../main/services/runners/folder/readme-rows'
import type { Load } from '../../../main/services/runners/folder/scale'
import { remoteWords, type ReadmeFacts } from '../../../main/words/remote'

const small: Load = {
  ...{ parameters: 4e6, trained: 1e5, packed: false, tokens: 2048, hiddenSize: 128, layers: 4 },
  recomputes: false
}

function readme(language: 'ja' | 'en', more: Partial<ReadmeFacts> = {}, counts = [1, 2, 4]): string {
  return remoteWords(language).readme({
    ...{ name: 'n', method: 'sft', model: 'm', along: true, hub: null, trains: 'adapter', quantized: false },
    adapter: { kind: 'LoRA', rank: '16', alpha: '32' },
    ...{ train: '154', heldOut: 20, steps: '117', epochs: '3', batch: '4 x 1', mostRepeated: 3 },
    ...{ learningRate: '0.001', precision: 'auto', seed: '42', patience: 5, counts },
    ...readmeRows(small, counts),
    ...more
  })
}

test('the table has numbers of GPUs that share an update evenly, and no others', () => {
  const gpus = (counts: readonly number[]): readonly number[] => [
    ...new Set(readmeRows(small, counts).rows.map((row) => row.gpus))
  ]
  expect(gpus([1, 2, 4])).toEqual([1, 2, 4])
  expect(gpus([1, 3, 9])).toEqual([1, 3])
  expect(gpus([1])).toEqual([1])
  expect(readmeRows(small, [1, 2, 4]).shown).toMatchObject({ gpus: 4, config: 'accelerate/ddp.yaml' })
  // small models need some, too
  expect(readmeRows(small, [1]).rows[0]?.needed).toMatch(/^\d\d+ MB$/)
  expect(readmeRows({ ...small, parameters: 70e9 }, [1]).rows[0]?.needed).toMatch(/^\d+\.\d GB$/)
})

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  const text = readme(language)

  test('it says what would be trained', () => {
    const facts = ['LoRA', 'r = 16', 'alpha = 32', '4 x 1', '0.001', '117', '42', 'auto', 'recipe.json', '5 ']
    for (const fact of [...facts, '3.10']) expect(text).toContain(fact)
    expect(readme(language, { adapter: null, trains: 'model' })).toContain('output/model/')
    expect(readme(language, { adapter: null })).not.toContain('LoRA')
  })

  test('it says which numbers of processes go, and shows a command that is not refused', () => {
    expect(text).toMatch(/\*\*[^*]*1(, |、)2(, |、)4[^*]*\*\*/)
    expect(text).toContain('--config_file accelerate/ddp.yaml --num_processes 4 train.py')
    expect(text).toContain('--dry-run --processes 4')
    expect(text).not.toContain('| 8 |')
    expect(readme(language, {}, [1])).toContain(
      '--config_file accelerate/single.yaml --num_processes 1 train.py'
    )
  })

  test('it says how to stop, to go on and to begin anew, and how to tell that it has ended', () => {
    for (const one of ['touch output/stop', '--resume', '--anew', 'output-1', '"state": "finished"'])
      expect(text).toContain(one)
    for (const one of ['output/adapter/', 'output/best/', 'output/metrics.jsonl', 'start.sh', '.venv'])
      expect(text).toContain(one)
  })

  test('a base that did not come along is a folder, or a name that is said to be one', () => {
    expect(readme(language, { along: false })).toContain('--hub ')
    expect(readme(language, { along: false, hub: 'a/b' })).not.toContain('--hub ')
    const from = { ja: 'hub から取ります', en: 'fetched from the hub as' }[language]
    expect(readme(language, { along: false, hub: 'a/b' })).toContain(from)
    expect(readme(language, { along: false, hub: '/data/a' })).not.toContain(from)
  })
})
