/** Kinds of evidence that people bring, as `evidence.kind` names them. What only the platform has is not among them. */
export const BROUGHT_KINDS = [
  'ISSUER_MESSAGE',
  'ACTIVATION_RECORDING',
  'ACCOUNT_REGION',
  'INSTALLED_EDITION',
  'REVOCATION_NOTICE',
  'DELIVERED_TEXT',
  'DOWNLOAD_ATTEMPT',
  'ISSUER_HISTORY',
] as const
export type BroughtKind = (typeof BROUGHT_KINDS)[number]

/** Those of `kinds` that can be brought; all when there is none. */
export function offeredKinds(kinds: readonly string[]): readonly BroughtKind[] {
  const offered = BROUGHT_KINDS.filter((kind) => kinds.includes(kind))
  return offered.length === 0 ? BROUGHT_KINDS : offered
}
