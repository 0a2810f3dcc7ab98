// A process that takes a run folder and keeps it until it is killed: node lock-holder.mjs RUN_DIR
import { register } from 'tsx/esm/api'

register()
const { lockRun } = await import('../../main/files/run-lock.ts')
try {
  await lockRun(process.argv[2])
  console.log('held')
} catch (error) {
  console.log(error.code)
}
setInterval(() => undefined, 1000)
