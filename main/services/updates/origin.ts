// Where new versions of this Neiro come from: the address and the makers' key of its package (updates.json, written by
// scripts/package.mjs), and what the office's policy makes of it.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import type { UpdatesClosed } from '../../contract/window/updates'
import { readPolicy } from '../settings/office-policy'

export type UpdateOrigin =
  | { readonly closed: UpdatesClosed }
  | { readonly closed: null; readonly address: string; readonly key: string }

const schema = z.object({ address: z.string(), key: z.string().includes('PUBLIC KEY') })

/** file: of the package. Throws POLICY_BROKEN {file}, UPDATE_ADDRESS {address}. */
export async function updateOrigin(file: string, policyFile: string): Promise<UpdateOrigin> {
  const ofPackage = schema.safeParse(await stored(file))
  if (!ofPackage.success) return { closed: 'no-address' }
  const { updates } = await readPolicy(policyFile)
  if (updates === false) return { closed: 'forbidden' }
  const { key } = ofPackage.data
  return { closed: null, address: asAddress(updates === true ? ofPackage.data.address : updates), key }
}

async function stored(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}

/** Only where nobody on the way sees what is asked; this machine itself is no way. */
function asAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1')
  if (!url || !safe || url.username !== '') throw new NeiroError('UPDATE_ADDRESS', { address: text })
  return url.href
}
