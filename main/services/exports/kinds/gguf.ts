// The tuned model as one GGUF file: weights, tokenizer and chat template together, for whatever has llama.cpp in it.
import { join } from 'node:path'
import type { GgufEntry, GgufType } from '../../../../addon/index'
import type { TextCut } from '../../../contract/window/results'
import type { GgufVocabulary } from '../../tokens/gguf/vocabulary'
import { opensGgufOf } from '../../models/families'
import { ggufEntries } from '../gguf/entries'
import { refuseVirtual, type ExportKindRow, type ExportWork } from './kind'

/** As large as rounding alone makes it; what is wrong is another matter of 1 and more. */
const tolerances: Readonly<Record<GgufType, number>> = {
  ...{ F32: 1e-3, F16: 1e-2, BF16: 5e-2, Q8_0: 0.1 },
  ...{ Q4_0: 0.75, Q4_K_M: 0.75 }
}

/** The one file of the export. */
export const ggufFile = ({ dir, fileName }: Pick<ExportWork, 'dir' | 'fileName'>): string =>
  join(dir, `${fileName}.gguf`)

export const gguf: ExportKindRow = {
  form: 'gguf',
  refuse: refuseVirtual,
  bytes: ({ host, dtype }) => host.call('ggufBytes', { type: dtype }),
  write: writeGguf,
  checkValues: (work) => work.host.call('checkGguf', { file: ggufFile(work) }),
  reopened: (work) =>
    opensGgufOf(work.tuned.model.modelType) ? { modelDir: ggufFile(work), baseQuantization: 'none' } : null,
  tolerance: (dtype) => tolerances[dtype]
}

export async function writeGguf(work: ExportWork): Promise<TextCut> {
  const { host, dtype, tuned, info } = work
  const vocabulary = await tuned.modelText.vocabulary(info.vocabSize)
  await host.call('saveGguf', { file: ggufFile(work), type: dtype, entries: entriesOf(work, vocabulary) })
  return vocabulary.cut
}

function entriesOf({ tuned, knowledge, title }: ExportWork, vocabulary: GgufVocabulary): GgufEntry[] {
  const { model, modelText } = tuned
  const id = (name: string): number | null => {
    const token = model.specialTokens[name]
    return token === undefined ? null : modelText.idOf(token)
  }
  return ggufEntries({
    ...{ name: title, baseName: model.name, licence: model.licence },
    text: {
      vocabulary,
      template: knowledge.template,
      begin: modelText.marks.begin ?? id('bos_token'),
      addsBegin: modelText.marks.begin !== null,
      ends: knowledge.stopTokens,
      unknown: id('unk_token'),
      padding: id('pad_token')
    }
  })
}
