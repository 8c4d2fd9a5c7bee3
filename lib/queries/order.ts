/** What a buyer reads of orders: one order's page, its version for live updates, the account's list, the checkout page. */
export { type OrderPage, findOrderPage, type OrderCdk, type OrderTimelineEntry } from './order/order-page'
export type { OrderRefund } from './order/order-money'
export { requireOrderOfBuyer } from './order/require-order-of-buyer'
export { findOrderVersion } from './order/order-version'
export { findDeliveredSnapshot } from './order/delivered-snapshot'
export { type BuyerOrder, listBuyerOrders } from './order/buyer-orders'
export {
  type CheckoutOffer,
  findCheckoutOffer,
  findPlacedByKey,
  listOpenOrders,
  type OpenOrder,
} from './order/checkout-page'
