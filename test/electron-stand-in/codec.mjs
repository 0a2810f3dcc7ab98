// Values between a page and main, as plain JSON with marks for what JSON lacks. The same function runs on both
// sides (the page gets its source), so it uses nothing from outside itself.
export function makeCodec() {
  const mark = '$shim'
  const toBase64 = (bytes) => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 32768)
      text += String.fromCharCode.apply(null, bytes.subarray(at, at + 32768))
    return btoa(text)
  }
  const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const isPlain = (value) =>
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value))

  function encode(value) {
    if (value === undefined) return { [mark]: 'undefined' }
    if (value instanceof ArrayBuffer) return { [mark]: 'ArrayBuffer', data: toBase64(new Uint8Array(value)) }
    if (ArrayBuffer.isView(value))
      return {
        [mark]: Object.prototype.toString.call(value).slice(8, -1),
        data: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      }
    if (value instanceof Map) return { [mark]: 'Map', data: [...value].map((pair) => pair.map(encode)) }
    if (value instanceof Set) return { [mark]: 'Set', data: [...value].map(encode) }
    if (Array.isArray(value)) return value.map(encode)
    if (isPlain(value))
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, encode(entry)]))
    return value
  }

  function decode(value) {
    if (Array.isArray(value)) return value.map(decode)
    if (typeof value !== 'object' || value === null) return value
    switch (value[mark]) {
      case undefined:
        return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, decode(entry)]))
      case 'undefined':
        return undefined
      case 'Map':
        return new Map(value.data.map((pair) => pair.map(decode)))
      case 'Set':
        return new Set(value.data.map(decode))
      case 'ArrayBuffer':
        return fromBase64(value.data).buffer
      case 'Uint8Array':
        return fromBase64(value.data)
      default:
        return new globalThis[value[mark]](fromBase64(value.data).buffer)
    }
  }

  return { encode, decode }
}
