// The makers' keys of a test, and what they say of a version.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { signatureOf, type Manifest } from '../../../main/services/updates/manifest'

export const makers = generateKeyPairSync('ed25519')
export const others = generateKeyPairSync('ed25519')
export const publicKey = makers.publicKey.export({ type: 'spki', format: 'pem' }).toString()

export const signedBy = ({ privateKey }: typeof makers, manifest: Manifest): Manifest => ({
  ...manifest,
  signature: signatureOf(manifest, privateKey)
})

/** Of one file, as electron-builder writes it. */
export function manifestOf(version: string, name: string, bytes: Buffer): Manifest {
  const sha512 = createHash('sha512').update(bytes).digest('base64')
  return {
    version,
    files: [{ url: name, sha512, size: bytes.length }],
    path: name,
    sha512,
    releaseDate: '2026-11-30T00:00:00.000Z',
    releaseNotes: '口調の評価が速くなりました。'
  }
}
