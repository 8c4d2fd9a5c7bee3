/** What the merchant console reads. Every function is scoped by merchantId in its WHERE. */
export * from './start'
export * from './products'
export * from './product'
export * from './stock'
export * from './orders'
export * from './order'
export * from './balance'
