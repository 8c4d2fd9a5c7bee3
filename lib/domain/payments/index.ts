/** The provider port, the inbox of its callbacks, captures and refunds. */
export * from './provider'
export * from './backoff'
export * from './open-refund'
export * from './book-refund'
export * from './settle-refund'
export * from './failed-refund'
export * from './receive-event'
export * from './attach-provider-payment'
