// The programs of a generated folder before anything is learnt, run by Python as they are: what is refused, in which words, and
// what becomes of what an earlier run left. What learns is a stand-in that says that it was asked.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { processesThatGo, type Learns } from '../../../main/services/runners/folder/trl-recipe'
import { temporaryFolder } from '../../trainer/run-fixture'

const programs = join(import.meta.dirname, '../../../resources/remote')
const hasPython = spawnSync('python3', ['--version']).status === 0 && process.platform !== 'win32'

let dir = ''
const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(dir, name)), { recursive: true })
  writeFileSync(join(dir, name), text)
}
const at = (name: string): string => join(dir, name)
const lessons = { 'data/train.jsonl': '{}\n', 'data/order.jsonl': '[0]\n', 'start/adapter.safetensors': 'x' }
const sum = (text: string): string => createHash('sha256').update(text).digest('hex')
const lessonSums = Object.fromEntries(Object.entries(lessons).map(([name, text]) => [name, sum(text)]))

function writeRecipe(more: Readonly<Record<string, unknown>> = {}): void {
  const files = { ...lessons, 'model/config.json': '{}' }
  for (const [name, text] of Object.entries(files)) write(name, text)
  write(
    'recipe.json',
    JSON.stringify({
      ...{ learns: 'language', quantization: null, batch: { examples: 4, accumulation: 1 } },
      model: { name: 'm', hub: null, sha256: {} },
      files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sum(text)])),
      best: { figure: 'loss', better: 'lower', patience: 0, threshold: 0 },
      spread: { said: null, usable: 0.85, ways: [{ name: 'ddp', whole: 1, divided: 0 }] },
      ...more
    })
  )
}

beforeEach(() => {
  dir = temporaryFolder()
  for (const name of ['train', 'checks', 'spread', 'earlier', 'report', 'precision'])
    cpSync(join(programs, `${name}.py`), at(`${name}.py`))
  cpSync(join(programs, 'start.sh'), at('start.sh'))
  write('requirements.txt', '# nothing\n')
  write(
    'methods.py',
    'import os, sys\nprint("begun on", os.environ.get("CUDA_VISIBLE_DEVICES"))\nsys.exit(0)\n'
  )
  writeRecipe()
})

