// Which of many belong together, told pair by pair.
export class Groups {
  readonly #parent: Uint32Array

  constructor(count: number) {
    this.#parent = Uint32Array.from({ length: count }, (_, i) => i)
  }

  of(at: number): number {
    let root = at
    while (this.#parent[root] !== root) root = this.#parent[root] as number
    while (this.#parent[at] !== root) {
      const next = this.#parent[at] as number
      this.#parent[at] = root
      at = next
    }
    return root
  }

  join(a: number, b: number): void {
    const [one, other] = [this.of(a), this.of(b)]
    this.#parent[Math.max(one, other)] = Math.min(one, other)
  }

  /** Those of two and more, each in order. */
  all(): readonly (readonly number[])[] {
    const found = new Map<number, number[]>()
    for (let at = 0; at < this.#parent.length; at++) {
      const root = this.of(at)
      if (root === at) continue
      const known = found.get(root)
      if (known) known.push(at)
      else found.set(root, [root, at])
    }
    return [...found.values()].sort((a, b) => (a[0] as number) - (b[0] as number))
  }
}
