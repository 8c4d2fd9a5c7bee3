import { z } from 'zod'
import { ATTRIBUTE_KEYS, AfterSaleRules, type CategoryInput, DEFAULT_RULES } from '@/lib/domain/catalog'
import { COVER_GLYPHS } from '@/components/cover-art'
import { passIssues, requiredText, slugInput, tickInput, wholeInput } from '../../_console/form-schema'

/** The rules an operator may change here, in the order they happen. */
export const RULE_NAMES = [
  'payWindowMinutes',
  'lateDeliveryPenaltyBps',
  'inspectionHours',
  'inspectionHoursAfterReveal',
  'merchantReplyHours',
  'buyerEvidenceHours',
  'escalationHours',
  'arbitrationHours',
  'arbitrationAlarmDays',
  'arbitrationRefundDays',
  'appealDays',
  'claimDays',
  'fraudClaimDays',
] as const satisfies readonly (keyof AfterSaleRules)[]
export type RuleName = (typeof RULE_NAMES)[number]

const Facts = z.object({
  slug: slugInput,
  nameZh: requiredText(40),
  nameEn: requiredText(60),
  glyph: z.string().refine((glyph) => Object.hasOwn(COVER_GLYPHS, glyph), 'choice'),
  needsDownloadAddress: tickInput,
  requiresProof: tickInput,
  position: wholeInput(0, 9999),
})

type Form = Readonly<Record<string, unknown>>
type Context = z.core.$RefinementCtx

/** The category form as what `createCategory` takes; rules left empty or at the default are not stored. */
export const CategoryFormInput: z.ZodType<CategoryInput & { id: string | null }> = z
  .record(z.string(), z.unknown())
  .transform((form, ctx) => {
    const facts = Facts.safeParse(form)
    if (!facts.success) passIssues(ctx, facts.error, ([field]) => String(field))
    const attributeTemplate = ATTRIBUTE_KEYS.flatMap((key) => {
      const use = form[`attribute-${key}`]
      return use === 'may' || use === 'must' ? [{ key, required: use === 'must' }] : []
    })
    const rules = readRules(form, ctx)
    const id = z.uuid().safeParse(form.id).data ?? null
    if (!facts.success || ctx.issues.length > 0) return z.NEVER
    return { ...facts.data, attributeTemplate, rules, id }
  })

function readRules(form: Form, ctx: Context): Partial<AfterSaleRules> {
  const rules: Partial<Record<RuleName, number>> = {}
  for (const name of RULE_NAMES) {
    const field = `rule-${name}`
    const typed = form[field]
    if (typeof typed !== 'string' || typed.trim() === '') continue
    const parsed = AfterSaleRules.shape[name].safeParse(/^\d{1,6}$/u.test(typed.trim()) ? Number(typed) : Number.NaN)
    if (!parsed.success) passIssues(ctx, parsed.error, () => field)
    else if (parsed.data !== DEFAULT_RULES[name] && parsed.data !== null) rules[name] = parsed.data
  }
  return rules
}
