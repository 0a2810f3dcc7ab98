// What a sweep may be asked to try, as it comes from a window or a file: names of settings with values that are looked at one by
// one later.
import { z } from 'zod'
import type { SettingKey, Settings } from '../../contract/settings'
import { settingKeys } from '../recipes/setting-values'

export const triedSchema = z
  .array(
    z.strictObject({
      key: z.enum(settingKeys as readonly [SettingKey, ...SettingKey[]]),
      values: z
        .array(z.union([z.number(), z.boolean(), z.string().max(200), z.array(z.string().max(100)).max(50)]))
        .min(1)
        .max(64) as unknown as z.ZodType<readonly Settings[SettingKey][]>
    })
  )
  .min(1)
  .max(8)
