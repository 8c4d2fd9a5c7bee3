/** What leaves the mall as a file: PDF for people, CSV for their spreadsheets. */
export { type CsvColumn, toCsv } from './csv'
export { renderReceipt } from './receipt'
export { renderStatement } from './statement'
export type { Receipt, ReceiptRefund, Statement, StatementAccount, StatementLine } from './types'
