import type { Tx } from '@/lib/domain/tx'

/** The language that somebody signed in with is the one of the e-mails to them. */
export async function rememberLocale(tx: Tx, userId: string, locale: string): Promise<void> {
  await tx.user.updateMany({ where: { id: userId, locale: { not: locale } }, data: { locale } })
}
