/** The double-entry books: accounts, transfers, and what each fact of the business posts. */
export * from './accounts'
export * from './balances'
export * from './merchant-postings'
export * from './order-money'
export * from './post-transfers'
export * from './postings'
export * from './route-money'
