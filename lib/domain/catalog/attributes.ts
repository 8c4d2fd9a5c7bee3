import { z } from 'zod'
import { Refusal } from '@/lib/kernel/refusal'

/** Facts that a product states about its CDKs; the category's template says which it may and must state. */
export const ATTRIBUTE_KEYS = ['region', 'platform', 'edition', 'activationLimit', 'validity'] as const
export type AttributeKey = (typeof ATTRIBUTE_KEYS)[number]

export const AttributeTemplate = z.array(z.strictObject({ key: z.enum(ATTRIBUTE_KEYS), required: z.boolean() }))
export type AttributeTemplate = z.infer<typeof AttributeTemplate>

export const Attributes = z.partialRecord(z.enum(ATTRIBUTE_KEYS), z.string().trim().min(1).max(60))
export type Attributes = z.infer<typeof Attributes>

/** Keeps what the template knows; refuses `catalog/attribute-missing` when a required attribute is not stated. */
export function fitAttributes(template: AttributeTemplate, stated: Attributes): Attributes {
  const fitted: Attributes = {}
  for (const { key, required } of template) {
    const value = stated[key]
    if (value) fitted[key] = value
    else if (required) throw new Refusal('catalog/attribute-missing', { attribute: key })
  }
  return fitted
}
