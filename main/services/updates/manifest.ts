// What the makers say of a version (latest.yml, as electron-builder writes it), with their signature: Ed25519 over everything
// else that stands in it. Windows and macOS check a signature of the program too; a Linux package has none.
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/** `files` hold name, sha512 and size of what is fetched: signed with all the rest. */
export type Manifest = Readonly<Record<string, unknown>>

/** Base64, to be its `signature`. */
export const signatureOf = (manifest: Manifest, privateKey: KeyObject): string =>
  sign(null, signed(manifest), privateKey).toString('base64')

/** publicKey: PEM. What is no key, or no signature, signs nothing. */
export function isSignedBy(manifest: Manifest, publicKey: string): boolean {
  const { signature } = manifest
  if (typeof signature !== 'string') return false
  try {
    return verify(null, signed(manifest), createPublicKey(publicKey), Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** The same bytes whatever order the parts stand in. */
function signed({ signature: _, ...rest }: Manifest): Buffer {
  const inOrder = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  return Buffer.from(JSON.stringify(rest, inOrder))
}
