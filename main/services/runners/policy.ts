// What an office allows of trainings elsewhere, by its policy (settings/office-policy.ts).
import { remotePlaceKinds, type RemotePlace } from '../../contract/elsewhere'
import { NeiroError } from '../../contract/errors'
import type { AllowedPlaces } from '../../contract/window/elsewhere'
import { readPolicy, type OfficePolicy } from '../settings/office-policy'
import { placeText } from './places'

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
export function allowedBy({ trainElsewhere }: OfficePolicy): AllowedPlaces {
  if (typeof trainElsewhere === 'boolean')
    return { kinds: trainElsewhere ? remotePlaceKinds : [], places: [] }
  return {
    kinds: remotePlaceKinds.filter((kind) => trainElsewhere.includes(kind)),
    places: trainElsewhere.filter((one) => one.includes(':'))
  }
}

/** One that names kinds which nobody knows forbids more than was meant: it is said. */
export const unknownIn = ({ trainElsewhere }: OfficePolicy): readonly string[] =>
  typeof trainElsewhere === 'boolean'
    ? []
    : trainElsewhere.filter(
        (one) => !remotePlaceKinds.some((kind) => one === kind || one.startsWith(`${kind}:`))
      )
