/** Uploads and proofs, encrypted block by block in the data folder. */
export * from './file-error'
export * from './file-keys'
export * from './file-store'
