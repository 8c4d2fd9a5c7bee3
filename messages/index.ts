import type { RefusalCode } from '@/lib/kernel/refusal-codes'
import type { Locale } from '@/i18n/routing'
import { en } from './en'
import { zhCn } from './zh-CN'

/** Chinese is written first and is the shape that keys are checked against. */
export type Messages = typeof zhCn

type Noun<Code extends string> = Code extends `${infer N}/${string}` ? N : never
type Reason<Code extends string, N extends string> = Code extends `${N}/${infer R}` ? R : never
type RefusalTexts = { readonly [N in Noun<RefusalCode>]: { readonly [R in Reason<RefusalCode, N>]: string } }

/** A refusal code as a key of the `refusals` namespace: 'order/sold-out' -> 'order.sold-out'. */
export type RefusalKey = { [N in Noun<RefusalCode>]: `${N}.${Reason<RefusalCode, N>}` }[Noun<RefusalCode>]

// Three promises the compiler keeps: both languages have the same keys, and no refusal is without a text.
zhCn satisfies typeof en
en satisfies Messages
zhCn.refusals satisfies RefusalTexts

const ALL: Record<Locale, Messages> = { 'zh-CN': zhCn, en }

/** Every message of one language, by namespace. Server only: the browser gets what a provider hands it. */
export function messagesOf(locale: Locale): Messages {
  return ALL[locale]
}
