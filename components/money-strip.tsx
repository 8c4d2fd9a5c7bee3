import { Landmark, Store, User } from 'lucide-react'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { formatMoney, type Minor } from '@/lib/kernel/money'
import { Countdown } from './countdown'
import { DateTime } from './date-time'
import { StripStation, type StationName } from './strip-station'

export interface StripMove {
  text: ReactNode
  at?: Date | undefined
}

export interface MoneyStripProps {
  /** From the ledger, never from the order's status. */
  buyerMinor: Minor
  heldMinor: Minor
  merchantMinor: Minor
  feeMinor?: Minor | undefined
  refundingMinor?: Minor | undefined
  /** Part of what is held that the platform added for its coupon. */
  promoMinor?: Minor | undefined
  currency: string
  lit: StationName
  /** Who reads it decides who is "you". */
  reader?: 'buyer' | 'merchant' | 'operator' | undefined
  /** What happens by itself and when, e.g. "若不确认，到时自动放款". */
  next?: StripMove | undefined
  /** Whose turn it is, e.g. who "商家", text "逾期将全额退款". */
  ballWith?: (StripMove & { who: ReactNode }) | undefined
}

const ICONS = { buyer: <User aria-hidden />, held: <Landmark aria-hidden />, merchant: <Store aria-hidden /> }

/** From here on three amounts do not fit beside each other at 360 px in the usual size. */
const LONG_AMOUNT = 9

/** 钱在哪里: three stations with the amount at each, the present one lit, the next move and its clock beneath. */
export function MoneyStrip(props: MoneyStripProps) {
  const {
    buyerMinor,
    heldMinor,
    merchantMinor,
    feeMinor = 0,
    refundingMinor = 0,
    promoMinor = 0,
    currency,
    lit,
    reader = 'buyer',
    next,
    ballWith,
  } = props
  const t = useTranslations('common.moneyStrip')
  const locale = useLocale()
  const format = useFormatter()
  const amounts = { buyer: buyerMinor + refundingMinor, held: heldMinor, merchant: merchantMinor + feeMinor }
  const total = amounts.buyer + amounts.held + amounts.merchant
  const split = Object.values(amounts).filter((amount) => amount > 0).length > 1
  const notes: Partial<Record<StationName, string>> = {}
  if (refundingMinor > 0) notes.buyer = t('refunding', { amount: formatMoney(refundingMinor, currency, locale) })
  if (promoMinor > 0 && heldMinor > 0) notes.held = t('promo', { amount: formatMoney(promoMinor, currency, locale) })
  if (feeMinor > 0) notes.merchant = t('fee', { amount: formatMoney(feeMinor, currency, locale) })
  const texts = {
    buyer: formatMoney(buyerMinor, currency, locale),
    held: formatMoney(heldMinor, currency, locale),
    merchant: formatMoney(merchantMinor, currency, locale),
  }
  const long = Object.values(texts).some((text) => text.length > LONG_AMOUNT)

  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <h2 className="px-4 pt-3.5 text-sm font-semibold text-ink-soft sm:px-5">{t('title')}</h2>
      <ol className="grid grid-cols-3 px-2 pt-3 pb-4 sm:px-5">
        {(['buyer', 'held', 'merchant'] as const).map((name) => (
          <StripStation
            key={name}
            name={name}
            icon={ICONS[name]}
            label={labelOf(name)}
            lit={name === lit}
            share={total > 0 ? amounts[name] / total : name === lit ? 1 : 0}
            here={
              split && amounts[name] > 0
                ? t('share', { percent: format.number(amounts[name] / total, { style: 'percent' }) })
                : name === lit && !(name === 'buyer' && buyerMinor === 0)
                  ? t('here')
                  : null
            }
            note={notes[name]}
            long={long}
          >
            {texts[name]}
          </StripStation>
        ))}
      </ol>
      {(next || ballWith) && (
        <dl className="grid divide-y divide-line border-t border-line bg-sunken text-[0.9375rem]">
          {ballWith && (
            <MoveLine term={t('ball')} move={ballWith}>
              <b className="font-semibold">{ballWith.who}</b>
            </MoveLine>
          )}
          {next && <MoveLine term={t('next')} move={next} />}
        </dl>
      )}
    </div>
  )

  function labelOf(name: StationName): string {
    if (name === 'held') return t('held')
    if (name === 'buyer') return reader === 'buyer' ? t('buyer') : t('asMerchant.buyer')
    return reader === 'merchant' ? t('asMerchant.merchant') : t('merchant')
  }
}

function MoveLine({ term, move, children }: { term: string; move: StripMove; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2.5 sm:px-5">
      <dt className="text-sm text-ink-soft">{term}</dt>
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2.5">
        {children}
        <span>{move.text}</span>
        {move.at && (
          <span className="inline-flex flex-wrap items-baseline gap-x-2.5">
            <DateTime at={move.at} className="text-ink-soft" />
            <Countdown to={move.at} />
          </span>
        )}
      </dd>
    </div>
  )
}

/** The same three stations before anything was paid: what will happen to the money. */
export function MoneyStripExplained() {
  const t = useTranslations('common.moneyStrip')
  return (
    <div className="rounded-lg border border-line bg-surface">
      <h2 className="px-4 pt-3.5 text-sm font-semibold text-ink-soft sm:px-5">{t('explain.title')}</h2>
      <ol className="grid px-4 pt-3 pb-4 sm:grid-cols-3 sm:px-5">
        {(['buyer', 'held', 'merchant'] as const).map((name) => (
          <StripStation
            key={name}
            name={name}
            icon={ICONS[name]}
            label={t(name)}
            lit={name === 'held'}
            share={name === 'held' ? 1 : 0}
            explain
          >
            {t(`explain.${name}`)}
          </StripStation>
        ))}
      </ol>
    </div>
  )
}
