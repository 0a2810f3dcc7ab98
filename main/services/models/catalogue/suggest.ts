// Which model is the one to begin with, on this PC, for these data, for learning a tone or to sort texts. Pure but for the
// plans that it asks for, one after the other, until one is good.
import type { ModelPlan } from '../../../contract/window/training'
import type { Suggestion, SuggestionReason } from '../../../contract/window/models'
import { standingOf, type Catalogue, type KnownModel } from './catalogue'

/** A tone is learnt by small models; larger ones know more facts, which is another goal. */
const enough = 4.5e9
/** below, a model writes no whole letter */
const least = 0.4e9
/** a coffee, not a night */
const patienceSeconds = 3600

/** What it is for: to write, or to score whole texts; and of which language the texts are. */
export interface Wanted {
  readonly head: 'language' | 'score'
  readonly japanese: boolean
}

/** The models that come into question, the best first. */
export function candidates(
  { models, licences }: Catalogue,
  { head, japanese }: Wanted
): readonly KnownModel[] {
  const talks = ({ use }: KnownModel): boolean => use === 'world-chat' || (japanese && use === 'ja-chat')
  const sorts = ({ use, languages }: KnownModel): boolean =>
    use === 'classify' && languages.includes(japanese ? 'ja' : 'en')
  return models
    .filter(
      (model) =>
        (head === 'score' ? sorts : talks)(model) &&
        model.shape !== undefined &&
        standingOf(model) === 'ready' &&
        // what thinks aloud answers in another form than the examples; what is gated asks for an account first
        model.thinking !== true &&
        model.gated !== true &&
        licences[model.licence]?.use === 'free' &&
        (head === 'score' || (model.parameters ?? 0) >= least) &&
        (model.parameters ?? Infinity) <= enough
    )
    .sort(
      (a, b) =>
        Number(b.use === 'ja-chat' && japanese) - Number(a.use === 'ja-chat' && japanese) ||
        (b.parameters ?? 0) - (a.parameters ?? 0)
    )
}

/** The first that fits in the time of a coffee; else the one that comes nearest; null where nothing can be trained. */
export async function suggest(
  catalogue: Catalogue,
  wanted: Wanted,
  planOf: (model: KnownModel) => Promise<ModelPlan>
): Promise<Suggestion | null> {
  let nearest: { readonly model: KnownModel; readonly plan: ModelPlan } | null = null
  for (const model of candidates(catalogue, wanted)) {
    const plan = await planOf(model)
    if (plan.fit === 'fits' && plan.seconds <= patienceSeconds) return suggestion(model, plan)
    if (plan.fit === 'too-large') continue
    const better = !nearest || rank(plan) < rank(nearest.plan)
    if (better) nearest = { model, plan }
  }
  return nearest && suggestion(nearest.model, nearest.plan)
}

/** One that fits goes before one that is tight, a quicker one before a slower. */
const rank = ({ fit, seconds }: ModelPlan): number => seconds + (fit === 'fits' ? 0 : 1e9)

function suggestion(model: KnownModel, plan: ModelPlan): Suggestion {
  const reasons: readonly (SuggestionReason | false)[] = [
    model.use === 'classify' ? 'sorts' : model.use === 'ja-chat' ? 'polite-japanese' : 'multilingual',
    plan.fit === 'fits' ? 'fits' : 'tight',
    plan.seconds <= patienceSeconds ? 'minutes' : 'hours',
    model.use !== 'classify' && plan.seconds <= patienceSeconds && 'enough',
    'free'
  ]
  return { id: model.id, plan, reasons: reasons.filter((reason) => reason !== false) }
}
