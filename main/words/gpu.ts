// What is said of a graphics card: why it cannot be used, or is not, each as a phrase without its full stop.
import type { KnownGpu, WhyNoGpu } from '../contract/gpu'
import type { Language } from '../contract/language'

type Reasons = Readonly<Record<WhyNoGpu, string>>

const reasons: Readonly<Record<Language, Reasons>> = {
  ja: {
    NOT_BUILT: 'この Neiro には、GPU で計算する部分が入っていません',
    NO_DRIVER: 'NVIDIA の GPU のドライバーがありません',
    DRIVER_TOO_OLD: 'GPU のドライバーが古いため使えません。新しいドライバーを入れてください',
    NO_GPU: 'NVIDIA の GPU が見つかりません',
    GPU_TOO_OLD: 'GPU が古いため使えません（GeForce GTX 16・RTX 20 シリーズより後のものが必要です）',
    GPU_FAILED: 'GPU から返事がありません。PC を再起動してみてください',
    GPU_MEMORY: 'GPU の空きメモリに収まりません',
    GPU_WITHOUT_INT8: 'INT8 の計算は CPU だけで行います'
  },
  en: {
    NOT_BUILT: 'this Neiro has no part that calculates on a GPU',
    NO_DRIVER: 'there is no driver for a GPU of NVIDIA',
    DRIVER_TOO_OLD: 'the driver of the GPU is too old; install a newer one',
    NO_GPU: 'there is no GPU of NVIDIA',
    GPU_TOO_OLD: 'the GPU is too old (GeForce GTX 16, RTX 20 or newer is needed)',
    GPU_FAILED: 'the GPU does not answer; try restarting the PC',
    GPU_MEMORY: 'it does not fit into the free memory of the GPU',
    GPU_WITHOUT_INT8: 'products in INT8 are made by the processor alone'
  }
}

export const whyNoGpu = (reason: string, language: Language): string =>
  (reasons[language] as Readonly<Record<string, string>>)[reason] ?? reason

/** There is something that could be a GPU for Neiro, if only something else were put right: worth telling. Most PCs
 *  have none, and nobody is troubled with what they cannot have. */
const mendable: readonly string[] = ['DRIVER_TOO_OLD', 'GPU_TOO_OLD', 'GPU_FAILED']

/** The phrase; null: there is a GPU, or nothing worth telling. */
export function gpuTrouble({ noGpu }: Pick<KnownGpu, 'noGpu'>, language: Language): string | null {
  if (!noGpu || !mendable.includes(noGpu.reason)) return null
  const why = whyNoGpu(noGpu.reason, language)
  return noGpu.name ? `${noGpu.name}: ${why}` : why
}
