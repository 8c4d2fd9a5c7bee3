/** What the merchant console reads. Every function is scoped by merchantId in its WHERE. */
export * from './start'
export * from './products'
export * from './product'
export * from './stock'
export * from './stock-desk'
export * from './stock-desk-cdk'
export * from './stock-desk-exports'
export * from './imports'
export type { ImportProgress } from './import-progress'
export * from './orders'
export * from './order'
export {
  type LedgerLine,
  listLedgerLines,
  type MerchantStanding,
  findMerchantStanding,
  selectBalances,
} from './balance'
export { breakdownOf } from './order-breakdown'
export * from './refund-preview'
export * from './payouts'
export * from './statement'
export * from './coupons'
export * from './batches'
export * from './complaints'
export * from './complaint-desk'
export * from './complaint-statistics'
