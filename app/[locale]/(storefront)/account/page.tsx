import { getLocale } from 'next-intl/server'
import { redirect } from '@/i18n/navigation'

/** The account's first page is its orders. */
export default async function AccountPage() {
  redirect({ href: '/account/orders', locale: await getLocale() })
}
