/** What people are told, once each: written in the transaction of what happened, sent by the worker. Never carries a code. */
export * from './kinds'
export * from './notify'
export * from './read-note'
export * from './mark-read'
export * from './mailer'
export * from './sweep-notifications'
export * from './case-words'
