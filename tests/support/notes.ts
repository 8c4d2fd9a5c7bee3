import { createUser } from '@/lib/domain/accounts'
import type { Mailer, NoteToSend } from '@/lib/domain/notifications'
import { newId } from '@/lib/kernel/ids'
import { db } from './database'
import { NOW, run } from './factories'

/** Somebody who works for a merchant. */
export async function aMerchantUser(merchantId: string, locale = 'zh-CN'): Promise<string> {
  const facts = { passwordHash: 'not a real hash', displayName: '店员', role: 'MERCHANT', merchantId } as const
  const id = await run((tx) => createUser(tx, { email: `${newId()}@shop.example.com`, ...facts }, NOW))
  await db.user.update({ where: { id }, data: { locale } })
  return id
}

/** A mailer that keeps what it was given, or fails as told. */
export function aMailer(): Mailer & { readonly sent: NoteToSend[]; failure: Error | null } {
  const sent: NoteToSend[] = []
  return {
    sent,
    failure: null,
    async send(mail) {
      if (this.failure) throw this.failure
      sent.push(mail)
    },
  }
}

/** Kind, reader and data of every notification, in the order they were written. */
export async function notesTo(where: { userId?: string; email?: string }) {
  return db.notification.findMany({
    where,
    orderBy: { createdAt: 'asc' },
    select: { kind: true, userId: true, email: true, locale: true, data: true },
  })
}
