// What an office allows of trainings elsewhere: a file that the administrator puts where users cannot write. Without it all
// is allowed, each time by the user's word; a file that cannot be read forbids all.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { remotePlaceKinds, type RemotePlace } from '../../contract/elsewhere'
import { NeiroError } from '../../contract/errors'
import type { AllowedPlaces } from '../../contract/window/elsewhere'
import { placeText } from './places'

const schema = z
  .object({
    /** false: nowhere; a list: kinds of places, or whole ones (ray:http://10.0.0.5:8265) */
    trainElsewhere: z.union([z.boolean(), z.array(z.string())]).default(true),
    /** data with personal data may go out when the user says so */
    unmaskedData: z.boolean().default(true)
  })
  .strict()

export type Policy = z.infer<typeof schema>

/** Throws POLICY_BROKEN. */
export async function readPolicy(file: string): Promise<Policy> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return schema.parse({})
    throw new NeiroError('POLICY_BROKEN', { file })
  }
  try {
    return schema.parse(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    throw new NeiroError('POLICY_BROKEN', { file })
  }
}

/** Throws ELSEWHERE_FORBIDDEN, POLICY_BROKEN. */
export async function checkPolicy(
  file: string,
  place: RemotePlace,
  { personal }: { readonly personal: number }
): Promise<void> {
  const { trainElsewhere, unmaskedData } = await readPolicy(file)
  const allowed =
    typeof trainElsewhere === 'boolean'
      ? trainElsewhere
      : trainElsewhere.some((one) => one === placeText(place) || one === place.kind)
  if (!allowed) throw new NeiroError('ELSEWHERE_FORBIDDEN', { place: placeText(place), file })
  if (personal > 0 && !unmaskedData)
    throw new NeiroError('UNMASKED_FORBIDDEN', { rows: String(personal), file })
}

/** Kinds and whole places that may be chosen. */
export function allowedBy({ trainElsewhere }: Policy): AllowedPlaces {
  if (typeof trainElsewhere === 'boolean')
    return { kinds: trainElsewhere ? remotePlaceKinds : [], places: [] }
  return {
    kinds: remotePlaceKinds.filter((kind) => trainElsewhere.includes(kind)),
    places: trainElsewhere.filter((one) => one.includes(':'))
  }
}

/** One that names kinds which nobody knows forbids more than was meant: it is said. */
export const unknownIn = ({ trainElsewhere }: Policy): readonly string[] =>
  typeof trainElsewhere === 'boolean'
    ? []
    : trainElsewhere.filter(
        (one) => !remotePlaceKinds.some((kind) => one === kind || one.startsWith(`${kind}:`))
      )
