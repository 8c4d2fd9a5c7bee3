import type { Tx } from '@/lib/domain/tx'
import type { Role } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'

export interface UserInput {
  readonly email: string
  /** argon2id in PHC format; the caller hashes, so that the slow work is done before the transaction. */
  readonly passwordHash: string
  readonly displayName: string
  readonly role: Role
  /** Whom a MERCHANT user works for; null for every other role (also a CHECK). */
  readonly merchantId: string | null
}

/** One spelling of an e-mail address: what is stored and what sign-in looks for. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase()
}

/**
 * Opens an account and returns its id. Of two racing sign-ups with one address exactly one gets it; the other, like
 * any address in use, is refused `auth/email-taken`.
 */
export async function createUser(tx: Tx, { email, ...facts }: UserInput, now: Date): Promise<string> {
  invariant((facts.role === 'MERCHANT') === (facts.merchantId !== null), 'only a merchant user works for a merchant')
  const id = newId()
  const row = { id, email: normaliseEmail(email), ...facts, createdAt: now }
  const { count } = await tx.user.createMany({ data: [row], skipDuplicates: true })
  if (count === 0) throw new Refusal('auth/email-taken')
  return id
}
