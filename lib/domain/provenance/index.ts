/**
 * The provenance log: what happened to each CDK, in an order and form that nobody, ourselves included, can change unseen.
 * Pure code: no database, no clock, no framework; everything that verifies runs in a browser as it stands (WebCrypto).
 * docs/decisions/0070-provenance-log.md has the formats and what the log does and does not prove.
 *
 * Recording (in the transaction of the change, under the CDK's row lock)
 *   salt = newSalt(), chainEvent(sha256, lastEvent, { ..., commitment: commit(sha256, salt, { orderId, ... }) }); store the
 *   event and, apart from it, the salt and the details. `orderId` in the details is what ties an event to its order.
 *   `sha256` is Node's: (bytes) => new Uint8Array(hash('sha256', bytes, 'buffer')).
 *
 * Sealing (one leader; state: size, `encodeTree` bytes, tiles by path)
 *   committed events, each CDK's in the order of `seq` -> logEntry -> leafHash; growTiles from readEdge(size, shelf of
 *   edgeTiles(size)), edgeTree of the new edge (root by treeRoot), growEntries from the bundle of edgeEntries(size);
 *   tiles and new state are stored before signCheckpoint is published. A witness's line is taken when verifyNote with its
 *   key verifies it. To change the key: signHandover at the current head, then sign with the new key.
 *
 * Serving, under the prefix /log: `checkpoint`, and `tilePath` paths; parseTilePath refuses every other spelling.
 *
 * Proving: tilesForBundle -> load -> buildBundle -> formatBundle. Only events below the checkpoint's size belong in.
 * Verifying: verifyBundle(text, trustedKeys) -> Report; pages translate check, problem and limit by name, describeReport is
 *   the English text of the command. Auditing a whole log: auditTiles, and verifyChain for stored chains.
 */
export * from './actor-pseudonym'
export * from './audit-tiles'
export * from './build-bundle'
export * from './bytes'
export * from './cdk-event'
export * from './check-log'
export * from './checkpoint'
export * from './commitment'
export * from './compact-range'
export * from './cosignature'
export * from './describe-report'
export * from './digest'
export * from './entry-bundle'
export * from './grow-entries'
export * from './grow-tiles'
export * from './key-history'
export * from './log-entry'
export * from './make-proofs'
export * from './merkle-hash'
export * from './merkle-ranges'
export * from './printable'
export * from './proof-bundle'
export * from './report'
export * from './sign-note'
export * from './signed-note'
export * from './tile-path'
export * from './verifier-key'
export * from './verify-bundle'
export * from './verify-chain'
export * from './verify-proofs'
