import { useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import type { Minor } from '@/lib/kernel/money'

interface Shares {
  readonly fromEscrowMinor: Minor
  readonly fromPendingMinor: Minor
  readonly fromAvailableMinor: Minor
  readonly fromDepositMinor: Minor
  readonly fromFundMinor: Minor
}

/** Out of which pots a refund comes, in the order in which they are asked. */
export function BorneBy({ shares, currency }: { shares: Shares; currency: string }) {
  const t = useTranslations('merchant.refund.from')
  const pots = [
    ['escrow', shares.fromEscrowMinor],
    ['pending', shares.fromPendingMinor],
    ['available', shares.fromAvailableMinor],
    ['deposit', shares.fromDepositMinor],
    ['fund', shares.fromFundMinor],
  ] as const
  return (
    <ul>
      {pots
        .filter(([, minor]) => minor > 0)
        .map(([pot, minor]) => (
          <li key={pot}>
            {t(pot)} <Money minor={minor} currency={currency} />
          </li>
        ))}
    </ul>
  )
}
