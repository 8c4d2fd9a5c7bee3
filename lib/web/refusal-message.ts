import { createTranslator } from 'next-intl'
import type { Locale } from '@/i18n/routing'
import { SERVER_TIME_ZONE } from '@/i18n/time-zone'
import { formatMoney } from '@/lib/kernel/money'
import type { Refusal, RefusalParams } from '@/lib/kernel/refusal'
import type { RefusalCode } from '@/lib/kernel/refusal-codes'
import { messagesOf, type RefusalKey } from '@/messages'

/** A refusal as a sentence in the reader's language: what happened and what to do. */
export function refusalMessage({ code, params }: Pick<Refusal, 'code' | 'params'>, locale: Locale): string {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: 'refusals' })
  return t(keyOf(code), spoken(params, locale))
}

/** `order/sold-out` -> `order.sold-out`; the type of `messages` makes sure that every code has its text. */
function keyOf(code: RefusalCode): RefusalKey {
  return code.replace('/', '.') as RefusalKey
}

/** `totalMinor: 1200` is said as `total: "¥12.00"`, `untilAt` (ms since 1970) as the moment `until`, in the server's zone and with its name. */
function spoken(params: RefusalParams, locale: Locale): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]): [string, string | number] => {
      if (typeof value !== 'number') return [name, value]
      if (name.endsWith('Minor')) return [name.slice(0, -'Minor'.length), formatMoney(value, 'CNY', locale)]
      return name.endsWith('At') ? [name.slice(0, -'At'.length), momentOf(value, locale)] : [name, value]
    }),
  )
}

function momentOf(ms: number, locale: Locale): string {
  const shape = { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
  return new Intl.DateTimeFormat(locale, { ...shape, hourCycle: 'h23', timeZone: SERVER_TIME_ZONE }).format(ms)
}
