// The language in use and its dictionary. One owner; pages read i18n.words.<room>.
import type { Language } from '../../main/contract/language'
import { en } from './en'
import { ja, type Words } from './ja'

class I18n {
  #language = $state<Language>(navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en')

  get language(): Language {
    return this.#language
  }

  get words(): Words {
    return this.#language === 'ja' ? ja : en
  }

  use(language: Language): void {
    this.#language = language
    document.documentElement.lang = language
  }
}

export const i18n = new I18n()
