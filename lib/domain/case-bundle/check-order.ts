import { toHex, utf8 } from '@/lib/domain/provenance/bytes'
import { digest } from '@/lib/domain/provenance/digest'
import { canonicalJson } from '@/lib/kernel/canonical-json'
import type { CaseFile } from './case-file'
import { CASE_FILE, type Manifest, ORDER_FILE } from './manifest'
import type { OrderFile } from './order-file'
import { type CaseCheck, type CaseProblem, concludeCase } from './report'

/** What was frozen at purchase. */
export async function checkSnapshot(order: OrderFile | null): Promise<CaseCheck> {
  if (!order) return concludeCase('snapshot', [{ code: 'order-malformed', where: ORDER_FILE }])
  const hash = toHex(await digest(utf8(canonicalJson(order.snapshot))))
  return concludeCase('snapshot', hash === order.snapshotHash ? [] : [{ code: 'snapshot-hash', where: ORDER_FILE }])
}

/** One case and one order in all parts, so that no two bundles can be mixed. */
export function checkAgreement(manifest: Manifest | null, file: CaseFile | null, order: OrderFile | null): CaseCheck {
  if (!manifest || !file || !order) return concludeCase('agreement', [], false)
  const problems: CaseProblem[] = []
  const ofCase = file.complaintId === manifest.complaintId && file.number === manifest.caseNumber
  if (!ofCase || file.orderNumber !== manifest.orderNumber) problems.push({ code: 'other-case', where: CASE_FILE })
  if (order.number !== manifest.orderNumber || order.orderId !== file.orderId) {
    problems.push({ code: 'other-case', where: ORDER_FILE })
  }
  return concludeCase('agreement', problems)
}
