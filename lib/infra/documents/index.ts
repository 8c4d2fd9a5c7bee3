/** What leaves the mall as a file: PDF for people, CSV for their spreadsheets. */
export { renderCaseChannels } from './case-channels'
export { renderCaseHtml } from './case-html'
export { renderCasePdf } from './case-pdf'
export { type CsvColumn, toCsv } from './csv'
export { renderReceipt } from './receipt'
export { renderStatement } from './statement'
export type { Receipt, ReceiptRefund, Statement, StatementAccount, StatementLine } from './types'
