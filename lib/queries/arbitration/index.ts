/** What arbitrators read: the cases that were given to them, and the evidence of each. */
export * from './list-cases'
export * from './find-file'
export * from './find-precedents'
export * from './ruling-effect'
