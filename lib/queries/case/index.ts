/** What a case's page shows, to each of its sides. */
export { type CaseEntryShown, type CaseView, findCase, findCaseOfMerchant, findCaseOfOrder } from './find-case'
export type { CaseUnit } from './case-row'
export { findCaseVersion } from './case-version'
export { findSide } from './find-side'
export { type Opening, findOpening } from './find-opening'
export { type BuyerCase, listBuyerCases, requireCaseOfBuyer } from './buyer-cases'
