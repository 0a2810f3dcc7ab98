// The rules by which the cookbook of OpenAI looks through a file of examples before it is sent (its notebook on preparing
// data for chat fine-tuning), and those of the reference for preferences, written anew here: nothing of ours is asked.

const roles = ['system', 'user', 'assistant', 'function']
const keys = ['role', 'content', 'name', 'function_call', 'weight']

type Json = Readonly<Record<string, unknown>>

/** What is wrong, as often as it is; nothing: it may be sent. */
export function cookbookErrors(text: string): Readonly<Record<string, number>> {
  const errors: Record<string, number> = {}
  const found = (name: string): void => void (errors[name] = (errors[name] ?? 0) + 1)
  for (const line of linesOf(text)) {
    const messages = line['messages']
    if (!Array.isArray(messages) || messages.length === 0) {
      found('missing_messages_list')
      continue
    }
    for (const name of wrongIn(messages as Json[])) found(name)
    if (!(messages as Json[]).some(({ role }) => role === 'assistant'))
      found('example_missing_assistant_message')
  }
  return errors
}

export function preferenceErrors(text: string): Readonly<Record<string, number>> {
  const errors: Record<string, number> = {}
  const found = (name: string): void => void (errors[name] = (errors[name] ?? 0) + 1)
  for (const { input, ...line } of linesOf(text)) {
    const asked = (input as Json | undefined)?.['messages'] as Json[] | undefined
    if (!asked?.length) found('missing_input_messages')
    else for (const name of wrongIn(asked)) found(name)
    for (const side of ['preferred_output', 'non_preferred_output']) {
      const answer = line[side] as Json[] | undefined
      if (answer?.length !== 1 || answer[0]?.['role'] !== 'assistant') found(`missing_${side}`)
      else for (const name of wrongIn(answer)) found(name)
    }
    if (Object.keys(line).some((key) => !['preferred_output', 'non_preferred_output'].includes(key)))
      found('unrecognized_key')
  }
  return errors
}

function wrongIn(messages: readonly Json[]): readonly string[] {
  return messages.flatMap((message) => [
    ...(!('role' in message) || !('content' in message) ? ['message_missing_key'] : []),
    ...(Object.keys(message).some((key) => !keys.includes(key)) ? ['message_unrecognized_key'] : []),
    ...(!roles.includes(String(message['role'])) ? ['unrecognized_role'] : []),
    ...(typeof message['content'] !== 'string' || message['content'] === '' ? ['missing_content'] : []),
    ...('weight' in message &&
    (message['role'] !== 'assistant' || ![0, 1].includes(Number(message['weight'])))
      ? ['wrong_weight']
      : [])
  ])
}

const linesOf = (text: string): readonly Json[] =>
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json)
