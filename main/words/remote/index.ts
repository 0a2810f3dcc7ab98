// What is said of trainings elsewhere in either language: what leaves the machine, and the README of the generated folder.
import type { Language } from '../../contract/language'
import { remote as en } from './en'
import { remote as ja, type RemoteWords } from './ja'

export type { ReadmeFacts, RemoteWords, SpreadRow } from './ja'

export const remoteWords = (language: Language): RemoteWords => (language === 'ja' ? ja : en)
