import { useLocale } from 'next-intl'
import { formatMoney, type Minor } from '@/lib/kernel/money'
import { cx } from './ui/cx'

/**
 * An amount of minor units. `price` is vermilion with a smaller currency sign, for what a buyer is asked to pay; every
 * other amount keeps the ink of its text.
 */
export function Money({
  minor,
  currency = 'CNY',
  price = false,
  className,
}: {
  minor: Minor
  currency?: string
  price?: boolean
  className?: string
}) {
  const text = formatMoney(minor, currency, useLocale())
  if (!price) return <span className={cx('whitespace-nowrap tabular-nums', className)}>{text}</span>
  const digits = text.search(/\d/)
  return (
    <span className={cx('font-semibold whitespace-nowrap text-vermilion tabular-nums', className)}>
      <span className="me-px text-[0.72em]">{text.slice(0, digits)}</span>
      {text.slice(digits)}
    </span>
  )
}
