/** Merchants: opening, admission and suspension, deposits. */
export * from './open-merchant'
export * from './set-merchant-status'
export * from './record-deposit'
