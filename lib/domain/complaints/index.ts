/** Complaints about CDKs and their price: what counts as a failure, and who has to show it. */
export * from './failure-standard'
