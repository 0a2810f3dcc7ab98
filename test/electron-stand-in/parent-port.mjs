// Preloaded into a forked utility process: process.parentPort over the channel of the fork.
import { EventEmitter } from 'node:events'

const port = new EventEmitter()
port.postMessage = (message) => process.connected && process.send(message)
// Messages wait until somebody listens, as they do in Electron and in a fork.
port.on('newListener', (event) => {
  if (event === 'message' && port.listenerCount('message') === 0)
    process.on('message', (data) => port.emit('message', { data }))
})
process.on('disconnect', () => port.emit('close'))
Object.defineProperty(process, 'parentPort', { value: port })
