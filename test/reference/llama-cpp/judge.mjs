// What llama.cpp itself makes of GGUF files: one task a line on standard input, one answer a line on standard output,
// both JSON. Knows nothing of Neiro.
//   { file, adapter?, prompts: [[id]], count, context? }  ->  { answers: [[id]], likely: [[probability of each]], stops: [id] }
//   { file, texts: [text] }                     ->  { tokens: [[id]] }
//   { file, chats: [text], count }              ->  { chats: [{ text, hasEnded }] }, greedy; special tokens of a text are tokens
import { createInterface } from 'node:readline'
import { getLlama, LlamaLogLevel } from 'node-llama-cpp'

const llama = await getLlama({
  gpu: false,
  build: 'never',
  logLevel: LlamaLogLevel.error,
  // several threads wait for each other without end on a busy machine
  maxThreads: 1
})

async function answerOf({ model, adapter, prompts, count, context: size = 512 }) {
  const context = await model.createContext({
    contextSize: size,
    batchSize: size,
    threads: 1,
    flashAttention: false,
    ...(adapter && { lora: { adapters: [{ filePath: adapter, scale: 1 }] } })
  })
  const answers = []
  const likely = []
  for (const prompt of prompts) {
    const sequence = context.getSequence()
    const ids = []
    const chances = []
    const steps = sequence.evaluateWithMetadata(
      prompt,
      { confidence: true },
      { temperature: 0, yieldEogToken: true }
    )
    for await (const { token, confidence } of steps) {
      ids.push(token)
      chances.push(confidence)
      if (ids.length === count || model.isEogToken(token)) break
    }
    answers.push(ids)
    likely.push(chances)
    sequence.dispose()
  }
  await context.dispose()
  return { answers, likely, stops: [model.tokens.eos, model.tokens.eot].filter((id) => id !== null) }
}

// the package's own chat waits for ends that it finds out by itself; here whatever the file calls an end is one
async function chatsOf({ model, chats, count }) {
  const context = await model.createContext({
    contextSize: 2048,
    batchSize: 512,
    threads: 1,
    flashAttention: false
  })
  const answers = []
  for (const text of chats) {
    const sequence = context.getSequence()
    const ids = []
    let hasEnded = false
    for await (const token of sequence.evaluate(model.tokenize(text, true), {
      temperature: 0,
      yieldEogToken: true
    })) {
      hasEnded = model.isEogToken(token)
      if (!hasEnded) ids.push(token)
      if (hasEnded || ids.length === count) break
    }
    answers.push({ text: model.detokenize(ids), hasEnded })
    sequence.dispose()
  }
  await context.dispose()
  return { chats: answers }
}

async function said({ file, texts, ...task }) {
  const model = await llama.loadModel({ modelPath: file, gpuLayers: 0 })
  try {
    if (texts) return { tokens: texts.map((text) => [...model.tokenize(text, true)]) }
    return await (task.chats ? chatsOf : answerOf)({ model, ...task })
  } finally {
    await model.dispose()
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await said(JSON.parse(line)).catch((error) => ({ error: String(error?.message ?? error) }))
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
await llama.dispose()
