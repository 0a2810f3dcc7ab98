// Licences by their keys in the catalogue, and the codes that model cards on the hub give: what a company may do with
// a model under each. Pure.
import { z } from 'zod'
import type { CompanyUse, LicenceDuty, LicenceView } from '../../../contract/window/models'

const duties = [
  'built-with-llama',
  'gemma-terms',
  'lfm',
  'plamo',
  'nemotron',
  'non-commercial',
  'research'
] as const satisfies readonly LicenceDuty[]

export const licenceSchema = z.strictObject({
  name: z.string().min(1),
  url: z.string().regex(/^https:\/\//),
  use: z.enum(['free', 'conditional', 'none'] satisfies readonly CompanyUse[]),
  duties: z.array(z.enum(duties))
})
export type Licence = z.infer<typeof licenceSchema>
export type Licences = Readonly<Record<string, Licence>>

/** As cards write them; what is not here is not known, and nothing is said of it. */
const byCode: readonly (readonly [RegExp, string])[] = [
  [/^mit$/, 'mit'],
  [/^apache-2\.0$/, 'apache-2.0'],
  [/^gemma$/, 'gemma-terms'],
  [/^llama3(-community)?$|^llama-3$/, 'llama-3'],
  [/^llama-?3\.1$/, 'llama-3.1'],
  [/^llama-?3\.2$/, 'llama-3.2'],
  [/^lfm1\.0$/, 'lfm-1.0'],
  [/^plamo-community-license$/, 'plamo'],
  [/^exaone$/, 'exaone-nc'],
  [/^qwen-research$/, 'qwen-research']
]

export function licenceKey(code: string): string | null {
  const written = code.trim().toLowerCase()
  return byCode.find(([form]) => form.test(written))?.[1] ?? null
}

/** code: as a card gives it; agreed: days by key. */
export function licenceOf(
  code: string | null,
  licences: Licences,
  agreed: Readonly<Record<string, string>>
): LicenceView {
  const key = code === null ? null : code in licences ? code : licenceKey(code)
  const known = key === null ? undefined : licences[key]
  if (key === null || !known)
    return { key: null, name: code ?? '', url: null, use: 'unknown', duties: [], agreedOn: null }
  return { key, ...known, agreedOn: agreed[key] ?? null }
}
