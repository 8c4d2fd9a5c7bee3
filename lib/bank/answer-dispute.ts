import { isDeepStrictEqual } from 'node:util'
import { type Bank, BankRefusal } from './bank'
import { findDispute } from './find-dispute'
import { type DisputeAnswer, EvidenceInput } from './protocol'

/**
 * The shop answers a dispute, once and for good: the same evidence again gives the dispute as it stands, other evidence is
 * refused (409), as is evidence after the deadline or the decision (422).
 */
export async function answerDispute(bank: Bank, id: string, evidence: EvidenceInput): Promise<DisputeAnswer> {
  await bank.db.bankDispute.updateMany({
    where: { id, status: 'needs-response', evidenceDueAt: { gt: bank.clock() } },
    data: { status: 'under-review', evidence },
  })
  const dispute = await bank.db.bankDispute.findUnique({ where: { id }, select: { evidence: true } })
  const answer = await findDispute(bank, id)
  if (!dispute || !answer) throw new BankRefusal(404, 'unknown-dispute')
  if (dispute.evidence === null) throw new BankRefusal(422, 'too-late')
  if (!isDeepStrictEqual(EvidenceInput.parse(dispute.evidence), evidence))
    throw new BankRefusal(409, 'answered-already')
  return answer
}
