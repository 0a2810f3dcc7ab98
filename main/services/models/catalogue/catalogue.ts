// The models that are known by name: resources/catalogue.json, checked as it is read. What of them this version trains
// is said here, and nowhere else.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { ModelUse, Standing } from '../../../contract/window/models'
import { knownFamilies, publishedInBlocks, textFamilyOf } from '../families'
import { licenceSchema } from './licences'

const uses = [
  'ja-chat',
  'ja-tiny',
  'ja-thinking',
  'world-chat',
  'world-thinking',
  'en-chat',
  'en-tiny',
  'zh-chat',
  'tiny',
  'base',
  'classify',
  'search'
] as const satisfies readonly ModelUse[]

const count = z.number().int().positive()

const shapeSchema = z.strictObject({
  layers: count,
  /** of them, those that bring tokens together by a convolution or a delta net; absent: all attend */
  convolving: count.optional(),
  /** of a delta net: heads of keys, heads of values, values of each */
  deltaKeys: count.optional(),
  deltaValues: count.optional(),
  deltaSize: count.optional(),
  /** every so many-th sees all, with heads of another size, the others a window; absent: all are alike */
  period: count.optional(),
  fullHeadSize: count.optional(),
  /** so many at the end borrow keys and values of earlier ones; wide: their feed-forward blocks are twice as wide */
  borrowing: count.optional(),
  wide: z.boolean().optional(),
  /** width of the vector that each layer has of each token */
  tokenVector: count.optional(),
  hidden: count,
  heads: count,
  keyValueHeads: count,
  headSize: count,
  intermediate: count,
  vocab: count,
  /** the head is the embedding */
  tied: z.boolean(),
  /** parameters of what is left out of it (eyes, heads that guess several tokens); absent: nothing is */
  beside: count.optional()
})
export type Shape = z.infer<typeof shapeSchema>

const modelSchema = z.strictObject({
  id: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  name: z.string().min(1),
  maker: z.string().min(1),
  /** model_type */
  family: z.string().min(1),
  parameters: count.nullable(),
  /** of the files to fetch, bytes */
  sizeBytes: count.nullable(),
  licence: z.string(),
  languages: z.array(z.string()),
  languageCount: count.optional(),
  contextLength: count.nullable(),
  gated: z.boolean().nullable(),
  chatTemplate: z.boolean().nullable(),
  thinking: z.boolean().nullable(),
  released: z.string().regex(/^20\d\d(-\d\d)?(-\d\d)?$/),
  use: z.enum(uses),
  /** sentencepiece: its folder has tokenizer.model alone; mecab: words are split by a dictionary first, which is not done
   *  here; unknown: nobody has looked yet */
  tokenizer: z.enum(['sentencepiece', 'mecab', 'unknown']).optional(),
  shape: shapeSchema.optional()
})
export type KnownModel = z.infer<typeof modelSchema>

const familySchema = z.strictObject({
  /** of config.json, besides what the shape says */
  config: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** tensors of one layer, each with its size in the words of Shape: "q h" */
  layer: z.record(z.string(), z.string()),
  /** the same of a layer that does not attend */
  convolvingLayer: z.record(z.string(), z.string()).optional(),
  /** what layer_types calls those; absent: conv */
  otherwise: z.string().optional(),
  /** of them, those that the first layer does not have */
  notFirst: z.array(z.string()).optional(),
  /** of them, those that a layer which borrows does not have */
  notBorrowing: z.array(z.string()).optional(),
  /** tensors that belong to no layer; absent: Llama's */
  around: z.record(z.string(), z.string()).optional(),
  /** what its weights are published as; absent: 16 bits */
  stored: z.enum(['F32']).optional()
})
export type FamilyTensors = z.infer<typeof familySchema>

const catalogueSchema = z.strictObject({
  gathered: z.string(),
  /** where models come from, until somebody says otherwise */
  hub: z.string().regex(/^https:\/\//),
  licences: z.record(z.string(), licenceSchema),
  families: z.record(z.string(), familySchema),
  models: z.array(modelSchema)
})
export type Catalogue = z.infer<typeof catalogueSchema>

export async function readCatalogue(file: string): Promise<Catalogue> {
  return catalogueSchema.parse(JSON.parse(await readFile(file, 'utf8')))
}

/** Whether it can be trained: its family is known, and its texts become tokens here. */
export const standingOf = ({ family, tokenizer }: Pick<KnownModel, 'family' | 'tokenizer'>): Standing =>
  (knownFamilies as readonly string[]).includes(textFamilyOf(family)) &&
  !publishedInBlocks(family) &&
  tokenizer !== 'mecab' &&
  tokenizer !== 'unknown'
    ? 'ready'
    : 'coming'
