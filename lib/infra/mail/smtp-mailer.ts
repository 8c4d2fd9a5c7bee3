import nodemailer from 'nodemailer'
import { z } from 'zod'
import { MailRefused, type Mailer } from '@/lib/domain/notifications/mailer'
import { SECOND_MS } from '@/lib/kernel/time'
import { renderMail } from './render-mail'

export interface SmtpSettings {
  /** smtp://user:password@host:port, or smtps:// for TLS from the first byte. */
  readonly url: string
  readonly from: string
  /** The mall's address: where links lead, and the right side of the Message-ID. */
  readonly origin: string
  readonly timeoutMs?: number
}

/** How long the server may be silent at any step, and how long a whole e-mail may take. */
const TIMEOUT_MS = 10 * SECOND_MS

/** Sends by SMTP; a server that is told a password must offer TLS, unless it is on this machine. An answer of 5xx about the receiver or the mail is `MailRefused`. */
export function createSmtpMailer({ url, from, origin, timeoutMs = TIMEOUT_MS }: SmtpSettings): Mailer {
  const transport = nodemailer.createTransport({
    url,
    requireTLS: holdsPassword(url),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const { hostname } = new URL(origin)
  return {
    async send(mail) {
      const messageId = `<${mail.id}@${hostname}>`
      try {
        const rendered = renderMail(mail, origin)
        await transport.sendMail({
          ...rendered,
          from,
          to: { name: '', address: mail.email },
          messageId,
          headers: AUTOMATIC,
        })
      } catch (error) {
        throw isForGood(error) ? new MailRefused(sentence(error)) : new Error(sentence(error))
      }
    },
  }
}

function holdsPassword(url: string): boolean {
  const { password, hostname } = new URL(url)
  return password !== '' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** Asks the other side's out-of-office answer to stay at home (RFC 3834). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated' }

const SmtpFailure = z.object({ code: z.string(), responseCode: z.number().optional(), command: z.string().optional() })

/** A wrong password is 5xx as well, but ours to mend: only what is said of the receiver or the mail is for good. */
function isForGood(error: unknown): boolean {
  const { data } = SmtpFailure.safeParse(error)
  return ['EENVELOPE', 'EMESSAGE'].includes(data?.code ?? '') && (data?.responseCode ?? 0) >= 500
}

/** Without the address, which servers like to repeat. */
function sentence(error: unknown): string {
  const { data } = SmtpFailure.safeParse(error)
  if (data) return ['mail not taken:', data.code, data.responseCode, data.command].filter(Boolean).join(' ')
  return error instanceof Error ? error.message : String(error)
}
