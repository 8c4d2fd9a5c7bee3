import type { Mailer } from '@/lib/domain/notifications'
import type { InTransaction } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'
import { renderMail } from './render-mail'

const KEPT_DAYS = 7

/** Puts e-mails where the development mailbox shows them, for a week. Sent again: nothing. */
export function createOutboxMailer(run: InTransaction, origin: string): Mailer {
  return {
    async send(mail, now) {
      const { id, email: to } = mail
      const data = [{ id, to, ...renderMail(mail, origin), createdAt: now }]
      await run(async (tx) => {
        await tx.outboxMail.deleteMany({ where: { createdAt: { lt: after(now, -KEPT_DAYS * DAY_MS) } } })
        await tx.outboxMail.createMany({ data, skipDuplicates: true })
      })
    },
  }
}
