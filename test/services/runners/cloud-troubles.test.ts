// What goes wrong at a service that trains, each with its sentence and its way on; and what whoever sits here may want of it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readCloudRecipe } from '../../../main/services/runners/cloud/cloud-folder'
import {
  readElsewhere,
  remoteResult,
  writeElsewhere,
  type ElsewhereFile
} from '../../../main/services/runners/elsewhere-file'
import { readState } from '../../../main/services/runs/run-folder'
import { CloudBench, codeOf } from './cloud-bench'
import type { PlayedJob } from './played-openai'

let bench: CloudBench
beforeEach(async () => {
  bench = new CloudBench()
  await bench.start()
})
afterEach(() => bench.service.stop())

describe('what goes wrong', () => {
  const refused = (status: number, error: object, at = /^POST \/files/): void =>
    void bench.service.troubles.push({ at, times: 1, status, error: error as Record<string, unknown> })

  test.each([
    ['CLOUD_KEY_REFUSED', 401, { message: 'Incorrect API key provided', code: 'invalid_api_key' }],
    ['CLOUD_NO_CREDIT', 429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }],
    ['CLOUD_FILE_REFUSED', 413, { message: 'Maximum content size limit exceeded' }],
    ['CLOUD_REFUSED', 400, { message: 'Invalid file format' }],
    ['CLOUD_CONTENT_REFUSED', 400, { message: 'flagged by our moderation system', code: 'content_policy' }]
  ])('%s: it ends with the reason, and a resume goes on', async (code, status, error) => {
    await bench.agreed()
    refused(status, error)
    expect(await codeOf(bench.train())).toBe(code)
    const failed = await bench.store.view(bench.place)
    expect(failed).toMatchObject({ state: 'failed', error: { code, details: { reason: error.message } } })
    bench.then(bench.running, bench.done)
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect(bench.service.files).toHaveLength(2)
  })

  test('a model that is not there', async () => {
    await bench.agreed()
    refused(404, { message: 'The model does not exist', code: 'model_not_found' }, /^POST \/fine_tuning/)
    expect(await codeOf(bench.train())).toBe('CLOUD_NOT_FOUND')
  })

  test('too many requests: waited as long as Retry-After says, and said', async () => {
    await bench.agreed()
    bench.service.troubles.push({
      ...{ at: /^POST \/fine_tuning\/jobs$/, times: 1, status: 429, headers: { 'retry-after': '1' } },
      error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' }
    })
    bench.then(bench.running, bench.done)
    const began = Date.now()
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect(Date.now() - began).toBeGreaterThanOrEqual(1000)
    const said = bench.told.find((line) => line.kind === 'notice' && line.code === 'PLACE_BUSY')
    expect(said).toMatchObject({ details: { seconds: '1' } })
    expect(bench.service.jobs).toHaveLength(1)
  })

  test('the line is cut in the middle of the upload: looked for there, then sent once more, and said', async () => {
    await bench.agreed()
    bench.service.troubles.push({ at: /^POST \/files$/, times: 1, cut: 'in the middle' })
    bench.then(bench.running, bench.done)
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect(bench.service.asked.slice(0, 3)).toEqual(['POST /files', 'GET /files', 'POST /files'])
    expect(bench.noticed()).toEqual(expect.arrayContaining(['PLACE_UNREACHABLE', 'CLOUD_SENT_AGAIN']))
    expect(bench.service.files).toHaveLength(2)
  })

  test('the answer to an upload or to the job is lost: found there, and nothing is sent twice', async () => {
    await bench.agreed()
    bench.service.troubles.push({ at: /^POST \/files$/, times: 1, cut: 'after it' })
    bench.service.troubles.push({ at: /^POST \/fine_tuning\/jobs$/, times: 1, cut: 'after it' })
    bench.then(bench.running, bench.done)
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect(bench.service.files).toHaveLength(2)
    expect(bench.service.jobs).toHaveLength(1)
    expect(bench.noticed()).not.toContain('CLOUD_SENT_AGAIN')
  })

  test.each([
    ['had not arrived', 0, 1],
    ['had arrived', 1, 0]
  ])('a Neiro that was ended in the middle of the upload looks whether it %s', async (_, arrived, again) => {
    await bench.agreed()
    const own = readElsewhere(bench.place.dir)
    await writeElsewhere(bench.place.dir, { ...((await own) as ElsewhereFile), ticket: { training: '…' } })
    const folder = join(bench.place.dir, 'elsewhere', 'a')
    const { training } = await readCloudRecipe(folder)
    const text = readFileSync(join(folder, training.file), 'utf8')
    if (arrived)
      bench.service.files.push({
        ...{ id: 'file-9', filename: training.name, bytes: training.bytes, text, status: 'processed' }
      })
    bench.then(bench.running, bench.done)
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect(bench.service.files).toHaveLength(2)
    expect(bench.noticed().filter((code) => code === 'CLOUD_SENT_AGAIN')).toHaveLength(again)
    if (arrived) expect(bench.service.jobs[0]?.request['training_file']).toBe('file-9')
  })

  test('a redirect leads to where nobody agreed to: nothing follows it', async () => {
    await bench.agreed()
    bench.service.troubles.push({
      ...{
        at: /^POST \/files$/,
        times: 1,
        status: 307,
        headers: { location: `${bench.service.origin}/v1/elsewhere` }
      }
    })
    expect(await codeOf(bench.train())).toBe('CLOUD_REFUSED')
    expect(bench.service.asked).toEqual(['POST /files'])
  })

  test('a file that the service refuses after it looked', async () => {
    await bench.agreed()
    bench.service.received = (file) =>
      void Object.assign(file, { status: 'error', status_details: 'line 3 is not valid' })
    expect(await codeOf(bench.train())).toBe('CLOUD_REFUSED')
    expect((await bench.store.view(bench.place)).error?.details['reason']).toBe('line 3 is not valid')
  })

  test.each([
    ['CLOUD_FAILED', { code: 'server_error', message: 'Something went wrong' }],
    ['CLOUD_CONTENT_REFUSED', { code: 'unsafe_file', message: 'too many examples that violate the rules' }]
  ])('%s: a job that fails, and a new one when it is resumed, with the same files', async (code, error) => {
    await bench.agreed()
    bench.then(bench.running, (job) => Object.assign(job, { status: 'failed', error }))
    expect(await codeOf(bench.train())).toBe(code)
    bench.then(bench.running, bench.done)
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect([bench.service.files.length, bench.service.jobs.length]).toEqual([2, 2])
  })

  test('cancelled there by somebody', async () => {
    await bench.agreed()
    bench.then(bench.running, (job) => void (job.status = 'cancelled'))
    expect(await codeOf(bench.train())).toBe('CLOUD_CANCELLED')
  })
})

