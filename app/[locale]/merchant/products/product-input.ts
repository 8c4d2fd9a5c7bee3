import { z } from 'zod'
import {
  ATTRIBUTE_KEYS,
  AUTOMATIC,
  MOST_DELIVERY_HOURS,
  MOST_LOW_STOCK,
  MOST_VALIDITY_DAYS,
  MOST_SEATS,
  type AttributeKey,
  type Attributes,
  type Delivery,
  type ProductInput,
  type Tier,
  type VariantInput,
} from '@/lib/domain/catalog'
import { DeliveryKind } from '@/lib/infra/prisma/enums'
import {
  httpsInput,
  moneyInput,
  optionalText,
  passIssues,
  refuseField,
  requiredText,
  wholeInput,
} from '../../_console/form-schema'
import { MOST_VARIANTS, TIER_ROWS } from './variant-limits'

const Variant = z.object({
  id: z.uuid().optional(),
  nameZh: requiredText(60),
  nameEn: optionalText(60),
  price: moneyInput.refine((minor) => minor > 0, 'money'),
  max: wholeInput(1, 1000),
  delivery: z.enum(DeliveryKind).default('AUTOMATIC'),
})

const Facts = z.object({
  id: z.uuid().optional(),
  intent: z.enum(['save', 'publish']).default('save'),
  categoryId: z.uuid(),
  titleZh: requiredText(80, 2),
  titleEn: optionalText(120),
  descriptionZh: requiredText(2000),
  descriptionEn: optionalText(2000),
  downloadUrl: httpsInput,
  guideZh: requiredText(2000),
  guideEn: optionalText(2000),
})

type Form = Readonly<Record<string, unknown>>
type Intent = z.infer<typeof Facts>['intent']

/** The product form as what `saveProduct` takes. Names of rows are flat (`v0-price`, `v0-t1-from`), so that it works without JavaScript. Rows of variants that are wholly empty are left out. */
export const ProductFormInput: z.ZodType<ProductInput & { intent: Intent }> = z
  .record(z.string(), z.unknown())
  .transform((form, ctx) => {
    const facts = Facts.safeParse(form)
    if (!facts.success) passIssues(ctx, facts.error, ([field]) => String(field))
    const attributes = readAttributes(form, ctx)
    const variants = readVariants(form, ctx)
    if (!facts.success || ctx.issues.length > 0) return z.NEVER
    const { id, ...rest } = facts.data
    return { ...rest, ...(id === undefined ? {} : { id }), attributes, variants }
  })

type Context = z.core.$RefinementCtx

function readAttributes(form: Form, ctx: Context): Attributes {
  const attributes: Partial<Record<AttributeKey, string>> = {}
  for (const key of ATTRIBUTE_KEYS) {
    const name = `attribute-${key}`
    const value = take(optionalText(60), form, name, ctx)
    if (value) attributes[key] = value
  }
  return attributes
}

function readVariants(form: Form, ctx: Context): VariantInput[] {
  const variants: VariantInput[] = []
  for (let row = 0; row < MOST_VARIANTS; row++) {
    const at = (name: string) => form[`v${row}-${name}`]
    const blank = [at('id'), at('nameZh'), at('price')].every((value) => value === undefined || value === '')
    if (blank) continue
    const parsed = Variant.safeParse({
      id: at('id') || undefined,
      nameZh: at('nameZh'),
      nameEn: at('nameEn'),
      price: at('price'),
      max: at('max'),
      delivery: at('delivery') || undefined,
    })
    if (!parsed.success) {
      passIssues(ctx, parsed.error, ([field]) => `v${row}-${String(field)}`)
      continue
    }
    const { id, price, max, delivery: kind, ...names } = parsed.data
    const delivery = readDelivery(form, row, kind, ctx)
    if (kind === 'SHARED' && max !== 1) refuseField(ctx, `v${row}-max`, 'shared-one')
    const tiers = readTiers(form, row, price, ctx)
    const active = id === undefined || at('active') !== undefined
    const lowStockAt = takeOptional(form, `v${row}-low`, MOST_LOW_STOCK, ctx)
    const validityDays = takeOptional(form, `v${row}-validity`, MOST_VALIDITY_DAYS, ctx)
    variants.push({
      ...(id === undefined ? {} : { id }),
      ...names,
      priceMinor: price,
      maxPerOrder: max,
      active,
      tiers,
      delivery,
      lowStockAt,
      validityDays,
    })
  }
  if (variants.length === 0 && ctx.issues.length === 0) refuseField(ctx, 'v0-nameZh', 'required')
  return variants
}

/** Hours and seats are read of the kind that needs them; of another they may stand in the form as they like. */
function readDelivery(form: Form, row: number, kind: DeliveryKind, ctx: Context): Delivery {
  if (kind === 'MANUAL') {
    const hours = take(wholeInput(1, MOST_DELIVERY_HOURS), form, `v${row}-hours`, ctx)
    return { kind, hours: hours ?? 0 }
  }
  if (kind !== 'SHARED') return AUTOMATIC
  const seats = take(wholeInput(2, MOST_SEATS), form, `v${row}-seats`, ctx)
  return { kind, seats: seats ?? 0 }
}

/** Each tier must need more and cost less than the one before: otherwise buying more would cost more. */
function readTiers(form: Form, row: number, priceMinor: number, ctx: Context): Tier[] {
  const tiers: Tier[] = []
  for (let tier = 0; tier < TIER_ROWS; tier++) {
    const [from, price] = [`v${row}-t${tier}-from`, `v${row}-t${tier}-price`]
    if (!form[from] && !form[price]) continue
    const minQuantity = take(wholeInput(2, 1000), form, from, ctx)
    const unitPriceMinor = take(moneyInput, form, price, ctx)
    if (minQuantity === undefined || unitPriceMinor === undefined) continue
    const before = tiers.at(-1)
    if (minQuantity <= (before?.minQuantity ?? 1)) refuseField(ctx, from, 'tier-quantity')
    if (unitPriceMinor < 1 || unitPriceMinor >= (before?.unitPriceMinor ?? priceMinor)) {
      refuseField(ctx, price, 'tier-price')
    }
    tiers.push({ minQuantity, unitPriceMinor })
  }
  return tiers
}

/** A whole number from 1 on; null for an empty field, undefined for one that the form does not have. */
function takeOptional(form: Form, name: string, most: number, ctx: Context): number | null | undefined {
  const given = form[name]
  if (given === undefined) return undefined
  return typeof given === 'string' && given.trim() === '' ? null : take(wholeInput(1, most), form, name, ctx)
}

function take<T>(schema: z.ZodType<T>, form: Form, name: string, ctx: Context): T | undefined {
  const parsed = schema.safeParse(form[name] ?? undefined)
  if (parsed.success) return parsed.data
  passIssues(ctx, parsed.error, () => name)
  return undefined
}
