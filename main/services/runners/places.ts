// The places where a run can be trained besides this machine, one row for each kind: how it is written behind --on, and
// what must stand behind the colon. Pure.
import { isCloud, remotePlaceKinds, type RemotePlace, type RemotePlaceKind } from '../../contract/elsewhere'
import { NeiroError } from '../../contract/errors'
import { nearest } from '../recipes/nearest'

interface PlaceRow {
  /** as an example behind --on */
  readonly example: string
  /** the data goes over a network as soon as it is said */
  readonly overNetwork: boolean
  readonly isWhere: (where: string) => boolean
}

const isHttp = (text: string): boolean => {
  try {
    return /^https?:$/.test(new URL(text).protocol)
  } catch {
    return false
  }
}

/** A key goes there: encrypted, or not off this machine. */
const isSafe = (text: string): boolean => {
  try {
    const { protocol, hostname, username, search, hash } = new URL(text)
    if (username !== '' || search !== '' || hash !== '') return false
    return (
      protocol === 'https:' ||
      (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    )
  } catch {
    return false
  }
}

export const placeRows: Readonly<Record<RemotePlaceKind, PlaceRow>> = {
  folder: { example: 'folder:./to-train', overNetwork: false, isWhere: (where) => where !== '' },
  ray: { example: 'ray:http://10.0.0.5:8265', overNetwork: true, isWhere: isHttp },
  ssh: {
    example: 'ssh:user@gpu-server/neiro',
    overNetwork: true,
    isWhere: (where) => /^[^@\s/:]+@[^@\s/:]+(:\d{1,5})?(\/.*)?$/.test(where)
  },
  openai: { example: 'openai', overNetwork: true, isWhere: (where) => where === '' || isSafe(where) },
  azure: { example: 'azure:https://our-company.openai.azure.com', overNetwork: true, isWhere: isSafe }
}

/** Throws NO_SUCH_PLACE, SERVICE_NOT_SPOKEN. */
export function readPlace(text: string): RemotePlace {
  const colon = text.indexOf(':')
  const [kind, where] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
  const found = remotePlaceKinds.find((one) => one === kind)
  // they fine-tune by APIs of their own, which are not spoken here
  if (kind === 'together' || kind === 'fireworks') throw new NeiroError('SERVICE_NOT_SPOKEN', { place: kind })
  if (!found) {
    const right = nearest(kind, remotePlaceKinds) as RemotePlaceKind
    throw new NeiroError('NO_SUCH_PLACE', { place: text, example: placeRows[right].example })
  }
  if (!placeRows[found].isWhere(where))
    throw new NeiroError('NO_SUCH_PLACE', { place: text, example: placeRows[found].example })
  return { kind: found, where }
}

/** The same of a kind that was chosen, for what was written behind it. Throws NO_SUCH_PLACE. */
export function placeOfKind(kind: RemotePlaceKind, where: string): RemotePlace {
  const { isWhere, example } = placeRows[kind]
  if (isWhere(where)) return { kind, where }
  throw new NeiroError('NO_SUCH_PLACE', { place: where, example: example.slice(kind.length + 1) })
}

/** In a sentence: of a service the name that people know. */
export const placeName = ({ kind, where }: RemotePlace): string => {
  if (!isCloud(kind)) return placeText({ kind, where })
  const name = { openai: 'OpenAI', azure: 'Azure OpenAI' }[kind]
  return where === '' ? name : `${name} (${where})`
}

export const placeText = ({ kind, where }: RemotePlace): string => (where === '' ? kind : `${kind}:${where}`)
