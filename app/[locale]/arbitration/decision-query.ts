import { z } from 'zod'
import { tariffsOf } from '@/lib/domain/arbitration'
import { UnitResult } from '@/lib/infra/prisma/enums'
import type { Chosen } from '@/lib/queries/arbitration'
import type { CaseView } from '@/lib/queries/case'
import { moneyInput, orEmpty } from '../_console/form-schema'

/** What is chosen in the address: `u<position>` per CDK, `amount`, `tariff` (several). */
type Params = Readonly<Record<string, string | string[] | undefined>>

const Result = z.enum(UnitResult)
const Amount = orEmpty(moneyInput)

/** The decision that the address holds, to be looked at before it is signed; null while it is not complete. */
export function decisionOf(view: CaseView, params: Params): Chosen | null {
  const amount = Amount.safeParse(params.amount ?? '')
  const units = view.units.map(({ cdkId, position }) => ({
    cdkId,
    result: Result.safeParse(params[`u${position}`]).data,
  }))
  const complete = units.filter((unit): unit is { cdkId: string; result: UnitResult } => unit.result !== undefined)
  if (params.look !== 'yes' || !amount.success || complete.length < view.units.length) return null
  const asked = new Set([params.tariff ?? []].flat())
  const compensationMinor = amount.data ?? 0
  return { units: complete, compensationMinor, tariffs: tariffsOf(view.failure).filter((name) => asked.has(name)) }
}
