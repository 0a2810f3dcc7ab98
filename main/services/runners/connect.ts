// Who speaks with a place elsewhere: one way for each kind that is trained over a network.
import type { CloudTerms, RemotePlace } from '../../contract/elsewhere'
import { NeiroError } from '../../contract/errors'
import { CloudApi } from './cloud/cloud-api'
import type { WayOut } from './cloud/cloud-fetch'
import { placeText } from './places'
import { RayTransport } from './ray/ray-transport'
import { SshTransport } from './ssh/ssh-transport'
import type { Transport } from './transport'

/** Throws PLACE_BY_HAND for a folder: nobody is there to speak with; a service is no machine (cloudAt). */
export function connectTo(place: RemotePlace): Transport {
  switch (place.kind) {
    case 'ray':
      return new RayTransport(place.where)
    case 'ssh':
      return new SshTransport(place.where)
    default:
      throw new NeiroError('PLACE_BY_HAND', { place: placeText(place) })
  }
}

/** A service that trains by OpenAI's API. */
export const cloudAt = (
  place: RemotePlace,
  { apiVersion }: Pick<CloudTerms, 'apiVersion'>,
  key: string,
  way: WayOut
): CloudApi => new CloudApi({ place, key, apiVersion, way })
