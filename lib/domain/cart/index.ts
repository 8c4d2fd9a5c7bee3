/** What a buyer means to buy: one cart an account, one a guest's browser. Promises and reserves nothing. */
export * from './cart-ref'
export * from './put-in-cart'
export * from './set-cart-quantity'
export * from './empty-cart'
export * from './merge-carts'
export * from './drop-old-carts'
