// A service that trains, from what would leave to the name of the model there: by the official client, against the API as it is
// published, played on the loopback address (played-openai.ts).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { departuresOf, remoteResult } from '../../../main/services/runners/elsewhere-file'
import { readPlace } from '../../../main/services/runners/places'
import { CloudBench, codeOf, model, pair } from './cloud-bench'
import { cookbookErrors, preferenceErrors } from './cookbook-check'

let bench: CloudBench
beforeEach(async () => {
  bench = new CloudBench()
  await bench.start()
})
afterEach(() => bench.service.stop())

describe('before anything leaves', () => {
  test('what would leave is said with what it may cost, and nothing is connected to', async () => {
    const leaving = await bench.look(bench.service.openai, { price: 5 })
    const said = leaving.said.join('\n')
    expect(said).toContain('every text of 12 examples to learn from and 3 held out')
    expect(said).toContain('the system prompt')
    expect(said).toContain(model)
    expect(said).toMatch(/about [\d.,]+ \(at 5 for a million tokens/)
    expect(said).toContain('6 January 2027')
    expect(said).toContain('cannot be brought home')
    expect(leaving.title).toContain(bench.service.origin)
    expect(await bench.elsewhere.runnerOf(bench.place)).toBeNull()
    await bench.agreed()
    expect(bench.service.connections).toBe(0)
    const sheet = readFileSync(join(bench.place.dir, 'AUDIT.md'), 'utf8')
    expect(sheet).toContain(bench.service.openai.replace('://', '&#58;//'))
    // word for word, however long
    const plain = sheet.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    for (const sentence of (await departuresOf(bench.place.dir)).flatMap(({ said }) => said))
      expect(plain).toContain(`| ${sentence} |`)
    expect((await departuresOf(bench.place.dir)).at(-1)).toMatchObject({
      ...{ place: readPlace(bench.service.openai), examples: { train: 12, heldOut: 3 } },
      said: expect.arrayContaining([expect.stringContaining('no price was given')])
    })
  })

  test('Azure is not told of the end of OpenAI, and gets files with a byte order mark', async () => {
    await bench.keys.set(readPlace(bench.service.azure), 'az')
    const leaving = await bench.look(bench.service.azure)
    expect(leaving.said.join('\n')).not.toContain('2027')
    const bytes = readFileSync(join(bench.place.dir, 'elsewhere', 'a', 'train.jsonl'))
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  test.each([
    ['CLOUD_TOO_FEW', () => bench.withData(9, 3), {}],
    ['CLOUD_MODEL_NEEDED', () => undefined, { model: '' }],
    ['CLOUD_ONLY_CONVERSATIONS', () => bench.write('train-texts.jsonl', [{ text: '本規程は' }]), {}],
    ['CLOUD_NO_START', () => mkdirSync(join(bench.place.dir, 'start')), {}],
    ['CLOUD_KEY_NEEDED', () => bench.keys.set(readPlace(bench.service.openai), ''), {}]
  ])('%s is said before anything is agreed to', async (code, make, more) => {
    await make()
    expect(await codeOf(bench.look(bench.service.openai, more))).toBe(code)
    expect(bench.service.connections).toBe(0)
  })

  test('an office may forbid it', async () => {
    bench.elsewhere = bench.elsewhereWith({ trainElsewhere: ['folder', 'ssh'] })
    expect(await codeOf(bench.look())).toBe('ELSEWHERE_FORBIDDEN')
    bench.elsewhere = bench.elsewhereWith({ trainElsewhere: ['openai'] })
    expect(await codeOf(bench.look())).toBe('none')
    expect(bench.service.connections).toBe(0)
  })

  test('a key goes to the place that it was given for, and only encrypted or on this machine', async () => {
    expect(await bench.keys.state(readPlace(bench.service.openai))).toBe('kept')
    expect(await bench.keys.state(readPlace('openai'))).toBe('none')
    expect(await bench.keys.list()).toEqual({
      kept: [bench.service.azure, bench.service.openai],
      said: []
    })
    for (const where of [
      'openai:http://10.0.0.5/v1',
      'azure:http://x.example.com',
      'azure',
      'openai:ftp://x'
    ])
      expect(() => readPlace(where)).toThrow('NO_SUCH_PLACE')
    expect(readPlace('openai')).toEqual({ kind: 'openai', where: '' })
  })

  test('what is not what was agreed to does not leave', async () => {
    await bench.agreed()
    const file = join(bench.place.dir, 'elsewhere', 'a', 'train.jsonl')
    writeFileSync(file, readFileSync(file, 'utf8').replace('質問0', '別のこと'))
    expect(await codeOf(bench.train())).toBe('OTHER_THAN_AGREED')
    expect(bench.service.connections).toBe(0)
  })
})

describe('the files', () => {
  test('pass the rules of the cookbook, and hold what is learnt and nothing else', async () => {
    bench.write('train.jsonl', [
      ...Array.from({ length: 10 }, (_, n) => pair(n)),
      {
        messages: [
          { role: 'system', content: '短く。' },
          { role: 'user', content: 'A' },
          { role: 'assistant', content: 'B', weight: 0, reasoning_content: 'hm' },
          { role: 'user', content: 'C' },
          { role: 'assistant', content: 'D' }
        ]
      }
    ])
    await bench.look()
    const folder = join(bench.place.dir, 'elsewhere', 'a')
    const text = readFileSync(join(folder, 'train.jsonl'), 'utf8')
    expect(cookbookErrors(text)).toEqual({})
    expect(cookbookErrors(readFileSync(join(folder, 'held-out.jsonl'), 'utf8'))).toEqual({})
    const lines = text.trim().split('\n')
    expect(lines).toHaveLength(11)
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      messages: [{ role: 'system', content: '丁寧に。' }, ...(pair(0) as { messages: object[] }).messages]
    })
    expect(lines[10]).not.toContain('hm')
    expect(lines[10]).not.toContain('丁寧')
  })

  test('of preferences are in the form of DPO', async () => {
    await bench.run('b', { method: 'dpo', preferenceBeta: 0.2 })
    const messages = [{ role: 'user', content: 'Q' }]
    bench.write(
      'train-preferences.jsonl',
      Array.from({ length: 10 }, (_, n) => ({ messages, chosen: `good ${n}`, rejected: `bad ${n}` }))
    )
    await bench.agreed()
    const text = readFileSync(join(bench.place.dir, 'elsewhere', 'b', 'train.jsonl'), 'utf8')
    expect(preferenceErrors(text)).toEqual({})
    bench.then(bench.running, bench.done)
    await bench.train()
    expect(bench.service.jobs[0]?.request).toMatchObject({
      method: { type: 'dpo', dpo: { hyperparameters: { beta: 0.2, n_epochs: 2 } } }
    })
  })
})

describe('a training', () => {
  test('is sent, followed through pages of events, and ends as the name of a model there', async () => {
    await bench.agreed()
    bench.then(
      bench.running,
      (job) => {
        for (let step = 1; step <= 70; step++) bench.service.step(job, step, 80, { valid_loss: 2 })
        bench.service.say(job, 'warn', 'The learning rate was lowered')
      },
      (job) => {
        for (let step = 71; step <= 80; step++)
          bench.service.step(job, step, 80, step % 5 === 0 ? { full_valid_loss: 90 / step } : {})
        bench.done(job)
      }
    )
    expect(await bench.train()).toEqual({ outcome: 'finished', step: 80 })
    expect(bench.steps()).toEqual(Array.from({ length: 80 }, (_, n) => n + 1))
    expect(bench.noticed()).toEqual(expect.arrayContaining(['CLOUD_SAYS']))
    const view = await bench.store.view(bench.place)
    expect(view).toMatchObject({ state: 'finished', step: 80, totalSteps: 80 })
    // the whole held-out part, once it was told, and not that of single batches
    expect(view.best).toMatchObject({ figure: 'loss', value: 90 / 80 })
    expect(await remoteResult(bench.place.dir)).toMatchObject({
      model: 'ft:gpt-4.1-mini:our-office:neiro:AbCd'
    })
    expect(bench.service.files.map(({ text }) => cookbookErrors(text))).toEqual([{}, {}])
    expect(bench.service.jobs[0]?.request).toMatchObject({
      ...{ model, training_file: bench.service.files[0]?.id, validation_file: bench.service.files[1]?.id },
      method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 2 } } }
    })
    expect([...bench.service.keys]).toEqual(['Bearer sk-test'])
    // each thing once
    expect([bench.service.count('POST /files'), bench.service.count('POST /fine_tuning/jobs')]).toEqual([
      2, 1
    ])
  })

  test.each([
    ['its v1 API', null, [] as string[], 'Bearer az'],
    ['a dated version', '2024-10-21', ['2024-10-21'], 'az']
  ])('at Azure goes by %s', async (_, apiVersion, versions, key) => {
    await bench.keys.set(readPlace(bench.service.azure), 'az')
    await bench.agreed(bench.service.azure, { apiVersion })
    bench.then(bench.running, (job) => bench.service.step(job, 1, 1), bench.done)
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect([...bench.service.versions]).toEqual(versions)
    expect([...bench.service.keys]).toEqual([key])
  })

  test('waits while the file is looked through', async () => {
    await bench.agreed()
    bench.service.troubles.push({ at: /^GET \/files\/file$/, times: 1, status: 503 })
    bench.then(bench.running, bench.done)
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect(bench.noticed()).toEqual(expect.arrayContaining(['PLACE_UNREACHABLE', 'PLACE_REACHED']))
  })
})
