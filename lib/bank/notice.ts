import { newId } from '@/lib/kernel/ids'
import type { News } from './protocol'

/** On whose page a callback is shown. */
export type NoticePage = { readonly paymentId: string } | { readonly accountId: string }

/** The row of a callback that tells the shop something. `at` is when it happened; sent at `dueAt`, null: never. */
export function noticeOf<Type extends keyof News>(
  page: NoticePage,
  notifyUrl: string,
  news: { readonly type: Type; readonly data: News[Type]; readonly at: Date },
  dueAt: Date | null = news.at,
) {
  const { type, data, at } = news
  const eventId = newId()
  const body = JSON.stringify({ id: eventId, type, createdAt: at.toISOString(), data })
  return { id: newId(), ...page, eventId, body, notifyUrl, dueAt, createdAt: at }
}
