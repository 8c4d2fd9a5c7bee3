import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { OrderLink } from '@/lib/queries/admin'
import { FilterInput, FilterSelect, FilterSpan } from '../../_console/filter-bar'
import { TextLink } from '../../_console/text-link'
import { PROVIDERS } from './list-query'

/** Orders by number, each leading to itself; a dash when there are none. */
export function OrderLinks({ orders }: { orders: readonly OrderLink[] }) {
  if (orders.length === 0) return '–'
  return (
    <span className="flex flex-wrap gap-x-3 max-sm:justify-end">
      {orders.map(({ id, number }) => (
        <TextLink key={id} href={`/admin/orders/${id}`}>
          {number}
        </TextLink>
      ))}
    </span>
  )
}

export function orderLink(id: string | null, number: string | null): readonly OrderLink[] {
  return id === null || number === null ? [] : [{ id, number }]
}

/** A reason with what went wrong last beneath it. */
export function WithError({ error, children }: { error: string | null; children: ReactNode }) {
  return (
    <span className="block sm:max-w-72">
      {children}
      {error && <span className="block text-sm break-words text-danger">{error}</span>}
    </span>
  )
}

export function ProviderFilter({ value }: { value: string | undefined }) {
  const c = useTranslations('console.column')
  return (
    <FilterSelect
      label={c('provider')}
      name="provider"
      value={value}
      choices={PROVIDERS.map((name) => ({ value: name, label: name }))}
    />
  )
}

/** From one day to another, both included. */
export function SpanFilter({ from, until }: { from: string | undefined; until: string | undefined }) {
  const t = useTranslations('admin.list')
  return (
    <FilterSpan>
      <FilterInput label={t('from')} name="from" type="date" value={from} />
      <FilterInput label={t('until')} name="until" type="date" value={until} />
    </FilterSpan>
  )
}
