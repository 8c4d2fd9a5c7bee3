import type { Prisma } from '@/lib/infra/prisma/client'
import { newId } from '@/lib/kernel/ids'
import { type Bank, BankRefusal } from './bank'
import { transferAnswerOf } from './find-transfer'
import { postMovements } from './post-movements'
import type { TransferAnswer, TransferInput } from './protocol'

const NOT_READY = 'the account is not complete'
const DECLINED = 'the receiving bank declined'

/**
 * Sends money of the shop to a merchant's account, once per idempotency key. Declined (`failed`, nothing moved) when the
 * account is not complete or the merchant's test switch says so. The bank lends: the shop's balance may become negative.
 * Refuses an unknown account (404) and a key used for something else (409).
 */
export async function transfer({ db, clock }: Bank, key: string, input: TransferInput): Promise<TransferAnswer> {
  const { accountId, amountMinor, currency } = input
  const now = clock()
  const account = await db.bankAccount.findUnique({ where: { id: accountId } })
  if (!account) throw new BankRefusal(404, 'unknown-account')
  return db.$transaction(async (tx) => {
    const made = await tx.bankTransfer.createMany({
      data: [{ id: newId(), idempotencyKey: key, ...input, status: 'succeeded', createdAt: now }],
      skipDuplicates: true,
    })
    const found = await tx.bankTransfer.findUniqueOrThrow({ where: { idempotencyKey: key } })
    const same = found.accountId === accountId && found.amountMinor === amountMinor && found.currency === currency
    if (!same) throw new BankRefusal(409, 'key-reused')
    if (made.count === 0) return transferAnswerOf(found)
    const failure = await whyDeclined(tx, accountId)
    if (failure !== null) {
      const declined = { status: 'failed', failure }
      return transferAnswerOf(await tx.bankTransfer.update({ where: { id: found.id }, data: declined }))
    }
    await postMovements(tx, [{ kind: 'transfer', sourceId: found.id, amountMinor: -amountMinor, currency, at: now }])
    return transferAnswerOf(found)
  })
}

/** Uses the switch up: of two transfers at once only one is declined for it. */
async function whyDeclined(tx: Prisma.TransactionClient, id: string): Promise<string | null> {
  if ((await tx.bankAccount.count({ where: { id, completedAt: null } })) > 0) return NOT_READY
  const { count } = await tx.bankAccount.updateMany({ where: { id, refuseNext: true }, data: { refuseNext: false } })
  return count > 0 ? DECLINED : null
}
