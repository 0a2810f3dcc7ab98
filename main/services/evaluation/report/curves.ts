// Curves of a training as a picture of a report: SVG with its values as text beside it. Pure.
import { markup, type Html } from './html'

export interface ReportCurve {
  readonly name: string
  readonly points: readonly { readonly step: number; readonly value: number }[]
}

const [width, height, room] = [640, 200, 44]
const strokes = ['#8c877a', '#1d5a86']

export function curvesPicture(curves: readonly ReportCurve[], title: string): Html | null {
  const points = curves.flatMap((curve) => curve.points).filter(({ value }) => Number.isFinite(value))
  if (points.length < 2) return null
  const range = (of: 'step' | 'value'): readonly [number, number] => {
    const values = points.map((point) => point[of])
    return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
  }
  const [[firstStep, lastStep], [low, high]] = [range('step'), range('value')]
  const place = (value: number, from: number, to: number, begin: number, end: number): string =>
    (begin + ((value - from) / (to - from || 1)) * (end - begin)).toFixed(1)
  const path = (curve: ReportCurve): string =>
    curve.points
      .filter(({ value }) => Number.isFinite(value))
      .map(
        ({ step, value }) =>
          `${place(step, firstStep, lastStep, room, width - 8)},${place(value, low, high, height - 24, 8)}`
      )
      .join(' ')
  return markup`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">
    ${curves.map(
      (curve, at) =>
        markup`<polyline fill="none" stroke="${strokes[at % 2] ?? ''}" stroke-width="1.5" points="${path(curve)}" />`
    )}
    <text x="0" y="14" font-size="11" fill="#66635b">${high.toFixed(2)}</text>
    <text x="0" y="${height - 24}" font-size="11" fill="#66635b">${low.toFixed(2)}</text>
    <text x="${room}" y="${height - 6}" font-size="11" fill="#66635b">${firstStep}</text>
    <text x="${width - 40}" y="${height - 6}" font-size="11" fill="#66635b">${lastStep}</text>
    ${curves.map(
      (curve, at) =>
        markup`<text x="${width - 150}" y="${16 + 14 * at}" font-size="11" fill="${strokes[at % 2] ?? ''}">${curve.name}</text>`
    )}
  </svg>`
}
