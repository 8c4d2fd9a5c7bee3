import { DEMO_BUYERS, DEMO_GUEST_PASSCODE, DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import type { Tier } from '@/lib/domain/catalog'
import { hashPassword } from '@/lib/infra/crypto/password'
import type { Mall } from './mall'

/** What the stories need to know of the people and the goods in them. */
export interface Cast {
  /** Account ids of the demo buyers by e-mail. */
  readonly buyers: ReadonlyMap<string, string>
  readonly operatorId: string
  /** One for all demo guests. */
  readonly guestPasscodeHash: string
  /** What is sold, by "title/position of the variant". */
  readonly offers: ReadonlyMap<
    string,
    { readonly variantId: string; readonly priceMinor: number; readonly tiers: readonly Tier[] }
  >
}

export async function findCast({ db }: Mall): Promise<Cast> {
  const buyers = await db.user.findMany({
    where: { email: { in: DEMO_BUYERS.map(({ email }) => email) } },
    select: { id: true, email: true },
  })
  const { id: operatorId } = await db.user.findUniqueOrThrow({
    where: { email: DEMO_OPERATOR.email },
    select: { id: true },
  })
  const variants = await db.variant.findMany({
    select: { id: true, position: true, priceMinor: true, tiers: true, product: { select: { titleZh: true } } },
  })
  return {
    buyers: new Map(buyers.map(({ id, email }) => [email, id])),
    operatorId,
    guestPasscodeHash: await hashPassword(DEMO_GUEST_PASSCODE),
    offers: new Map(
      variants.map(({ id, position, priceMinor, tiers, product }) => [
        `${product.titleZh}/${position}`,
        { variantId: id, priceMinor, tiers },
      ]),
    ),
  }
}