function python(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {}
): { status: number | null; said: string } {
  const { WORLD_SIZE: _, RANK: __, CUDA_VISIBLE_DEVICES: ___, ...own } = process.env
  const { status, stdout, stderr } = spawnSync('python3', args, {
    ...{ cwd: dir, encoding: 'utf8' },
    env: { ...own, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8', ...env }
  })
  return { status, said: `${stdout}${stderr}`.trim() }
}
const train = (...args: readonly string[]) => python(['train.py', ...args])

describe.skipIf(!hasPython)('numbers of processes', () => {
  test('that share an update evenly are the same there as in the README', () => {
    const asked = (['language', 'rated'] as const satisfies Learns[]).flatMap((learns) =>
      [1, 2, 3, 4, 6, 8].flatMap((examples) =>
        [1, 2, 3, 8].map((accumulation) => ({ learns, batch: { examples, accumulation } }))
      )
    )
    write('asked.json', JSON.stringify(asked))
    const { said } = python([
      '-c',
      'import json, checks\nprint([checks.counts_that_go(one) for one in json.load(open("asked.json")) if one["learns"] != "rated" or one["batch"]["examples"] > 1])'
    ])
    const here = asked
      .filter(({ learns, batch }) => learns !== 'rated' || batch.examples > 1)
      .map(processesThatGo)
    expect(JSON.parse(said)).toEqual(here)
    expect(processesThatGo({ learns: 'language', batch: { examples: 4, accumulation: 1 } })).toEqual([
      1, 2, 4
    ])
    // a single answer needs a neighbour
    expect(processesThatGo({ learns: 'rated', batch: { examples: 4, accumulation: 1 } })).toEqual([1, 2])
  })

  test('that do not go are refused before they are started, with those that do', () => {
    expect(train('--dry-run', '--processes', '4')).toMatchObject({ status: 0 })
    const { status, said } = train('--dry-run', '--processes', '8')
    expect(status).toBe(2)
    expect(said).toContain('4 examples x 1 cannot be shared evenly by 8 processes: start 1, 2 or 4')
    // and once they are, by each of them
    expect(python(['train.py'], { WORLD_SIZE: '8', RANK: '0' })).toMatchObject({ status: 2 })
    writeRecipe({ learns: 'rated' })
    expect(train('--dry-run', '--processes', '4').said).toContain(
      'by 4 processes, each of which needs two at once: start 1 or 2'
    )
  })

  test('are as many of the GPUs that are there as go', () => {
    const { said } = python(['spread.py', '8'])
    expect(said.split('\n').sort()).toEqual([
      '4 ddp',
      '8 are here, 4 of them train: 4 examples x 1 are shared evenly by 1, 2 or 4'
    ])
    expect(python(['spread.py', '2']).said).toBe('2 ddp')
    writeRecipe({ batch: { examples: 3, accumulation: 1 } })
    expect(python(['spread.py', '2']).said).toContain('1 single')
  })

  test('a way that needs DeepSpeed says so where there is none', () => {
    writeRecipe({ spread: { said: 'zero3', usable: 0.85, ways: [] } })
    // -S: without what is installed
    const { status, said } = python(['-S', 'train.py', '--dry-run', '--processes', '2'])
    expect(status).toBe(2)
    expect(said).toMatch(/zero3 needs DeepSpeed, which is not installed: pip install deepspeed==/)
    expect(readFileSync(join(programs, 'requirements.txt'), 'utf8')).toContain(said.split('install ').at(-1))
    expect(python(['-S', 'spread.py', '2']).said).toContain('zero3 needs DeepSpeed')
    expect(python(['-S', 'train.py', '--dry-run', '--processes', '1']).status).toBe(0)
  })

  test('one process sees one GPU, however it is started', () => {
    const seen = (env: NodeJS.ProcessEnv): string => python(['train.py', '--output', 'new'], env).said
    expect(seen({ CUDA_VISIBLE_DEVICES: '3,5' })).toBe(
      'One process trains on one GPU: 3 of 3,5 (README.md says how to use several).\nbegun on 3'
    )
    expect(seen({ CUDA_VISIBLE_DEVICES: '2', WORLD_SIZE: '1' })).toBe('begun on 2')
    expect(seen({ CUDA_VISIBLE_DEVICES: '' })).toBe('begun on')
    expect(seen({ CUDA_VISIBLE_DEVICES: '3,5', WORLD_SIZE: '2', RANK: '1' })).toBe('begun on 3,5')
    const of = (env: string, there: number): string =>
      python(['-c', `import spread; print(spread.one_gpu(${env}, ${there}))`]).said
    expect(of('{}', 8)).toBe('0')
    expect(of('{}', 1)).toBe('None')
    expect(of('{"WORLD_SIZE": "4"}', 8)).toBe('None')
  })
})

describe.skipIf(!hasPython)('a folder that did not come whole', () => {
  test.each(Object.keys(lessons))('without %s nothing begins', (name) => {
    rmSync(at(name))
    for (const args of [['--dry-run'], []]) {
      const { status, said } = train(...args)
      expect([status, said]).toEqual([2, `${name} is missing: the folder was not copied whole`])
    }
    write(name, 'other')
    expect(train().said).toBe(`${name} is not what it was: copy the folder again`)
  })

  test('a base elsewhere needs none of what came along; a folder that is not there is no name of the hub', () => {
    rmSync(at('model'), { recursive: true })
    expect(train().said).toContain('model/config.json is missing')
    mkdirSync(at('other'))
    expect(train('--model', 'other').said).toContain('begun')
    expect(train('--model', 'models/qwen')).toMatchObject({
      status: 2,
      said: 'there is no folder models/qwen: train.py --model FOLDER (or --hub NAME, to fetch it from the hub)'
    })
    // where it was said to be when the folder was written
    const there = (hub: string): void =>
      writeRecipe({ model: { name: 'm', hub, sha256: {} }, files: lessonSums })
    there('/nowhere/qwen')
    rmSync(at('model'), { recursive: true })
    expect(train().said).toContain('there is no folder /nowhere/qwen')
    there('maker/qwen')
    rmSync(at('model'), { recursive: true })
    expect(train().said).toContain('begun')
  })
})

describe.skipIf(!hasPython)('what an earlier run left', () => {
  const left = (state: string): void => {
    write('output/status.json', JSON.stringify({ state }))
    write('output/metrics.jsonl', '{}\n')
    write('output/checkpoints/checkpoint-9/sealed.json', '{}')
  }

  test('is neither mixed with nor thrown away: it is gone on with, or moved aside', () => {
    left('paused')
    const { status, said } = train()
    expect(status).toBe(1)
    expect(said).toMatch(/--resume goes on from its last checkpoint, --anew moves it aside and begins anew$/)
    expect(train('--resume').said).toContain('begun')
    expect(existsSync(at('output/checkpoints/checkpoint-9'))).toBe(true)
    expect(train('--anew').said).toContain('begun')
    expect(existsSync(at('output/checkpoints'))).toBe(false)
    expect(existsSync(at('output-1/checkpoints/checkpoint-9/sealed.json'))).toBe(true)
    left('paused')
    train('--anew')
    expect(existsSync(at('output-2/metrics.jsonl'))).toBe(true)
    expect(train('--anew', '--resume').status).toBe(2)
  })

  test('of several processes the first decides: the others may find what it has begun to write', () => {
    left('running')
    expect(python(['train.py'], { WORLD_SIZE: '2', RANK: '1' }).said).toContain('begun')
    expect(python(['train.py'], { WORLD_SIZE: '2', RANK: '0' }).status).toBe(1)
  })

  test('what has come to its end is not trained further', () => {
    left('finished')
    write('output/adapter/sealed.json', '{}')
    const { status, said } = train('--resume')
    expect(status).toBe(0)
    expect(said).toMatch(/^It has come to its end already: .*output\/adapter\./)
    // without its result it goes on to make one
    rmSync(at('output/adapter'), { recursive: true })
    expect(train('--resume').said).toContain('begun')
  })

  test('a wish to stop of before is forgotten, one made while it starts counts', () => {
    write('output/stop', '')
    utimesSync(at('output/stop'), 1000, 1000)
    train('--resume')
    expect(existsSync(at('output/stop'))).toBe(false)
    write('output/stop', '')
    utimesSync(at('output/stop'), 3000, 3000)
    // as start.sh says when it was called
    python(['train.py', '--resume'], { NEIRO_BEGAN: '2000' })
    expect(existsSync(at('output/stop'))).toBe(true)
  })
})

describe.skipIf(!hasPython)('start.sh', () => {
  const begun = (): string => (existsSync(at('asked')) ? readFileSync(at('asked'), 'utf8').trim() : '')
  function start(spread: string): { status: number | null; stderr: string } {
    write(
      'python',
      `#!/bin/sh\ncase "$*" in spread.py) ${spread};; *--dry-run*) echo "$@" > looked;; *) echo "$@" > asked;; esac\n`
    )
    chmodSync(at('python'), 0o755)
    return spawnSync('sh', ['start.sh'], {
      ...{ cwd: dir, encoding: 'utf8' },
      env: { ...process.env, NEIRO_PYTHON: at('python') }
    })
  }

  test('starts as many processes as go, and says why not more', async () => {
    write('output/stop', '')
    const { status, stderr } = start('echo 8 are here, 4 of them train >&2; echo 4 zero2')
    expect([status, stderr]).toEqual([0, '8 are here, 4 of them train\n'])
    expect(readFileSync(at('looked'), 'utf8').trim()).toBe('train.py --dry-run --processes 4')
    await expect
      .poll(begun)
      .toBe(
        '-m accelerate.commands.launch --config_file accelerate/zero2.yaml --num_processes 4 train.py --resume'
      )
    expect(readFileSync(at('output/log.txt'), 'utf8')).toContain('8 are here, 4 of them train')
    expect(existsSync(at('output/stop'))).toBe(false)
  })

  test('one is started by itself; what is refused is said', async () => {
    expect(start('echo 1 single').status).toBe(0)
    await expect.poll(begun).toBe('train.py --resume')
    rmSync(at('asked'))
    expect(start('echo zero3 needs DeepSpeed >&2; exit 1')).toMatchObject({
      status: 2,
      stderr: 'zero3 needs DeepSpeed\n'
    })
    expect(begun()).toBe('')
  })
})

// without the libraries: only what the report itself does is looked at
describe.skipIf(!hasPython)('the report', () => {
  const head = `
import json, math, types
from pathlib import Path
from report import Diverged, Report, seal
out = Path("output")
report = Report(out, json.loads(Path("recipe.json").read_text()), resume=False)
def waited():
    print("sealed before all are there:", (out / "checkpoints/checkpoint-20/sealed.json").exists())
report.trainer = types.SimpleNamespace(save_model=lambda folder: Path(folder).mkdir(exist_ok=True),
    accelerator=types.SimpleNamespace(wait_for_everyone=waited))
state = types.SimpleNamespace(global_step=20, max_steps=40, epoch=0.5)
control = types.SimpleNamespace(should_training_stop=False)
`
  beforeEach(() => {
    write('torch.py', '')
    write('transformers.py', 'class TrainerCallback: pass\n')
  })

  test('a held-out loss that is no number ends it in words, and what was best stays', () => {
    const { said } = python([
      '-c',
      `${head}
report.on_evaluate(None, state, control, {"eval_loss": 2.5})
state.global_step = 30
try:
    report.on_evaluate(None, state, control, {"eval_loss": math.nan})
except Diverged as error:
    print(error)
print(report.best)`
    ])
    expect(said).toMatch(
      /^after update 30 the held-out loss is no number any more: the training has diverged\./
    )
    expect(said).toMatch(/\(20, 2\.5\)$/)
    const lines = readFileSync(at('output/metrics.jsonl'), 'utf8').trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { figures: unknown }).figures)).toEqual([
      { loss: 2.5 },
      { loss: null }
    ])
  })

  test('a checkpoint is sealed when every process has written its part', () => {
    mkdirSync(at('output/checkpoints/checkpoint-20'), { recursive: true })
    const { said } = python([
      '-c',
      `${head}
args = types.SimpleNamespace(output_dir=str(out / "checkpoints"))
report.on_save(args, state, control)
print((out / "checkpoints/checkpoint-20/sealed.json").exists())`
    ])
    expect(said).toBe('sealed before all are there: False\nTrue')
  })

  test('without a checkpoint to go on from, the best of another run is not taken for its own', () => {
    write('output/best/sealed.json', '{}')
    expect(python(['-c', head]).said).toBe('')
    expect(existsSync(at('output/best'))).toBe(false)
  })
})

