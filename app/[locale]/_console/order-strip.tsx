import { useTranslations } from 'next-intl'
import { MoneyStrip } from '@/components/money-strip'
import type { OrderStatus } from '@/lib/infra/prisma/enums'
import type { OrderMoney } from '@/lib/queries/order-money'

interface Props {
  order: {
    status: OrderStatus
    totalMinor: number
    currency: string
    dueAt: Date | null
    frozenAt?: Date | null
    /** A complaint keeps it from release. */
    complainedAt?: Date | null
  }
  money: OrderMoney
  reader: 'merchant' | 'operator'
}

const OPEN: ReadonlySet<OrderStatus> = new Set<OrderStatus>(['AWAITING_PAYMENT', 'AWAITING_DELIVERY', 'DELIVERED'])

/** 钱在哪里 for a merchant or an operator: amounts from the ledger, the next move from the order. */
export function OrderStrip({ order, money, reader }: Props) {
  const t = useTranslations('console.strip')
  const c = useTranslations('claims.ofOrder')
  const { buyerMinor, heldMinor, merchantMinor, feeMinor, refundingMinor } = money
  const at = order.dueAt ?? undefined
  const ballWith = (status: OrderStatus) =>
    status === 'AWAITING_DELIVERY'
      ? { who: t('merchant'), text: t('toDeliver') }
      : { who: t('buyer'), text: t(status === 'DELIVERED' ? 'toConfirm' : 'toPay') }
  const open = !order.frozenAt && !order.complainedAt && OPEN.has(order.status)
  const text = order.frozenAt ? t('frozen') : order.complainedAt ? c('held') : t(`next.${order.status}`)
  return (
    <MoneyStrip
      buyerMinor={buyerMinor}
      heldMinor={heldMinor}
      merchantMinor={merchantMinor}
      feeMinor={feeMinor}
      refundingMinor={refundingMinor}
      currency={order.currency}
      lit={heldMinor > 0 ? 'held' : merchantMinor > 0 ? 'merchant' : 'buyer'}
      reader={reader}
      {...(open ? { ballWith: ballWith(order.status) } : {})}
      next={{ text, at }}
    />
  )
}
