// A file dropped beside the places that take files: a browser would leave the page and show the file instead.

/** For the whole window; places that take files have handled their drops before. */
export function refuseStrayDrops(window: Window): void {
  for (const kind of ['dragover', 'drop'] as const) {
    window.addEventListener(kind, (event) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'none'
    })
  }
}
