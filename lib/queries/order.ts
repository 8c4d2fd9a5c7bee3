/** What a buyer reads of orders: one order's page, its version for live updates, the account's list, checkout, wallet, receipt. */
export { type OrderPage, findOrderPage, type OrderCdk, type OrderTimelineEntry } from './order/order-page'
export type { OrderRefund } from './order/order-money'
export { requireOrderOfBuyer } from './order/require-order-of-buyer'
export { findOrderVersion } from './order/order-version'
export { findDeliveredSnapshot } from './order/delivered-snapshot'
export { type BuyerOrder, listBuyerOrders } from './order/buyer-orders'
export {
  findAvailable,
  findCartKey,
  findPlacedByKey,
  findQuote,
  listOpenOrders,
  type OpenOrder,
  type PageQuote,
} from './order/checkout-page'
export { findReceipt } from './order/receipt'
export {
  findOwnTopUp,
  findWalletBalance,
  listTopUps,
  listWalletLines,
  type TopUp,
  WALLET_CURRENCY,
  type WalletLine,
} from './order/wallet'
