import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { secret } from '@/lib/infra/secrets'
import type { Role } from '@/lib/infra/prisma/enums'

/** How long a sign-in lasts; it is not prolonged by use. */
export const SESSION_MAX_AGE_S = 14 * 24 * 60 * 60

const Claims = z.object({ sub: z.uuid(), role: z.string() })
export type SessionClaims = z.infer<typeof Claims>

export function sessionSecret(): string {
  return secret('session').toString('hex')
}

/** next-auth's own session token (an encrypted JWT) for a user in a role. */
export async function mintToken({ id, role }: { readonly id: string; readonly role: Role }): Promise<string> {
  return encode({ token: { sub: id, role }, secret: sessionSecret(), maxAge: SESSION_MAX_AGE_S })
}

/** The claims of a session token; null when it is missing, foreign, changed or expired. */
export async function readToken(value: string | undefined): Promise<SessionClaims | null> {
  if (!value) return null
  try {
    const claims = Claims.safeParse(await decode({ token: value, secret: sessionSecret() }))
    return claims.success ? claims.data : null
  } catch (error) {
    // jose's errors all mean "not a token of ours"; anything else is a bug.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J')) return null
    throw error
  }
}
