/** The provider's books against ours: lines pulled, matched, looked up, explained. */
export * from './pull-movements'
export * from './match-lines'
export * from './reconcile'
export * from './explain-line'
