// Where new versions come from: the package, the office's policy, and neither.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { updateOrigin, type UpdateOrigin } from '../../../main/services/updates/origin'
import { ownFolder } from '../../fixtures/own-folder'
import { publicKey } from './keys'

const address = 'https://updates.example/neiro/'

/** null: there is no such file */
async function originOf(ofPackage: unknown, policy: unknown = null): Promise<UpdateOrigin> {
  const dir = ownFolder()
  const files = { 'updates.json': ofPackage, 'policy.json': policy }
  for (const [name, value] of Object.entries(files))
    if (value !== null) writeFileSync(join(dir, name), JSON.stringify(value))
  return updateOrigin(join(dir, 'updates.json'), join(dir, 'policy.json'))
}
const ofPackage = { address, key: publicKey }

test('the address and the key of the package, where no office says otherwise', async () => {
  expect(await originOf(ofPackage)).toEqual({ closed: null, address, key: publicKey })
})

test.each([[null], [{}], [{ address }], [{ address, key: 'something' }]])(
  'a package that says %j names no place',
  async (said) => {
    expect(await originOf(said)).toEqual({ closed: 'no-address' })
  }
)

test('an office with a policy brings new versions itself, unless it says otherwise', async () => {
  expect(await originOf(ofPackage, {})).toEqual({ closed: 'forbidden' })
  expect(await originOf(ofPackage, { updates: false })).toEqual({ closed: 'forbidden' })
  expect(await originOf(ofPackage, { updates: true })).toMatchObject({ address })
  const own = 'https://files.office.example/neiro/'
  expect(await originOf(ofPackage, { updates: own })).toEqual({ closed: null, address: own, key: publicKey })
})

test.each(['http://updates.example/', 'file:///tmp/', 'neiro', 'https://user:word@updates.example/'])(
  '%s is no address for new versions',
  async (bad) => {
    await expect(originOf(ofPackage, { updates: bad })).rejects.toMatchObject({
      code: 'UPDATE_ADDRESS',
      details: { address: bad }
    })
  }
)

test('a policy that cannot be read allows nothing', async () => {
  await expect(originOf(ofPackage, { updates: 3 })).rejects.toMatchObject({ code: 'POLICY_BROKEN' })
})
