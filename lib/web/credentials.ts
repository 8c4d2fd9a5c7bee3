import { normaliseEmail } from '@/lib/domain/accounts'
import type { Role } from '@/lib/infra/prisma/enums'
import { verifyPassword } from '@/lib/infra/crypto/password'
import type { Db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import type { Limit } from './rate-limit'

export interface Credentials {
  readonly email: string
  readonly password: string
  readonly ip: string
}

/**
 * The account behind an e-mail and password. An unknown e-mail costs the same work and gets the same answer as a wrong
 * password. Refuses `auth/wrong-credentials` and, counted per e-mail and per address before any work, `auth/rate-limited`.
 */
export async function requireAccount(
  db: Db,
  limit: Limit,
  { email, password, ip }: Credentials,
): Promise<{ id: string; role: Role }> {
  const address = normaliseEmail(email)
  await limit('sign-in:ip', ip)
  await limit('sign-in:email', address)
  const user = await db.user.findUnique({
    where: { email: address },
    select: { id: true, role: true, passwordHash: true },
  })
  const right = await verifyPassword(password, user?.passwordHash ?? null)
  if (!user || !right) throw new Refusal('auth/wrong-credentials')
  return { id: user.id, role: user.role }
}
