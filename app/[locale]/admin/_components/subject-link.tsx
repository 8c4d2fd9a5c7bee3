import { useTranslations } from 'next-intl'
import { TextLink } from '../../_console/text-link'

const HREFS: Readonly<Record<string, (id: string) => string>> = {
  order: (id) => `/admin/orders/${id}`,
  payment: (id) => `/admin/payments/${id}`,
  refund: (id) => `/admin/refunds/${id}`,
  'payment-event': (id) => `/admin/events/${id}`,
  dispute: (id) => `/admin/disputes/${id}`,
  'provider-line': (id) => `/admin/reconciliation/lines/${id}`,
  provider: () => '/admin/reconciliation',
  merchant: (id) => `/admin/merchants/${id}`,
  batch: (id) => `/admin/batches/${id}`,
  pair: (id) => `/admin/pairs/${id}`,
  coupon: (id) => `/admin/coupons/${id}`,
  'protection-fund': () => '/admin/fund',
  complaint: (id) => `/admin/complaints/${id}`,
  'buyer-limit': () => '/admin/complaints/limits',
  user: () => '/admin/complaints/arbitrators',
}

/** What an operator's action was done to, and the way to it. */
export function SubjectLink({ subject, id }: { subject: string; id: string }) {
  const t = useTranslations('admin.log.subjectOf')
  const href = HREFS[subject]?.(id)
  if (href === undefined) return subject
  return <TextLink href={href}>{t(subject as 'order')}</TextLink>
}
