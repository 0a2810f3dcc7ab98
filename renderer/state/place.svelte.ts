// Where the user is: page, project and run. Kept in the address, so that reload and Back work when served.
import { steps, type Step } from '../../main/contract/window/projects'

export type Page = 'home' | 'runs' | 'models' | 'settings' | Step

const pages: readonly string[] = ['home', 'runs', 'models', 'settings', ...steps]

export const isStep = (page: string): page is Step => (steps as readonly string[]).includes(page)

class Place {
  #page = $state<Page>('home')
  #project = $state<string | null>(null)
  #run = $state<string | null>(null)
  #view = $state<string | null>(null)

  constructor() {
    this.#read()
    window.addEventListener('hashchange', () => this.#read())
  }

  get page(): Page {
    return this.#page
  }
  get project(): string | null {
    return this.#project
  }
  /** the run that train, compare and export are about */
  get run(): string | null {
    return this.#run
  }

  /** the part of the page to begin with; null: its first */
  get view(): string | null {
    return this.#view
  }

  /** Leaving project or run out keeps them. */
  go(page: Page, to: { project?: string | null; run?: string | null; view?: 'chat' } = {}): void {
    const query = new URLSearchParams()
    const project = to.project === undefined ? this.#project : to.project
    const run = to.run === undefined ? this.#run : to.run
    if (project) query.set('project', project)
    if (run) query.set('run', run)
    if (to.view) query.set('view', to.view)
    const hash = `#${page}${query.size > 0 ? `?${query}` : ''}`
    if (location.hash === hash) return
    location.hash = hash
    this.#read()
  }

  /** Tells later whether the user is still on this page of this project: what took its time takes nobody along. */
  mark(): () => boolean {
    const [page, project] = [this.#page, this.#project]
    return () => this.#page === page && this.#project === project
  }

  /** What is shown is named in the address, without a step more to go back through. */
  settle({ run, view }: { run: string; view?: 'chat' | null }): void {
    const seen = view === undefined ? this.#view : view
    if (this.#run === run && this.#view === seen) return
    const query = new URLSearchParams(location.hash.split('?')[1])
    query.set('run', run)
    if (seen) query.set('view', seen)
    else query.delete('view')
    history.replaceState(history.state, '', `#${this.#page}?${query}`)
    this.#read()
  }

  #read(): void {
    const [page = '', query] = location.hash.slice(1).split('?')
    const parameters = new URLSearchParams(query)
    this.#project = parameters.get('project')
    // a step is always a project's
    const known = pages.includes(page) && (this.#project !== null || !isStep(page))
    this.#page = known ? (page as Page) : 'home'
    this.#run = parameters.get('run')
    this.#view = parameters.get('view')
  }
}

export const place = new Place()
