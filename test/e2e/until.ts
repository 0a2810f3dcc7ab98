// Asks again until there is an answer; the limit of whoever asks ends the waiting.

export async function until<T>(ask: () => Promise<T | null>, most = 180_000): Promise<T> {
  for (const end = Date.now() + most; ;) {
    const answer = await ask()
    if (answer !== null) return answer
    if (Date.now() > end) throw new Error(`no answer in ${most} ms: ${ask}`)
    await new Promise((again) => setTimeout(again, 100))
  }
}
