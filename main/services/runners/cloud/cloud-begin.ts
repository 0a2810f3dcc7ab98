// What begins a training at a service: its two files and the job, each only where it is not there yet. Nothing is sent a second
// time without a look at what has arrived, and without saying so; whoever was ended in the middle finds what it sent.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { CloudJobRequest } from './cloud-api'
import { isAboutContent, shortReason } from './cloud-error'
import { checkCloudFiles, type CloudRecipe, type SentFile } from './cloud-folder'
import { Left, slower, type CloudWork } from './cloud-work'

/** The job. Throws OTHER_THAN_AGREED, and as the service refuses. */
export async function beginJob(work: CloudWork, folder: string, recipe: CloudRecipe): Promise<string> {
  await checkCloudFiles(folder, recipe)
  const training = await sent(work, folder, recipe.training, 'training')
  const validation = recipe.validation && (await sent(work, folder, recipe.validation, 'validation'))
  await taken(work, training)
  if (validation) await taken(work, validation)
  const { model, suffix, seed } = recipe
  const request = {
    ...{ model, suffix, seed, training_file: training, method: methodIn(recipe) },
    ...(validation && { validation_file: validation })
  }
  const { api } = work.o
  const given = (work.ticket.given ?? '').split(' ')
  const job = await work.patiently(
    async (again) =>
      // the answer to an earlier try may have been lost: then it is there
      (again && (await api.findJob(training, given))) || api.createJob(request),
    'sends'
  )
  await work.keep({ ...work.ticket, job: job.id })
  return job.id
}

/** in place of what the service calls a file, while it is on its way */
const sending = '…'

async function sent(
  work: CloudWork,
  folder: string,
  file: SentFile,
  part: 'training' | 'validation'
): Promise<string> {
  const known = work.ticket[part]
  if (known !== undefined && known !== sending) return known
  const { api, wishes } = work.o
  const path = join(folder, file.file)
  const { size } = await stat(path)
  // a Neiro that was ended in the middle of it does not know whether it arrived
  const began = known === sending
  await work.keep({ ...work.ticket, [part]: sending })
  const there = await work.patiently(async (again) => {
    const found = again || began ? await api.findFile(file.name, size) : null
    if (found) return found
    if (again || began) await work.notice('CLOUD_SENT_AGAIN', { file: file.file })
    return api.upload(path, file.name, size, wishes.signal)
  }, 'sends')
  await work.keep({ ...work.ticket, [part]: there.id })
  return there.id
}

/** Services look through a file before they learn from it. */
async function taken(work: CloudWork, id: string): Promise<void> {
  const { api, wishes, pollMs } = work.o
  for (let wait = pollMs; ; wait = slower(wait)) {
    if (wishes.wanted !== null) throw new Left()
    const { status, status_details: said } = await work.patiently(() => api.file(id))
    if (status === 'error') {
      const details = { place: work.name, reason: shortReason(said ?? status) }
      // another one is sent when it is tried again
      await work.keep(work.ticket.given === undefined ? {} : { given: work.ticket.given })
      throw isAboutContent('', details.reason)
        ? new NeiroError('CLOUD_CONTENT_REFUSED', details)
        : new NeiroError('CLOUD_REFUSED', details)
    }
    if (status !== 'uploaded' && status !== 'pending' && status !== 'running') return
    await wishes.wait(wait)
  }
}

function methodIn({ method, epochs }: CloudRecipe): CloudJobRequest['method'] {
  const passes = { n_epochs: epochs }
  return method.type === 'dpo'
    ? { type: 'dpo', dpo: { hyperparameters: { ...passes, beta: method.beta } } }
    : { type: 'supervised', supervised: { hyperparameters: passes } }
}