test.runIf(hasPython)(
  'a GPU without BF16 calculates in F32, and says so; no recipe is refused for it',
  () => {
    write(
      'torch.py',
      `
class cuda:
    there, has = True, True
    is_available = classmethod(lambda self: self.there)
    # of all of them it is mimicked
    is_bf16_supported = classmethod(lambda self, including_emulation=True: including_emulation or self.has)
    get_device_name = classmethod(lambda self: "Tesla T4")
float32, bfloat16 = "f32", "bf16"
`
    )
    const { said } = python([
      '-c',
      `
import torch
from precision import numbers_of
for torch.cuda.there, torch.cuda.has in ((False, False), (True, True), (True, False)):
    for said in ("auto", "bf16", "f32"):
        print(numbers_of({"precision": said}, tell=said == "auto"))`
    ])
    const told = 'Tesla T4 has no BF16: F32 is used, which takes more memory and time.'
    expect(said.split('\n')).toEqual(['f32', 'f32', 'f32', 'bf16', 'bf16', 'f32', told, 'f32', 'f32', 'f32'])
  }
)

test.runIf(hasPython)(
  'a cluster of any size is used as far as it goes; a number that was said is refused',
  () => {
    for (const name of ['ray_driver.py', 'pieces.py']) cpSync(join(programs, name), at(name))
    write('filelock.py', 'FileLock = None\n')
    write('ray/__init__.py', 'remote = lambda **_: lambda what: what\n')
    write('ray/util/__init__.py', '')
    write('ray/util/scheduling_strategies.py', 'PlacementGroupSchedulingStrategy = None\n')
    const { said } = python([
      '-c',
      `
import types
import ray_driver
from ray_driver import Refused, Training
class Asked(Exception): pass
def group(bundles, **_): raise Asked(f"asked for {len(bundles)}")
ray_driver.ray.util.placement_group = group
ray_driver.bundle = lambda: {}
ray_driver.processes_here = lambda: 7
training = object.__new__(Training)
for workers in (0, 2, 3):
    training.options = types.SimpleNamespace(workers=workers, spread=None)
    try:
        training.once()
    except (Asked, Refused) as error:
        print(type(error).__name__, error)`
    ])
    expect(said.split('\n')).toEqual([
      '7 are here, 4 of them train: 4 examples x 1 are shared evenly by 1, 2 or 4',
      'Asked asked for 4',
      'Asked asked for 2',
      expect.stringMatching(/^Refused 4 examples x 1 cannot be shared evenly by 3 processes: start 1, 2 or 4/)
    ])
  }
)
