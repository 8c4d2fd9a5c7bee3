const CHECKOUT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The checkout that a session or payment was opened for, out of its metadata. Null for what the mall did not open: other
 * programs may use the same Stripe account, and what they write there is not for our database to choke on.
 */
export function ownReference(metadata: Readonly<Record<string, string>> | null | undefined): string | null {
  const id = metadata?.['checkoutId']
  return id !== undefined && CHECKOUT_ID.test(id) ? id : null
}
