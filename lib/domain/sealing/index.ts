/**
 * The stored side of the provenance log: events of the chains become leaves of the tree, its heads are signed, published and
 * shown to witnesses, and proofs are made. docs/decisions/0072-sealing.md.
 */
export * from './log-keys'
export * from './seal-events'
export * from './read-checkpoints'
export * from './stored-tiles'
export * from './bundle-of'
export * from './cdks-of-order'
export * from './hand-over-log'
export * from './seal-all'
export * from './find-tile'
export * from './cosign-newest'
