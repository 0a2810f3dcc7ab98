// The small files that a model lacks, made in the workshop of another form that it has: a GGUF file's head, or a
// SentencePiece model beside weights.
import { ggufFiles, type SmallFiles } from '../gguf/gguf-files'

export async function derivedFiles(place: string): Promise<SmallFiles> {
  return ggufFiles(place)
}
