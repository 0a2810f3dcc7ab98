// The order of labels: numbers by their value, then words by their characters; the same on every machine.
export function byLabel(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)]
  const [numberA, numberB] = [a.trim() !== '' && Number.isFinite(x), b.trim() !== '' && Number.isFinite(y)]
  if (numberA && numberB && x !== y) return x - y
  if (numberA !== numberB) return numberA ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
