/** Double-entry books. Every movement of money is a posting here, in the transaction of what caused it. */
export * from './accounts'
export * from './post-transfers'
export * from './postings'
