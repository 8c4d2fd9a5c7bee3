import type { Minor } from '@/lib/kernel/money'

/** An amount without its decimals when they are zero: "¥50,000", for deposits and filters, where cents say nothing. */
export function wholeMoney(minor: Minor, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }).format(
    minor / 100,
  )
}
