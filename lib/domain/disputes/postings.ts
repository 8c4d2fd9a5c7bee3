import {
  type AccountRef,
  type TransferInput,
  disputedOf,
  externalRef,
  protectionFund,
  providerClearing,
} from '@/lib/domain/ledger'
import type { Minor } from '@/lib/kernel/money'

/** What the books need to know of a dispute. */
export interface DisputeMoney {
  readonly id: string
  readonly provider: string
  readonly disputeRef: string
  readonly amountMinor: Minor
  readonly currency: string
}

/** The provider takes the disputed money out of our balance: disputed -> clearing, a claim until it is decided. */
export function withdrawnPosting(dispute: DisputeMoney): TransferInput {
  return {
    key: withdrawnKey(dispute.id),
    code: 'dispute',
    from: disputedOf(dispute.id, dispute.currency),
    to: providerClearing(dispute.provider, dispute.currency),
    amountMinor: dispute.amountMinor,
    externalRef: externalRef(dispute.provider, 'dispute', dispute.disputeRef),
  }
}

export function withdrawnKey(disputeId: string): string {
  return `dispute:${disputeId}:withdrawn`
}

/** Won: the provider puts the money back, clearing -> disputed. */
export function reinstatedPosting(dispute: DisputeMoney): TransferInput {
  return {
    key: `dispute:${dispute.id}:won`,
    code: 'dispute-won',
    from: providerClearing(dispute.provider, dispute.currency),
    to: disputedOf(dispute.id, dispute.currency),
    amountMinor: dispute.amountMinor,
    externalRef: externalRef(dispute.provider, 'dispute-won', dispute.disputeRef),
  }
}

/** Lost: somebody bears part of it, his account -> disputed. */
export function bornePosting(dispute: DisputeMoney, by: string, from: AccountRef, amountMinor: Minor): TransferInput {
  return {
    key: `dispute:${dispute.id}:lost:${by}`,
    code: 'dispute-lost',
    from,
    to: disputedOf(dispute.id, dispute.currency),
    amountMinor,
  }
}

/** Lost, and nobody else can bear it: protection fund -> disputed. */
export function fundPosting(dispute: DisputeMoney, amountMinor: Minor): TransferInput {
  return bornePosting(dispute, 'fund', protectionFund(dispute.currency), amountMinor)
}
