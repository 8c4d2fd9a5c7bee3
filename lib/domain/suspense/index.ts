/** Money that no checkout asked for: taken up wherever it is found, parked, and sent back by an operator. */
export * from './take-payment'
export * from './record-unknown-payment'
export * from './refund-suspense'
