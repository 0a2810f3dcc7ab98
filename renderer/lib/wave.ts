// The signature: a plain sine (the base model) that takes on overtones (the tuned one). Formulas from the
// design; pure, so that the page, the strip and the mark draw the same line.

const baseVoice = (p: number): number => 0.36 * Math.sin(p)

const tunedVoices: readonly ((p: number) => number)[] = [
  (p) => 0.74 * Math.sin(p) + 0.27 * Math.sin(2 * p + 0.8) + 0.1 * Math.sin(3 * p + 0.3),
  (p) => 0.56 * Math.sin(p + 0.6) + 0.33 * Math.sin(2 * p - 0.1) + 0.08 * Math.sin(4 * p),
  (p) => 0.4 * Math.sin(p - 0.8) + 0.36 * Math.sin(3 * p + 0.5)
]

export const smoothstep = (from: number, to: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)))
  return t * t * (3 - 2 * t)
}

export interface WaveShape {
  readonly width: number
  readonly height: number
  /** periods across the whole width */
  readonly periods: number
  /** 0 = plain sine, 1 = full tone, at a place u in 0..1 */
  readonly tone: (u: number) => number
  /** the part to draw, in 0..1 */
  readonly from: number
  readonly to: number
}

/** SVG path of voice 0, 1 or 2 (strongest first). */
export function wavePath(voice: 0 | 1 | 2, shape: WaveShape): string {
  const { width, height, periods, tone, from, to } = shape
  const steps = Math.max(2, Math.ceil(((to - from) * width) / 2))
  const middle = height / 2
  let path = ''
  for (let i = 0; i <= steps; i++) {
    const u = from + ((to - from) * i) / steps
    const p = 2 * Math.PI * periods * u
    const m = tone(u)
    const swell = 0.8 + 0.2 * Math.sin(p / 4.3 + 0.9 * voice + 1)
    const y = baseVoice(p) * (1 - m) + (tunedVoices[voice]?.(p) ?? 0) * swell * m
    path += `${i === 0 ? 'M' : 'L'}${(u * width).toFixed(1)} ${(middle - y * middle * 0.92).toFixed(1)}`
  }
  return path
}
