import { z } from 'zod'
import type { Bank } from './bank'
import { type SentNotice, readNotices } from './read-notices'

const NEWEST = 100

/** What the account page shows. */
export interface AccountStatement {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly locale: string
  readonly returnUrl: string | null
  readonly completedAt: Date | null
  readonly refuseNext: boolean
  /** Newest first. */
  readonly transfers: readonly {
    readonly id: string
    readonly amountMinor: number
    readonly currency: string
    readonly kind: 'received' | 'declined' | 'returned'
    readonly moment: Date
  }[]
  readonly notices: readonly SentNotice[]
}

/** One account with its newest transfers for the merchant's eyes; null for an id that is none. */
export async function readAccount({ db }: Bank, id: string): Promise<AccountStatement | null> {
  if (!z.uuid().safeParse(id).success) return null
  const account = await db.bankAccount.findUnique({
    where: { id },
    include: {
      transfers: { orderBy: { id: 'desc' }, take: NEWEST },
      callbacks: { orderBy: { id: 'desc' }, take: NEWEST },
    },
  })
  if (!account) return null
  const { transfers, callbacks, ...facts } = account
  return {
    ...facts,
    transfers: transfers.map(({ id, amountMinor, currency, status, createdAt, returnedAt }) => ({
      id,
      amountMinor,
      currency,
      kind: returnedAt ? 'returned' : status === 'failed' ? 'declined' : 'received',
      moment: returnedAt ?? createdAt,
    })),
    notices: readNotices(callbacks),
  }
}
