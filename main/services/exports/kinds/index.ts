// The kinds of export there are.
import type { ExportKind } from '../../../contract/window/results'
import { gguf } from './gguf'
import { ggufAdapter } from './gguf-adapter'
import type { ExportKindRow } from './kind'
import { lmStudio } from './lm-studio'
import { merged } from './merged'
import { ollama } from './ollama'
import { peft } from './peft'

export const exportKinds: Readonly<Record<ExportKind, ExportKindRow>> = {
  ollama,
  'lm-studio': lmStudio,
  gguf,
  merged,
  peft,
  'gguf-adapter': ggufAdapter
}
