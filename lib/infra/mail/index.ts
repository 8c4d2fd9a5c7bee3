import type { Mailer } from '@/lib/domain/notifications'
import type { InTransaction } from '@/lib/domain/tx'
import { env } from '@/lib/infra/env'
import { createOutboxMailer } from './outbox-mailer'
import { createSmtpMailer } from './smtp-mailer'

export { noteWords } from './note-words'

/** How this mall sends e-mail: by SMTP, into the development mailbox, or, in production without a server, not at all. */
export function mailer(run: InTransaction): Mailer | null {
  const { KEYBOND_SMTP_URL: url, KEYBOND_MAIL_FROM: from, KEYBOND_URL: origin } = env()
  if (url !== undefined && from !== undefined) return createSmtpMailer({ url, from, origin })
  return mailboxIsOpen() ? createOutboxMailer(run, origin) : null
}

/** Whether e-mails stay on this server, readable by anybody at /mailbox: never in production, never beside a real mail server. */
export function mailboxIsOpen(): boolean {
  const { KEYBOND_SMTP_URL, KEYBOND_MODE } = env()
  return KEYBOND_SMTP_URL === undefined && KEYBOND_MODE !== 'production'
}
