// The adapter as a small GGUF file that llama.cpp lays over the base's own (--lora).
import { ggufEntries } from '../gguf/entries'
import { ggufFile } from './gguf'
import { refuseVirtual, type ExportKindRow } from './kind'
import { adapterBytes, refuseWithoutAdapter } from './peft'

export const ggufAdapter: ExportKindRow = {
  form: 'gguf',
  refuse: (source) => {
    refuseWithoutAdapter(source)
    refuseVirtual(source)
  },
  bytes: adapterBytes,
  write: async (work) => {
    const { host, tuned, title } = work
    const { name: baseName, licence } = tuned.model
    await host.call('saveGgufAdapter', {
      file: ggufFile(work),
      entries: ggufEntries({ name: title, baseName, licence })
    })
    return undefined
  },
  checkValues: (work) => work.host.call('checkGgufAdapter', { file: ggufFile(work) }),
  // the engine opens adapters of PEFT's form only; the file is read by itself (read-back)
  reopened: () => null,
  tolerance: () => 0
}
