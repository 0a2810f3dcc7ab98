// How much better an answer did than the others to the same question, from the rewards of all.

/** group: by the spread of the answers to one question; batch: of all; none: only the mean is taken off (Dr. GRPO) */
export type RewardScale = 'group' | 'batch' | 'none'

const epsilon = 1e-4

/** Of GRPO (Shao et al. 2024). Answers to one question stand next to each other, `group` of them. */
export function groupAdvantages(
  rewards: readonly number[],
  group: number,
  scale: RewardScale
): readonly number[] {
  const spread = deviation(rewards)
  return groupsOf(rewards, group).flatMap((own) => {
    const middle = mean(own)
    const by = scale === 'none' ? 1 : (scale === 'group' ? deviation(own) : spread) + epsilon
    return own.map((reward) => (reward - middle) / by)
  })
}

/** Of RLOO (Ahmadian et al. 2024): each against the mean of the others. */
export function leaveOneOut(
  rewards: readonly number[],
  group: number,
  normalised: boolean
): readonly number[] {
  const advantages = groupsOf(rewards, group).flatMap((own) => {
    const sum = own.reduce((total, reward) => total + reward, 0)
    return own.map((reward) => reward - (sum - reward) / (group - 1))
  })
  if (!normalised) return advantages
  const [middle, spread] = [mean(advantages), deviation(advantages)]
  return advantages.map((advantage) => (advantage - middle) / (spread + epsilon))
}

function groupsOf(values: readonly number[], size: number): (readonly number[])[] {
  return Array.from({ length: values.length / size }, (_, i) => values.slice(i * size, (i + 1) * size))
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** with n - 1, as PyTorch's std */
function deviation(values: readonly number[]): number {
  const middle = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1))
}
