import type { ReadNote } from './read-note'

/** One e-mail to be made and sent. */
export interface NoteToSend {
  /** The notification's: what is sent twice (we were killed in between) carries one Message-ID. */
  readonly id: string
  readonly email: string
  readonly locale: string
  readonly note: ReadNote
}

/** Sends e-mail. Implemented in lib/infra/mail; handed in. Throws `MailRefused` for an address that will never take it. */
export interface Mailer {
  send(mail: NoteToSend, now: Date): Promise<void>
}

/** The other side refused this mail for good: trying again would only make us look like a spammer. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused'
}
