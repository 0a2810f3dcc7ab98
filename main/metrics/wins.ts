// Who of two is ahead, as a share that is counted: of two that are equal each has won half, so that a model that has learnt
// nothing stands at chance and not at nothing (as in Mann and Whitney's test). Pure.

export const wonOver = (one: number, other: number): number => (one > other ? 1 : one === other ? 0.5 : 0)
