// Offers a text, or bytes, as a file: the browser's own saving, which works served and under Electron alike.

export const saveText = (name: string, text: string): void =>
  save(name, new Blob([text], { type: 'text/plain;charset=utf-8' }))

export const saveBytes = (name: string, bytes: Uint8Array<ArrayBuffer>): void =>
  save(name, new Blob([bytes], { type: 'application/octet-stream' }))

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
