import { z } from 'zod'
import { db } from '@/lib/infra/db'
import type { CaseSide } from '@/lib/infra/prisma/enums'
import { findSide } from '@/lib/queries/case'
import { guestCheckoutIds } from './guest-access'
import { currentUser } from './session'

/** On which side of this case the person behind the request stands; null: for them there is no such case. */
export async function sideInCase(complaintId: string): Promise<CaseSide | null> {
  if (!z.uuid().safeParse(complaintId).success) return null
  const [user, checkoutIds] = [await currentUser(), await guestCheckoutIds()]
  return findSide(db(), complaintId, { user, checkoutIds })
}
