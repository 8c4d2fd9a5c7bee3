import { type Bank, BankRefusal } from './bank'

/** Refuses addresses outside the shop (400), so that nobody is sent, and nothing is posted, anywhere else. */
export function requireShopAddress({ shopOrigins }: Bank, ...urls: readonly string[]): void {
  if (urls.some((url) => !shopOrigins.includes(new URL(url).origin))) throw new BankRefusal(400, 'foreign-address')
}
