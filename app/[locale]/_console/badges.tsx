import { useTranslations } from 'next-intl'
import { Badge, type Tone } from '@/components/ui/badge'
import type {
  CdkState,
  DisputeState,
  EventVerdict,
  MerchantStatus,
  OrderStatus,
  PaymentUse,
  PayoutStatus,
  ProductStatus,
  RefundStatus,
} from '@/lib/infra/prisma/enums'

const ORDER: Record<OrderStatus, Tone> = {
  AWAITING_PAYMENT: 'amber',
  AWAITING_DELIVERY: 'amber',
  DELIVERED: 'info',
  CONFIRMED: 'jade',
  EXPIRED: 'neutral',
  CANCELLED: 'neutral',
  REFUNDED: 'danger',
}
const PRODUCT: Record<ProductStatus, Tone> = { DRAFT: 'amber', PUBLISHED: 'jade', UNLISTED: 'neutral' }
const MERCHANT: Record<MerchantStatus, Tone> = { PENDING: 'amber', ACTIVE: 'jade', SUSPENDED: 'danger' }
const CDK: Record<CdkState, Tone> = {
  AVAILABLE: 'jade',
  RESERVED: 'amber',
  DELIVERED: 'info',
  RETIRED: 'neutral',
  FROZEN: 'danger',
}
const VERDICT: Record<EventVerdict, Tone> = {
  DEAD: 'danger',
  RECEIVED: 'amber',
  APPLIED: 'jade',
  IGNORED: 'neutral',
  REJECTED: 'danger',
}
const USE: Record<PaymentUse, Tone> = {
  APPLIED: 'jade',
  DUPLICATE: 'amber',
  STRAY: 'amber',
  MISMATCH: 'amber',
  UNKNOWN: 'danger',
}
const REFUND: Record<RefundStatus, Tone> = { PENDING: 'amber', SENT: 'info', SUCCEEDED: 'jade', FAILED: 'danger' }
const PAYOUT: Record<PayoutStatus, Tone> = { PENDING: 'amber', SENT: 'info', PAID: 'jade', FAILED: 'danger' }
const DISPUTE: Record<DisputeState, Tone> = {
  NEEDS_RESPONSE: 'danger',
  UNDER_REVIEW: 'amber',
  WON: 'jade',
  LOST: 'neutral',
}

export function OrderBadge({ status }: { status: OrderStatus }) {
  const t = useTranslations('console.order')
  return <Badge tone={ORDER[status]}>{t(status)}</Badge>
}

export function ProductBadge({ status }: { status: ProductStatus }) {
  const t = useTranslations('console.product')
  return <Badge tone={PRODUCT[status]}>{t(status)}</Badge>
}

export function MerchantBadge({ status }: { status: MerchantStatus }) {
  const t = useTranslations('console.merchant')
  return <Badge tone={MERCHANT[status]}>{t(status)}</Badge>
}

export function CdkBadge({ state }: { state: CdkState }) {
  const t = useTranslations('console.cdk')
  return <Badge tone={CDK[state]}>{t(state)}</Badge>
}

export function VerdictBadge({ verdict }: { verdict: EventVerdict }) {
  const t = useTranslations('console.verdict')
  return <Badge tone={VERDICT[verdict]}>{t(verdict)}</Badge>
}

export function UseBadge({ use }: { use: PaymentUse }) {
  const t = useTranslations('console.use')
  return <Badge tone={USE[use]}>{t(use)}</Badge>
}

export function RefundBadge({ status }: { status: RefundStatus }) {
  const t = useTranslations('console.refund')
  return <Badge tone={REFUND[status]}>{t(status)}</Badge>
}

export function PayoutBadge({ status }: { status: PayoutStatus }) {
  const t = useTranslations('console.payout')
  return <Badge tone={PAYOUT[status]}>{t(status)}</Badge>
}

export function DisputeBadge({ state }: { state: DisputeState }) {
  const t = useTranslations('console.dispute')
  return <Badge tone={DISPUTE[state]}>{t(state)}</Badge>
}
