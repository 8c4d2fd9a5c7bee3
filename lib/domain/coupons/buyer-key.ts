export interface CouponBuyer {
  readonly buyerId: string | null
  readonly email: string
}

/** By whom a coupon's uses are counted: the account, or a guest's e-mail however it was typed. */
export function buyerKeyOf({ buyerId, email }: CouponBuyer): string {
  return buyerId ?? email.trim().toLowerCase()
}
