// npm run hubtest -- 1000 [SEED]: so many downloads from a hub that misbehaves at random; any that ends wrong is named by
// its seed. npm run hubtest -- serve OWNER/NAME DIR: a folder as a hub on the loopback address, to look at by hand.
import { modelFromFolder, startHub } from './hub-server'
import { runRound } from './rounds'

const [first = '1000', second = '1', third = ''] = process.argv.slice(2)

if (first === 'serve') {
  const hub = await startHub({ models: [modelFromFolder(second, third)] })
  console.log(`HF_ENDPOINT=${hub.address}`)
} else {
  const rounds = Number(first)
  const from = Number(second)
  const wrong: string[] = []
  let faults = 0
  let times = 0
  let next = from
  const lane = async (): Promise<void> => {
    while (next < from + rounds) {
      const seed = next++
      try {
        const result = await runRound(seed)
        faults += result.faults
        times += result.times
      } catch (error) {
        wrong.push(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
        console.error(wrong.at(-1))
      }
      if ((seed - from + 1) % 100 === 0) console.log(`${seed - from + 1} of ${rounds}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  console.log(
    `${rounds} downloads, ${faults} faults, broken off and gone on with ${times} times: ${wrong.length === 0 ? 'all right' : `${wrong.length} wrong`}`
  )
  process.exitCode = wrong.length === 0 ? 0 : 1
}
