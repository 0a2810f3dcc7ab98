// The calls about the server for other programs.
import type { ServingCalls } from '../contract/window/serving'
import { wantedFor } from '../services/serving/candidates'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

export function servingHandlers({ api, candidates }: Parts): HandlersOf<ServingCalls> {
  return {
    'api.get': async () => api.state,
    'api.start': ({ run }) =>
      api
        .start({ wanted: async () => wantedFor(await candidates(), run, false), port: null })
        // the state tells what stood in the way
        .catch(() => api.state),
    'api.stop': () => api.stop(),
    'api.renewKey': () => api.renewKey()
  }
}