describe('whoever sits here', () => {
  const training = (job: PlayedJob): void => {
    bench.running(job)
    bench.service.step(job, 1, 10)
  }

  test('ends it: it is cancelled there, and its last checkpoint is the result', async () => {
    await bench.agreed()
    bench.then(
      training,
      (job) => void job.checkpoints.push({ step_number: 1, fine_tuned_model_checkpoint: 'ft:x:ckpt-step-1' })
    )
    const { own, work } = await bench.began()
    await expect.poll(() => bench.service.jobs[0]?.checkpoints.length).toBe(1)
    await own.stopRun()
    expect(await work).toEqual({ outcome: 'finished', step: 1 })
    expect(bench.service.count('POST /fine_tuning/jobs/ftjob/cancel')).toBe(1)
    expect(await remoteResult(bench.place.dir)).toMatchObject({ model: 'ft:x:ckpt-step-1' })
    expect(bench.noticed()).toContain('CLOUD_ENDED_EARLY')
  })

  test('ends it before anything was kept there', async () => {
    await bench.agreed()
    bench.then(training)
    const { own, work } = await bench.began()
    await expect.poll(() => bench.service.jobs[0]?.status).toBe('running')
    void own.stopRun()
    expect(await codeOf(work)).toBe('CLOUD_CANCELLED')
  })

  test('pauses it where the service can, and goes on', async () => {
    await bench.agreed()
    bench.then(training)
    const { own, work } = await bench.began()
    await expect.poll(() => bench.service.jobs[0]?.status).toBe('running')
    await own.pauseRun()
    expect(await work).toMatchObject({ outcome: 'paused' })
    expect((await readState(bench.place.dir)).state).toBe('paused')
    bench.then(
      () => undefined,
      () => undefined,
      bench.done
    )
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect(bench.service.count('POST /fine_tuning/jobs/ftjob/resume')).toBe(1)
    expect(bench.service.jobs).toHaveLength(1)
  })

  test('is told where the service cannot, and it goes on there', async () => {
    await bench.agreed()
    bench.then(training)
    bench.service.troubles.push({
      ...{ at: /pause$/, times: 1, status: 400, error: { message: 'Pausing is not supported for this job' } }
    })
    const { own, work } = await bench.began()
    await expect.poll(() => bench.service.jobs[0]?.status).toBe('running')
    await own.pauseRun()
    expect(await work).toMatchObject({ outcome: 'paused' })
    expect(bench.noticed()).toContain('CLOUD_NO_PAUSE')
    // not paused: it is at work there
    expect((await readState(bench.place.dir)).state).toBe('running')
    expect((await bench.store.view(bench.place)).state).toBe('interrupted')
    bench.then(bench.done)
    expect(await bench.train()).toMatchObject({ outcome: 'finished' })
    expect(bench.service.jobs).toHaveLength(1)
  })

  test('leaves, comes back, and finds the job and what it did meanwhile', async () => {
    await bench.agreed()
    bench.then(training)
    const { own, work } = await bench.began()
    await expect.poll(() => bench.steps().length).toBe(1)
    await own.close()
    await work
    expect(await readElsewhere(bench.place.dir)).toMatchObject({ ticket: { job: bench.service.jobs[0]?.id } })
    bench.then((job) => {
      for (let step = 2; step <= 10; step++) bench.service.step(job, step, 10)
      bench.done(job)
    })
    expect(await bench.train()).toEqual({ outcome: 'finished', step: 10 })
    expect(bench.steps()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect([bench.service.files.length, bench.service.jobs.length]).toEqual([2, 1])
    const kept = readFileSync(join(bench.place.dir, 'metrics.jsonl'), 'utf8').trim().split('\n')
    expect(kept).toHaveLength(10)
  })
})
