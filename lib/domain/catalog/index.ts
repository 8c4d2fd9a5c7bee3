/** What is listed: categories with their attribute template, products, variants, prices, after-sale rules. */
export * from './after-sale-rules'
export * from './attributes'
export * from './price'
export * from './create-category'
export * from './update-category'
export * from './save-product'
export * from './publish-product'
export * from './unlist-product'
