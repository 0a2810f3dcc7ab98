// `npm run cuda:report`: what the compiler says of the GPU's kernels, and how fast a step can be on paper. Reads what
// ptxas left in addon/build-cuda/cuda/*.usage (npm run build:cuda). Per kernel and architecture: registers, spills,
// blocks that fit a processor; then the products of one step of an 8B model and the time that arithmetic and memory
// of each GPU allow. No GPU is asked: every time here is a bound from data sheets, not a measurement.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { root } from '../house.mjs'

const folder = join(root, 'addon/build-cuda/cuda')

/** Of one processor (streaming multiprocessor), from NVIDIA's programming guide, appendix "Compute Capabilities". */
const limits = {
  sm_75: { threads: 1024, shared: 64 * 1024, blocks: 16 },
  sm_80: { threads: 2048, shared: 164 * 1024, blocks: 32 },
  sm_86: { threads: 1536, shared: 100 * 1024, blocks: 16 },
  sm_89: { threads: 1536, shared: 100 * 1024, blocks: 24 },
  sm_90: { threads: 2048, shared: 228 * 1024, blocks: 32 },
  sm_120: { threads: 1536, shared: 100 * 1024, blocks: 24 }
}

/** Threads of a block and bytes of its shared memory, which ptxas does not see: sizeof of what the kernels share (the
 *  largest of a kernel's forms). Of those that are not named, 256 and nearly none. */
const launches = [
  [/product_bf16_kernel.*Bf16Tile<2, 4, 64, 32>/, 256, 41_024],
  [/product_bf16_kernel/, 128, 20_544],
  [/product_f32_kernel/, 256, 8_768],
  [/few_rows/, 256, 64],
  [/attention_forward_bf16_kernel<64>/, 128, 27_648],
  [/attention_forward_bf16_kernel<128>/, 128, 52_224],
  [/gradient_bf16_kernel<64>/, 128, 27_904],
  [/gradient_bf16_kernel<128>/, 128, 52_480],
  [/attention_forward_kernel.*<64,/, 128, 30_336],
  [/attention_forward_kernel.*<128,/, 128, 35_968],
  [/attention_forward_kernel.*<256,/, 64, 33_856],
  [/gradient_kernel.*<64,/, 128, 43_520],
  [/gradient_kernel.*<128,/, 128, 55_168],
  [/gradient_kernel.*<256,/, 64, 51_136],
  [/attention_row/, 128, 4_128],
  [/rows_kernel|row_products|row_squares|mean_rows|add_to_rows|linear_backward_bias|relative_/, 128, 512],
  [/cross_entropy_kernel\(/, 512, 64],
  [/delta_rule_forward/, 32, 32_768],
  [/clip_scale/, 32, 0]
]

function kernels() {
  const all = []
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.usage'))) {
    let current
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const compiled = /Compiling entry function '(\S+)' for '(\w+)'/.exec(line)
      if (compiled)
        all.push((current = { file, name: compiled[1], arch: compiled[2], spilled: 0, registers: 0 }))
      const spills = /(\d+) bytes spill stores, (\d+) bytes spill loads/.exec(line)
      if (spills && current) current.spilled = Number(spills[1]) + Number(spills[2])
      const used = /Used (\d+) registers/.exec(line)
      if (used && current) current.registers = Number(used[1])
    }
  }
  const plain = spawnSync('c++filt', [], { input: all.map(({ name }) => name).join('\n'), encoding: 'utf8' })
  const names = plain.status === 0 ? plain.stdout.trimEnd().split('\n') : all.map(({ name }) => name)
  return all.map((kernel, i) => ({ ...kernel, name: shortened(names[i] ?? kernel.name) }))
}

