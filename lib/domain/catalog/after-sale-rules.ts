import { z } from 'zod'

/**
 * After-sale rules with the mall's defaults (source: product.md, "After-sale rules"). A category may override some;
 * the merged set is frozen on every order at purchase, so that a later change never touches a running order.
 */
export const AfterSaleRules = z.strictObject({
  payWindowMinutes: z.int().min(5).max(60).default(15),
  inspectionHours: z.int().min(1).max(720).default(72),
  /** Low-risk categories: the inspection window also ends this long after the first reveal. */
  inspectionHoursAfterReveal: z.int().min(1).max(720).nullable().default(null),
  /** What a merchant who lets an order of manual delivery run out pays into the protection fund: this part of its total, 1.00 at least. */
  lateDeliveryPenaltyBps: z.int().min(0).max(5000).default(500),
  merchantReplyHours: z.int().min(1).max(48).default(24),
  buyerEvidenceHours: z.int().min(1).max(336).default(48),
  escalationHours: z.int().min(1).max(336).default(72),
  arbitrationHours: z.int().min(1).max(336).default(48),
  arbitrationAlarmDays: z.int().min(1).max(30).default(7),
  arbitrationRefundDays: z.int().min(1).max(90).default(30),
  appealDays: z.int().min(1).max(30).default(7),
  claimDays: z.int().min(1).max(180).default(30),
  fraudClaimDays: z.int().min(1).max(365).default(180),
})
export type AfterSaleRules = z.infer<typeof AfterSaleRules>

export const DEFAULT_RULES: AfterSaleRules = AfterSaleRules.parse({})

/** The rules that hold for a category: its stored overrides on top of the defaults. */
export function rulesOf(categoryRules: unknown): AfterSaleRules {
  return AfterSaleRules.parse(categoryRules)
}
