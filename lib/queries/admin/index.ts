/** What the admin face reads: everything, across merchants, for operators only. */
export * from './start'
export * from './orders'
export * from './order'
export * from './ledger'
export * from './payments'
export * from './merchants'
export * from './categories'
