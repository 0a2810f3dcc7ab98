// The GGUF file with an Ollama Modelfile beside it: the template in Ollama's own language, every end of an answer, the
// system prompt. `ollama create` takes the folder as it is; where Ollama runs, create.ts does it.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { modelfileText, ollamaModelOf } from '../ollama/modelfile'
import { gguf, writeGguf } from './gguf'
import type { ExportKindRow } from './kind'

export const modelfileName = 'Modelfile'

export const ollama: ExportKindRow = {
  ...gguf,
  write: async (work) => {
    const text = await writeGguf(work)
    const model = await ollamaModelOf(work.tuned, work.knowledge)
    await writeFile(join(work.dir, modelfileName), modelfileText(model, `./${work.fileName}.gguf`), {
      flush: true
    })
    return text
  }
}
