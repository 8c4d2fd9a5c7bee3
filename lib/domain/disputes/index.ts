/** Payers' disputes (chargebacks): opened, answered with evidence, won or lost. */
export * from './evidence'
export * from './build-evidence'
export * from './next-step'
export * from './sync-dispute'
export * from './save-evidence'
export * from './submit-evidence'
export * from './sweep-disputes'
