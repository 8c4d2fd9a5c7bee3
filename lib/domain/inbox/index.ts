/** Callbacks of providers: stored once, handled at once or later, dead letters for operators. */
export * from './event-effects'
export * from './receive-payment-event'
export * from './handle-event'
export * from './sweep-events'
export * from './retry-event'
