/** Lists that can be saved as CSV, by their name under /api/admin/export. */
export const EXPORT_NAMES = [
  'orders',
  'payments',
  'refunds',
  'payouts',
  'receivables',
  'events',
  'differences',
  'lines',
  'disputes',
  'accounts',
  'transfers',
  'merchants',
  'coupons',
  'coupon-uses',
  'log',
  'batches',
  'pairs',
  'complaints',
] as const
export type ExportName = (typeof EXPORT_NAMES)[number]
