// The trainer process under Electron.
import type { TrainerHostOptions, TrainerProcess } from '../services/engine/trainer-host'
import { startUtilityProcess } from './utility-process'

export const startUtilityTrainer = ({ trainerEntry, addonFile, env }: TrainerHostOptions): TrainerProcess =>
  startUtilityProcess({
    program: trainerEntry,
    name: 'Neiro trainer',
    env: { ...env, NEIRO_ADDON: addonFile }
  })
