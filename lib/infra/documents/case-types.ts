import type { AfterSaleRules } from '@/lib/domain/catalog'
import type { RecordFact } from '@/lib/domain/complaints'
import type { Minor } from '@/lib/kernel/money'
import type { Messages } from '@/messages'
import type { ReceiptRefund, Seller } from './types'

type Words = Messages['case']

/** What was said or done; texts of people as they wrote them. */
interface CaseEntryShown {
  readonly seq: number
  readonly type: keyof Words['entry']
  readonly at: Date
  readonly by: 'BUYER' | 'MERCHANT' | 'STAFF' | 'SYSTEM'
  /** Null while withheld. */
  readonly body: EntryTexts | null
  readonly withheld: 'hidden' | 'inside' | null
  /** Hex. */
  readonly hash: string
}

/** Of an entry's body, what the documents tell. */
interface EntryTexts {
  readonly statement?: string | null | undefined
  readonly text?: string | null | undefined
  readonly reasons?: string | null | undefined
  readonly note?: string | null | undefined
  /** By what the system acted. */
  readonly cause?: string | null | undefined
  /** Of our own records, by which the system ruled. */
  readonly facts?: readonly RecordFact[] | null | undefined
  readonly remedy?: keyof Words['remedy'] | null | undefined
  readonly amountMinor?: number | null | undefined
  readonly refundedMinor?: number | null | undefined
  readonly compensationMinor?: number | null | undefined
  readonly fileName?: string | null | undefined
  readonly sha256?: string | null | undefined
  readonly replaced?: readonly unknown[] | null | undefined
}

/** What the file of a case tells people; no CDK is in here. */
export interface CaseDocument {
  readonly number: string
  readonly orderNumber: string
  readonly currency: string
  /** The zone that moments are written in. */
  readonly timeZone: string
  readonly asOf: Date
  readonly failure: keyof Messages['failures']['name']
  readonly demand: keyof Words['remedy']
  readonly demandMinor: Minor | null
  readonly stakeMinor: Minor
  readonly state: keyof Words['state']
  readonly outcome: keyof Words['outcome'] | null
  readonly openedAt: Date
  readonly closedAt: Date | null
  /** End of the case's chain. */
  readonly head: { readonly seq: number; readonly hash: string }
  /** Masked. */
  readonly buyer: string
  readonly seller: Seller
  readonly titleZh: string
  readonly titleEn: string | null
  readonly variantZh: string
  readonly variantEn: string | null
  readonly quantity: number
  readonly unitPriceMinor: Minor
  readonly discountMinor: Minor
  readonly totalMinor: Minor
  readonly walletMinor: Minor
  readonly refundedMinor: Minor
  readonly payment: { readonly provider: string; readonly reference: string; readonly at: Date } | null
  readonly placedAt: Date
  readonly paidAt: Date | null
  readonly deliveredAt: Date | null
  readonly endedAt: Date | null
  /** SHA-256 of the order's snapshot, hex. */
  readonly snapshotHash: string
  readonly rules: AfterSaleRules
  readonly refunds: readonly ReceiptRefund[]
  readonly units: readonly {
    readonly cdkId: string
    readonly position: number
    readonly priceMinor: Minor
    readonly deliveredAt: Date | null
    readonly revealedAt: Date | null
    readonly result: keyof Words['result'] | null
    readonly replacementPosition: number | null
  }[]
  readonly entries: readonly CaseEntryShown[]
  readonly evidence: readonly {
    readonly path: string
    readonly side: string
    readonly kind: string
    readonly byteCount: number
    readonly sha256: string
    readonly at: Date
  }[]
  /** Whether the proof from the log lies beside it: not of a charge, nor of what is not sealed yet. */
  readonly proof: boolean
  readonly rulings: readonly {
    readonly appeal: boolean
    readonly forBuyer: boolean
    readonly reasons: string
    readonly at: Date
  }[]
  readonly penalties: readonly {
    readonly tariff: string
    readonly amountMinor: Minor
    readonly takenMinor: Minor
    readonly returnedAt: Date | null
  }[]
}
