// What went wrong, in the shape that OpenAI's clients know: a status, and a body with message, type, param and code.
// Sentences are the app's, in its language.
import type { NeiroError } from '../contract/errors'
import type { Language } from '../contract/language'
import { wordsOf } from '../words/errors'

interface Kind {
  readonly status: number
  readonly type: string
  readonly code: string | null
}

const bad = (code: string | null, status = 400): Kind => ({ status, type: 'invalid_request_error', code })

const kinds: Readonly<Record<string, Kind>> = {
  API_FIELD_WRONG: bad('invalid_value'),
  API_FIELD_MISSING: bad('missing_required_parameter'),
  API_NOT_SUPPORTED: bad('unsupported_parameter'),
  API_BODY_NOT_JSON: bad('invalid_json'),
  API_BODY_TOO_LARGE: bad('request_too_large', 413),
  API_BODY_TOO_SLOW: bad('request_timeout', 408),
  API_NO_SUCH_PATH: bad('unknown_url', 404),
  API_WRONG_METHOD: bad('method_not_allowed', 405),
  API_HOST_REFUSED: { status: 403, type: 'invalid_request_error', code: 'host_refused' },
  API_ORIGIN_REFUSED: { status: 403, type: 'invalid_request_error', code: 'origin_refused' },
  API_KEY_MISSING: { status: 401, type: 'invalid_request_error', code: 'invalid_api_key' },
  API_KEY_WRONG: { status: 401, type: 'invalid_request_error', code: 'invalid_api_key' },
  API_NO_ENCODER: bad('unsupported_model'),
  API_ONLY_EMBEDS: bad('unsupported_model'),
  API_TOKEN_UNKNOWN: bad('invalid_value'),
  EMBEDDING_TOO_LONG: bad('context_length_exceeded'),
  MODEL_NOT_SERVED: bad('model_not_found', 404),
  PROMPT_TOO_LONG: bad('context_length_exceeded'),
  EMPTY_PROMPT: bad('invalid_value'),
  TEMPLATE_REFUSED: bad('invalid_value'),
  TEMPLATE_ENDLESS: bad('invalid_value'),
  TEXT_TOO_LONG: bad('context_length_exceeded'),
  SERVING_FULL: { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  API_TOO_LONG: { status: 504, type: 'server_error', code: 'timeout' },
  CANCELLED: { status: 503, type: 'server_error', code: 'stopping' },
  ENGINE_DIED: { status: 503, type: 'server_error', code: 'engine_died' }
}
const unforeseen: Kind = { status: 500, type: 'server_error', code: null }

export interface Failure {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: {
    readonly error: {
      readonly message: string
      readonly type: string
      readonly param: string | null
      readonly code: string | null
    }
  }
}

/** somebody has ended by then, as a rule */
const retrySeconds = 5

export function failureOf(error: NeiroError, language: Language): Failure {
  const { status, type, code } = kinds[error.code] ?? unforeseen
  const { message, hint } = wordsOf(error, language)
  const headers = {
    ...(status === 429 || status === 503 ? { 'Retry-After': String(retrySeconds) } : {}),
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {})
  }
  const param = error.details['field'] ?? (error.code === 'MODEL_NOT_SERVED' ? 'model' : null)
  return {
    status,
    headers,
    body: { error: { message: [message, hint].filter(Boolean).join(' '), type, param, code } }
  }
}

/** Of what is wrong with the request itself no log is needed. */
export const isClients = (error: NeiroError): boolean => (kinds[error.code]?.status ?? 500) < 500
