import { CircleCheck, CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Money } from '@/components/money'

/** Two sides that must be equal, with the sign that says whether they are. */
export function Equation({
  left,
  right,
  leftMinor,
  rightMinor,
  currency = 'CNY',
}: {
  left: string
  right: string
  leftMinor: number
  rightMinor: number
  currency?: string
}) {
  const t = useTranslations('admin.equation')
  const equal = leftMinor === rightMinor
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg">
      <span>
        <span className="text-sm text-ink-soft">{left} </span>
        <Money minor={leftMinor} currency={currency} className="font-semibold" />
      </span>
      <span aria-hidden>{equal ? '=' : '≠'}</span>
      <span>
        <span className="text-sm text-ink-soft">{right} </span>
        <Money minor={rightMinor} currency={currency} className="font-semibold" />
      </span>
      <span className={`inline-flex items-center gap-1.5 text-sm font-medium ${equal ? 'text-jade' : 'text-danger'}`}>
        {equal ? <CircleCheck aria-hidden className="size-5" /> : <CircleX aria-hidden className="size-5" />}
        {t(equal ? 'equal' : 'unequal')}
      </span>
    </p>
  )
}

export function BooksEquation({
  debitsMinor,
  creditsMinor,
  currency = 'CNY',
}: {
  debitsMinor: number
  creditsMinor: number
  currency?: string
}) {
  const t = useTranslations('admin.equation')
  return (
    <Equation
      left={t('debits')}
      right={t('credits')}
      leftMinor={debitsMinor}
      rightMinor={creditsMinor}
      currency={currency}
    />
  )
}
