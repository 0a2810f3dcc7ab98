// Models that other programs keep, a store that moves, a token that is kept: on folders as those programs leave them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { foundModels, foundPath } from '../../../main/services/models/found/found-models'
import { hubCache } from '../../../main/services/models/hub-settings'
import { fileTokenKeeper, systemTokenKeeper } from '../../../main/services/models/token-keeper'

const home = mkdtempSync(join(tmpdir(), 'neiro-kept-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

function write(path: string, text: string): string {
  const file = join(home, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

describe('models of other programs', () => {
  test('are found where they lie, and nothing else is', async () => {
    const studio = write('.lmstudio/models/maker/Model-GGUF/Model-Q4_K_M.gguf', 'GGUF')
    write('.lmstudio/models/maker/Model-GGUF/mmproj-model.gguf', 'GGUF')
    write('.lmstudio/models/maker/Model-GGUF/readme.txt', 'x')
    const sum = 'a'.repeat(64)
    const blob = write(`.ollama/models/blobs/sha256-${sum}`, 'GGUF')
    const layers = [
      { mediaType: 'application/vnd.ollama.image.template', digest: `sha256:${'b'.repeat(64)}` },
      { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${sum}` }
    ]
    write('.ollama/models/manifests/registry.example/library/qwen3/0.6b', JSON.stringify({ layers }))
    // a manifest that climbs, one that is torn, one whose blob is gone
    const climbing = [{ mediaType: 'x.image.model', digest: 'sha256:../../../etc/passwd' }]
    write('.ollama/models/manifests/registry.example/library/evil/1', JSON.stringify({ layers: climbing }))
    write('.ollama/models/manifests/registry.example/library/torn/1', '{')
    const gone = [{ mediaType: 'x.image.model', digest: `sha256:${'c'.repeat(64)}` }]
    write('.ollama/models/manifests/registry.example/library/gone/1', JSON.stringify({ layers: gone }))
    const cache = '.cache/huggingface/hub/models--Qwen--Qwen3-0.6B'
    write(`${cache}/refs/main`, 'c1')
    write(`${cache}/snapshots/c1/config.json`, '{}')
    write(`${cache}/blobs/w`, 'weights')
    if (process.platform === 'win32') write(`${cache}/snapshots/c1/model.safetensors`, 'weights')
    else symlinkSync('../../blobs/w', join(home, cache, 'snapshots/c1/model.safetensors'))
    // a download that is not finished
    write('.cache/huggingface/hub/models--a--half/snapshots/c1/config.json', '{}')
    if (process.platform !== 'win32')
      symlinkSync(
        '../../blobs/x',
        join(home, '.cache/huggingface/hub/models--a--half/snapshots/c1/model.safetensors')
      )

    const found = await foundModels({ home, env: {} })
    expect(found.map(({ name, from, kind, shownPath }) => [name, from, kind, shownPath])).toEqual([
      ['maker/Model-Q4_K_M', 'lm-studio', 'gguf', studio],
      ['qwen3:0.6b', 'ollama', 'gguf', blob],
      ['Qwen/Qwen3-0.6B', 'hugging-face', 'folder', join(home, cache, 'snapshots/c1')]
    ])
    expect(await foundPath(found[1]?.id ?? '', { home, env: {} })).toBe(blob)
    await expect(foundPath('nothing', { home, env: {} })).rejects.toMatchObject({ code: 'FOUND_GONE' })
  })

  test('the cache is where the environment says', () => {
    expect(hubCache({ HF_HUB_CACHE: '/h' }, '/home')).toBe('/h')
    expect(hubCache({ HF_HOME: '/h' }, '/home')).toBe(join('/h', 'hub'))
    expect(hubCache({ XDG_CACHE_HOME: '/c' }, '/home')).toBe(join('/c', 'huggingface', 'hub'))
    expect(hubCache({}, '/home')).toBe(join('/home', '.cache', 'huggingface', 'hub'))
  })
})

describe('the token', () => {
  test('lies in a file of this user alone, and is forgotten when told', async () => {
    const file = join(home, 'token')
    const keeper = fileTokenKeeper(file)
    expect(await keeper.get()).toBe('')
    await keeper.set('hf_x')
    expect(await keeper.get()).toBe('hf_x')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    await keeper.set('')
    expect(await keeper.get()).toBe('')
  })

  test('is in the system\u2019s key store where there is one, and in no file as it is', async () => {
    let usable = true
    const cipher = {
      isEncryptionAvailable: () => usable,
      encryptString: (text: string) => Buffer.from([...text].reverse().join('')),
      decryptString: (bytes: Buffer) => {
        if (bytes.includes('?')) throw new Error('of another user')
        return [...bytes.toString()].reverse().join('')
      }
    }
    const file = join(home, 'system-token')
    const keeper = systemTokenKeeper(file, cipher)
    expect(keeper.place).toBe('system')
    await keeper.set('hf_abc')
    expect(readFileSync(file, 'utf8')).not.toContain('hf_abc')
    expect(await keeper.get()).toBe('hf_abc')
    writeFileSync(file, '???')
    expect(await keeper.get()).toBe('')
    usable = false
    expect(keeper.place).toBe('file')
    await keeper.set('hf_plain')
    expect(await keeper.get()).toBe('hf_plain')
  })
})
