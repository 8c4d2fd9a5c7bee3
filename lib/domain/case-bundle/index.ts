/**
 * The file of a case that proves itself: what stands in it, how it is signed, and how anybody checks it without us.
 * Pure code: no database, no clock, no framework; what verifies runs in a browser. docs/decisions/0083-case-bundle.md has the format.
 *
 * Making: entries of a case -> `formatCaseFile`, its order -> `formatOrderFile`, files named by `evidencePath`; every file's hash into
 * `formatManifest`, signed by `signManifest`. Verifying: `openZip` -> `verifyCaseBundle` -> CaseReport, in words by `describeCaseReport`.
 */
export * from './case-file'
export * from './describe-case-report'
export * from './evidence-path'
export * from './manifest'
export * from './order-file'
export * from './report'
export * from './sign-manifest'
export * from './verify-case-bundle'
export * from './zip-reader'
