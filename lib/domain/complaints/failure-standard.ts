import type { Tariff } from '@/lib/domain/merchants'

/** What can be wrong with a CDK or its price (product.md, "CDK failure standard"). */
export const FAILURES = [
  'NOT_DELIVERED',
  'ALREADY_USED',
  'INVALID',
  'REGION_MISMATCH',
  'EDITION_MISMATCH',
  'EXPIRED',
  'REVOKED',
  'INCOMPLETE',
  'DOWNLOAD_UNAVAILABLE',
  'NOT_AS_DESCRIBED',
  'DUPLICATE_CHARGE',
  'OVERCHARGED',
] as const
export type Failure = (typeof FAILURES)[number]

/** Kinds of evidence that a case file knows. `RECORDS` are ours: order, log and ledger; nobody has to bring them. */
export const EVIDENCE_KINDS = [
  'RECORDS',
  'ISSUER_MESSAGE',
  'ACTIVATION_RECORDING',
  'ACCOUNT_REGION',
  'INSTALLED_EDITION',
  'REVOCATION_NOTICE',
  'DELIVERED_TEXT',
  'DOWNLOAD_ATTEMPT',
  'ISSUER_HISTORY',
] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

export const REMEDIES = ['REFUND', 'REPLACEMENT', 'COMPENSATION'] as const
export type Remedy = (typeof REMEDIES)[number]

export interface FailureRule {
  /** What the buyer shows; any one of them suffices. Empty: the records suffice. */
  readonly shownBy: readonly EvidenceKind[]
  /** What a merchant answers with who contests it. */
  readonly answeredBy: readonly EvidenceKind[]
  /** Who loses when neither side can show anything more. */
  readonly burden: 'MERCHANT' | 'BUYER' | 'PLATFORM'
  readonly remedy: Remedy
  /** Which fact of our records decides it at once, without waiting for anybody; null when people must look. */
  readonly recordsDecide:
    | 'NO_DELIVERY'
    | 'FINGERPRINT_SOLD_BEFORE'
    | 'EXPIRED_AT_DELIVERY'
    | 'ATTRIBUTES_DIFFER'
    | 'TWO_CAPTURES'
    | 'CHARGED_MORE'
    | null
  /** What is complained of: CDKs, or the charge of the order as a whole. */
  readonly about: 'CDKS' | 'CHARGE'
  /** May be claimed long after the release (fraudClaimDays): the buyer could not know earlier. */
  readonly fraud: boolean
  /** What an upheld complaint costs the merchant beyond the remedy (lib/domain/merchants/tariff.ts); null: nothing. */
  readonly tariff: Tariff | null
}

/**
 * The one table for buyers, merchants, the system and arbitrators. After the buyer has shown what `shownBy` asks for, the
 * merchant bears the burden: he alone can know where his codes come from.
 */
export const FAILURE_STANDARD: Readonly<Record<Failure, FailureRule>> = {
  NOT_DELIVERED: rule([], ['RECORDS'], 'PLATFORM', 'REFUND', 'NO_DELIVERY', { tariff: null, fraud: false }),
  ALREADY_USED: rule(
    ['ACTIVATION_RECORDING', 'ISSUER_MESSAGE'],
    ['ISSUER_HISTORY'],
    'MERCHANT',
    'REPLACEMENT',
    'FINGERPRINT_SOLD_BEFORE',
    { tariff: 'USED_CDK', fraud: true },
  ),
  INVALID: rule(['ACTIVATION_RECORDING', 'ISSUER_MESSAGE'], ['ISSUER_HISTORY'], 'MERCHANT', 'REPLACEMENT', null, {
    tariff: 'FALSE_STOCK',
    fraud: false,
  }),
  REGION_MISMATCH: rule(['ACCOUNT_REGION', 'ISSUER_MESSAGE'], ['RECORDS'], 'MERCHANT', 'REFUND', 'ATTRIBUTES_DIFFER', {
    tariff: 'MISDESCRIBED',
    fraud: false,
  }),
  EDITION_MISMATCH: rule(
    ['INSTALLED_EDITION', 'ACTIVATION_RECORDING'],
    ['RECORDS'],
    'MERCHANT',
    'REFUND',
    'ATTRIBUTES_DIFFER',
    { tariff: 'MISDESCRIBED', fraud: false },
  ),
  EXPIRED: rule(
    ['ISSUER_MESSAGE', 'ACTIVATION_RECORDING'],
    ['ISSUER_HISTORY'],
    'MERCHANT',
    'REPLACEMENT',
    'EXPIRED_AT_DELIVERY',
    { tariff: 'FALSE_STOCK', fraud: false },
  ),
  REVOKED: rule(['REVOCATION_NOTICE'], ['ISSUER_HISTORY'], 'MERCHANT', 'REFUND', null, {
    tariff: 'USED_CDK',
    fraud: true,
  }),
  INCOMPLETE: rule(['DELIVERED_TEXT'], ['RECORDS'], 'MERCHANT', 'REPLACEMENT', null, {
    tariff: 'FALSE_STOCK',
    fraud: false,
  }),
  DOWNLOAD_UNAVAILABLE: rule(['DOWNLOAD_ATTEMPT'], ['DOWNLOAD_ATTEMPT'], 'MERCHANT', 'REFUND', null, {
    tariff: 'MISDESCRIBED',
    fraud: false,
  }),
  NOT_AS_DESCRIBED: rule(
    ['ISSUER_MESSAGE', 'ACTIVATION_RECORDING'],
    ['RECORDS'],
    'BUYER',
    'REFUND',
    'ATTRIBUTES_DIFFER',
    { tariff: 'MISDESCRIBED', fraud: false },
  ),
  DUPLICATE_CHARGE: rule([], ['RECORDS'], 'PLATFORM', 'REFUND', 'TWO_CAPTURES', { tariff: null, fraud: false }),
  OVERCHARGED: rule([], ['RECORDS'], 'PLATFORM', 'COMPENSATION', 'CHARGED_MORE', { tariff: null, fraud: false }),
}

function rule(
  shownBy: FailureRule['shownBy'],
  answeredBy: FailureRule['answeredBy'],
  burden: FailureRule['burden'],
  remedy: Remedy,
  recordsDecide: FailureRule['recordsDecide'],
  more: Pick<FailureRule, 'tariff' | 'fraud'>,
): FailureRule {
  const about = remedyIsOfCharge(recordsDecide) ? 'CHARGE' : 'CDKS'
  return { shownBy, answeredBy, burden, remedy, recordsDecide, about, ...more }
}

function remedyIsOfCharge(decide: FailureRule['recordsDecide']): boolean {
  return decide === 'TWO_CAPTURES' || decide === 'CHARGED_MORE'
}
