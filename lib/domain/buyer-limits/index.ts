/** Rights of buyers whose complaints were unfounded again and again: the records propose a limit, a person decides. */
export * from './propose-limits'
export { confirmLimit } from './confirm-limit'
export * from './lift-limit'
