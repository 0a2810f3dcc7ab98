// The kinds of export there are.
import type { ExportKind } from '../../../contract/window/results'
import type { ExportKindRow } from './kind'
import { merged } from './merged'
import { peft } from './peft'

export const exportKinds: Readonly<Record<ExportKind, ExportKindRow>> = { peft, merged }
