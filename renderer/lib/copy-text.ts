// Puts a text on the clipboard. A browser may refuse it (no permission, no focus): then false, and the page shows
// the text to be marked and copied by hand.

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
