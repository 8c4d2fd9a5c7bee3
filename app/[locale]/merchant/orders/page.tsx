import { Download, ReceiptText } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { listMerchantOrders, listProductChoices } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { FilterBar, FilterInput, FilterSelect, FilterSpan } from '../../_console/filter-bar'
import { ListFoot } from '../../_console/list-foot'
import { localText } from '../../_console/local'
import { type SearchParams, hrefWith } from '../../_console/params'
import { OrderTable } from '../_components/order-table'
import { OrderQuery, filterOf } from './query'

const PATH = '/merchant/orders'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.orders'))('title') }
}

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const query = OrderQuery.parse(await searchParams)
  const { page, ...filter } = query
  const list = await listMerchantOrders(db(), merchantId, filterOf(query), page)
  const products = await listProductChoices(db(), merchantId)
  const [t, c, s, locale] = [
    await getTranslations('merchant.orders'),
    await getTranslations('console.column'),
    await getTranslations('console.order'),
    await getLocale(),
  ]
  const active = Object.values(filter).some(Boolean)
  return (
    <>
      <PageHeader
        title={t('title')}
        action={
          list.total > 0 && (
            <a
              href={hrefWith('/api/merchant/orders', { ...filter, locale })}
              download
              className={buttonClass({ variant: 'secondary' })}
            >
              <Download aria-hidden />
              {t('csv')}
            </a>
          )
        }
      />
      <FilterBar path={PATH} active={active}>
        <FilterInput label={c('order')} name="number" value={filter.number} placeholder="KB…" />
        <FilterSelect
          label={c('status')}
          name="status"
          value={filter.status}
          choices={Object.values(OrderStatus).map((value) => ({ value, label: s(value) }))}
        />
        <FilterSelect
          label={c('product')}
          name="product"
          value={filter.product}
          choices={products.map(({ id, titleZh, titleEn }) => ({
            value: id,
            label: localText(locale, titleZh, titleEn),
          }))}
        />
        <FilterSelect
          label={t('dispute')}
          name="frozen"
          value={filter.frozen}
          choices={[{ value: 'yes', label: t('frozen') }]}
        />
        <FilterSpan>
          <FilterInput label={t('from')} name="from" type="date" value={filter.from} />
          <FilterInput label={t('until')} name="until" type="date" value={filter.until} />
        </FilterSpan>
      </FilterBar>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState icon={<ReceiptText />} title={t(active ? 'noneFound' : 'none')}>
            {t(active ? 'noneFoundText' : 'noneText')}
          </EmptyState>
        ) : (
          <OrderTable orders={list.rows} caption={t('title')} />
        )}
      </Card>
      <ListFoot page={list} hrefOf={(to) => hrefWith(PATH, { ...filter, page: to })} />
    </>
  )
}
