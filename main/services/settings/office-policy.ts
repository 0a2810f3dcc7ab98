// What an office allows: a file that the administrator puts where users cannot write (places.ts). Without it all is allowed,
// each time by the user's word; where there is one, new versions come as the office brings them, unless it says otherwise.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'

const schema = z
  .object({
    /** false: nowhere; a list: kinds of places, or whole ones (ray:http://10.0.0.5:8265) */
    trainElsewhere: z.union([z.boolean(), z.array(z.string())]).default(true),
    /** data with personal data may go out when the user says so */
    unmaskedData: z.boolean().default(true),
    /** true: users may look for new versions where this Neiro came from; an address: there instead */
    updates: z.union([z.boolean(), z.string()]).default(false)
  })
  .strict()

export type OfficePolicy = z.infer<typeof schema>

const noPolicy: OfficePolicy = { trainElsewhere: true, unmaskedData: true, updates: true }

/** A file that cannot be read forbids all: throws POLICY_BROKEN {file}. */
export async function readPolicy(file: string): Promise<OfficePolicy> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noPolicy
    throw new NeiroError('POLICY_BROKEN', { file })
  }
  try {
    return schema.parse(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    throw new NeiroError('POLICY_BROKEN', { file })
  }
}
