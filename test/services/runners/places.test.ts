// Places behind --on, and what the office allows of them.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import { readPlace } from '../../../main/services/runners/places'
import { checkPolicy, unknownIn } from '../../../main/services/runners/policy'
import { readPolicy } from '../../../main/services/settings/office-policy'

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work()
    return 'none'
  } catch (error) {
    return NeiroError.of(error).code
  }
}

test('a place is a kind and what stands behind the colon', async () => {
  expect(readPlace('folder:./out')).toEqual({ kind: 'folder', where: './out' })
  expect(readPlace('ray:http://10.0.0.5:8265')).toEqual({ kind: 'ray', where: 'http://10.0.0.5:8265' })
  expect(readPlace('ssh:neiro@gpu:2222/work')).toEqual({ kind: 'ssh', where: 'neiro@gpu:2222/work' })
  expect(readPlace('openai')).toEqual({ kind: 'openai', where: '' })
  expect(readPlace('openai:http://127.0.0.1:80/v1')).toEqual({
    kind: 'openai',
    where: 'http://127.0.0.1:80/v1'
  })
  expect(readPlace('azure:https://a.openai.azure.com')).toMatchObject({ kind: 'azure' })
  for (const wrong of [
    'folder:',
    'folder',
    'ray:10.0.0.5',
    'ssh:gpu',
    'rya:http://x',
    // not served: said at once, not after somebody has agreed
    'togetherness',
    // a key would be read on its way
    'azure:http://a.openai.azure.com',
    'openai:http://10.0.0.5/v1',
    'openai:https://somebody@example.com/v1',
    'azure',
    'ray:file:///etc/passwd'
  ])
    expect(await codeOf(() => readPlace(wrong)), wrong).toBe('NO_SUCH_PLACE')
})

test('services with an API of their own are refused by name', async () => {
  for (const place of ['together', 'fireworks:x'])
    expect(await codeOf(() => readPlace(place))).toBe('SERVICE_NOT_SPOKEN')
})

function policyOf(text: string | null): string {
  const file = join(mkdtempSync(join(tmpdir(), 'neiro-policy-')), 'policy.json')
  if (text !== null) writeFileSync(file, text)
  return file
}
const ray = readPlace('ray:http://10.0.0.5:8265')

test('without a policy all is allowed; one that cannot be read forbids all', async () => {
  expect(await codeOf(() => checkPolicy(policyOf(null), ray, { personal: 3 }))).toBe('none')
  for (const broken of ['', '{', '[]', '{"trainElsewhere":"no"}', '{"trainElsewere":false}'])
    expect(await codeOf(() => checkPolicy(policyOf(broken), ray, { personal: 0 })), broken).toBe(
      'POLICY_BROKEN'
    )
})

test('a policy forbids everywhere, allows kinds or single places, and keeps unmasked data here', async () => {
  const allowed = (policy: object, personal = 0): Promise<string> =>
    codeOf(() => checkPolicy(policyOf(`\uFEFF${JSON.stringify(policy)}`), ray, { personal }))
  expect(await allowed({ trainElsewhere: false })).toBe('ELSEWHERE_FORBIDDEN')
  expect(await allowed({ trainElsewhere: ['folder'] })).toBe('ELSEWHERE_FORBIDDEN')
  expect(await allowed({ trainElsewhere: ['ray:http://10.0.0.6:8265'] })).toBe('ELSEWHERE_FORBIDDEN')
  expect(await allowed({ trainElsewhere: ['ray'] })).toBe('none')
  expect(await allowed({ trainElsewhere: ['ray:http://10.0.0.5:8265'] })).toBe('none')
  expect(await allowed({ unmaskedData: false }, 1)).toBe('UNMASKED_FORBIDDEN')
  expect(await allowed({ unmaskedData: false }, 0)).toBe('none')
  expect(unknownIn(await readPolicy(policyOf('{"trainElsewhere":["ray","rey:x"]}')))).toEqual(['rey:x'])
})
