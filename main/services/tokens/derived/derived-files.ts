// The small files that a model lacks, made in the workshop of another form that it has: a GGUF file's head, or a
// SentencePiece model beside weights.
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import { ggufFiles, type SmallFiles } from '../gguf/gguf-files'
import { charsmapFile } from '../sentencepiece/charsmap'
import { readModelProto } from '../sentencepiece/model-proto'
import { sentencePieceTokenizer, UnsayableKind } from '../sentencepiece/sentencepiece-tokenizer'

/** as they are called in folders of models */
const sentencePieceNames = ['tokenizer.model', 'spiece.model', 'sentencepiece.bpe.model']
const mostBytes = 64 * 2 ** 20

/** place: a GGUF file, or a folder without tokenizer.json. Throws what is wrong with it. */
export async function derivedFiles(place: string): Promise<SmallFiles> {
  if (!(await stat(place)).isDirectory()) return ggufFiles(place)
  const name = sentencePieceNames.find((one) => existsSync(join(place, one)))
  if (!name) throw new NeiroError('NO_TOKENIZER', { dir: place, file: join(place, 'tokenizer.json') })
  const file = join(place, name)
  if ((await stat(file)).size > mostBytes) throw new NeiroError('BROKEN_MODEL_FILE', { file, name })
  const bytes = await readFile(file)
  if (bytes.subarray(0, 23).toString('latin1') === 'version https://git-lfs')
    throw new NeiroError('LFS_POINTER', { file })
  try {
    const model = readModelProto(bytes)
    const { charsmap } = model.normalizer
    return {
      'tokenizer.json': sentencePieceTokenizer(model),
      ...(charsmap.length > 0 && { [charsmapFile]: charsmap.toString('base64') })
    }
  } catch (error) {
    if (error instanceof UnsayableKind)
      throw new NeiroError('SENTENCEPIECE_KIND', { file, name, kind: error.message })
    const reason = error instanceof Error ? error.message : ''
    throw new NeiroError('BROKEN_TOKENIZER', { file, name, reason })
  }
}
