/** What buyers see before they order: home, lists, product, merchant. Money in minor units, texts in the reader's language. */
export * from './filters'
export { LOW_STOCK, type ProductCard } from './card'
export * from './list-products'
export * from './find-home'
export * from './list-categories'
export { MOST_COUNTED_ORDERS, type PublicMerchant } from './find-merchant'
export { findProduct, type ProductPage, type ProductVariant } from './find-product'
export * from './list-addresses'