const formats = ['F32', 'BF16', 'F16', 'NF4', 'any']
const shortened = (name) =>
  name
    .replace(/^void /, '')
    .replaceAll(/neiro::cuda::(\(anonymous namespace\)::)?/g, '')
    .replaceAll(
      /Operand<\(Format\)(\d), (true|false)>/g,
      (_, f, along) => `${formats[f]}${along === 'true' ? '' : '^T'}`
    )
    .replace(/(>|_kernel)\(.*$/, '$1(')

/** Threads that are at work at once, as a part of those that fit. Registers are given out in 256 a warp. */
function occupancy({ name, arch, registers }) {
  const [, threads, shared] = launches.find(([pattern]) => pattern.test(name)) ?? [undefined, 256, 64]
  const limit = limits[arch]
  const perBlock = Math.ceil((registers * 32) / 256) * 256 * (threads / 32)
  const blocks = Math.min(
    limit.blocks,
    Math.floor(limit.threads / threads),
    Math.floor(65_536 / perBlock),
    Math.floor(limit.shared / (shared + 1024))
  )
  return { blocks, part: (blocks * threads) / limit.threads }
}

/** Dense BF16 with F32 sums (TFLOP/s) and memory (GB/s), from data sheets; `tensor`: what mma.sync reaches of it at
 *  best. Hopper's full rate needs warp-group instructions, which these kernels do not use. */
const gpus = [
  { name: 'RTX 3060', peak: 51, memory: 360, tensor: 1 },
  { name: 'RTX 4070', peak: 58, memory: 504, tensor: 1 },
  { name: 'RTX 4090', peak: 165, memory: 1008, tensor: 1 },
  { name: 'RTX 5090', peak: 210, memory: 1792, tensor: 1 },
  { name: 'H100 SXM', peak: 989, memory: 3350, tensor: 0.62 },
  { name: 'H200', peak: 989, memory: 4800, tensor: 0.62 }
]

/** Llama-3.1-8B, NF4, r = 16 on all seven, 2048 packed tokens, each layer computed again on the way back. */
const model = { layers: 32, hidden: 4096, kv: 1024, inner: 14_336, heads: 32, vocab: 128_256, r: 16, T: 2048 }

/** Products of one layer as [in, out]. */
const products = ({ hidden, kv, inner }) => [
  [hidden, hidden],
  [hidden, kv],
  [hidden, kv],
  [hidden, hidden],
  [hidden, inner],
  [hidden, inner],
  [inner, hidden]
]

/** FLOPs and bytes of a step, part by part. Activations are F32; NF4 takes 0.516 bytes a weight. */
function step(m) {
  const of = (name, flops, bytes) => ({ name, flops, bytes })
  const base = (times) =>
    products(m).reduce(
      (sum, [i, o]) => ({
        flops: sum.flops + 2 * m.T * i * o,
        bytes: sum.bytes + i * o * 0.516 + 4 * m.T * (i + o)
      }),
      { flops: 0, bytes: 0, times }
    )
  const layer = base()
  const thin = products(m).reduce(
    (sum, [i, o]) => ({
      flops: sum.flops + 2 * m.T * m.r * (i + o),
      bytes: sum.bytes + 4 * m.T * (i + 2 * o)
    }),
    { flops: 0, bytes: 0 }
  )
  const scores = m.T * m.T * m.hidden // q.k and p.v of a causal half
  const row = 4 * m.T * m.hidden
  return [
    of('base products (forward, again, back)', 3 * m.layers * layer.flops, 3 * m.layers * layer.bytes),
    of('LoRA products (2 forward, 4 back)', 4 * m.layers * thin.flops, 4 * m.layers * thin.bytes),
    of('attention (forward twice, back 3.5)', (2 * 2 + 7) * m.layers * scores, m.layers * 20 * row),
    of('norms, rope, SwiGLU, sums', 0, m.layers * (24 * row + 3 * 6 * 4 * m.T * m.inner)),
    of('head and loss', 4 * m.T * m.hidden * m.vocab, 3 * m.hidden * m.vocab * 2 + 5 * 4 * m.T * m.vocab)
  ]
}

if (!existsSync(folder)) {
  console.error('No compiled kernels: npm run build:cuda')
  process.exit(3)
}
const all = kernels().map((kernel) => ({ ...kernel, ...occupancy(kernel) }))
const archs = [...new Set(all.map(({ arch }) => arch))].filter((arch) => arch in limits)
console.log('registers (occupancy %) per kernel\n')
console.log(['kernel'.padEnd(74), ...archs.map((arch) => arch.padStart(11))].join(''))
for (const name of [...new Set(all.map((kernel) => kernel.name))].sort()) {
  const cells = archs.map((arch) => {
    const kernel = all.find((one) => one.name === name && one.arch === arch)
    return kernel ? `${kernel.registers} (${Math.round(kernel.part * 100)})`.padStart(11) : ''.padStart(11)
  })
  console.log(name.slice(0, 72).padEnd(74) + cells.join(''))
}
const spilled = all.filter((kernel) => kernel.spilled > 0)
console.log(`\nspills: ${spilled.length ? '' : 'none'}`)
for (const { name, arch, spilled: bytes } of spilled) console.log(`  ${arch} ${name}: ${bytes} bytes`)
console.log('\nunder 25 %, held by registers or shared memory:')
for (const { name, arch, part, registers, blocks } of all.filter((kernel) => kernel.part < 0.25))
  console.log(`  ${arch} ${name}: ${Math.round(part * 100)} % (${registers} registers, ${blocks} blocks)`)

const parts = step(model)
const flops = parts.reduce((sum, part) => sum + part.flops, 0)
console.log(
  `\none step of 8B NF4, r = ${model.r} on all seven, ${model.T} tokens, checkpointing: ${(flops / 1e12).toFixed(1)} TFLOP`
)
console.log('the least time of each part (ms): the longer of arithmetic and memory\n')
console.log(['part'.padEnd(42), ...gpus.map(({ name }) => name.padStart(10))].join(''))
const times = ({ flops: f, bytes }, gpu) =>
  1e3 * Math.max(f / (gpu.peak * gpu.tensor * 1e12), bytes / (gpu.memory * 1e9))
for (const part of parts)
  console.log(part.name.padEnd(42) + gpus.map((gpu) => times(part, gpu).toFixed(1).padStart(10)).join(''))
const whole = gpus.map((gpu) => parts.reduce((sum, part) => sum + times(part, gpu), 0))
console.log('step'.padEnd(42) + whole.map((ms) => ms.toFixed(1).padStart(10)).join(''))
console.log(
  'tokens a second'.padEnd(42) + whole.map((ms) => ((model.T / ms) * 1e3).toFixed(0).padStart(10)).join('')
)
console.log(
  'of the BF16 peak (%)'.padEnd(42) +
    gpus
      .map((gpu, i) => ((flops / (gpu.peak * 1e12) / (whole[i] / 1e3)) * 100).toFixed(0).padStart(10))
      .join('')
)
console.log(
  '\nAssumed: peaks and bandwidths of data sheets; kernels at their bound, one after the other; NVIDIA says what mma.sync\n' +
    'reaches of a Hopper nowhere, 62 % is what others have measured. Nothing here was run on a GPU.'
)
