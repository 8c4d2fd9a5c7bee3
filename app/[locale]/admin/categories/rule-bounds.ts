import { z } from 'zod'
import { AfterSaleRules } from '@/lib/domain/catalog'
import { RULE_NAMES, type RuleName } from './category-input'

const Bound = z.object({ minimum: z.number(), maximum: z.number() })
const Bounded = z.union([Bound, z.object({ anyOf: z.tuple([Bound], z.unknown()) }).transform(({ anyOf }) => anyOf[0])])

/** The least and most of each rule, read from the schema that guards them, so that the hint cannot differ from the guard. */
export const RULE_BOUNDS: Readonly<Record<RuleName, { least: number; most: number }>> = boundsOf()

function boundsOf() {
  const { properties } = z
    .object({ properties: z.record(z.string(), z.unknown()) })
    .parse(z.toJSONSchema(AfterSaleRules))
  const bounds = RULE_NAMES.map((name) => {
    const { minimum, maximum } = Bounded.parse(properties[name])
    return [name, { least: minimum, most: maximum }] as const
  })
  return Object.fromEntries(bounds) as Record<RuleName, { least: number; most: number }>
}
