import { z } from 'zod'
import { localText } from '@/app/[locale]/_console/local'
import { CouponsQuery } from '@/app/[locale]/admin/coupons/query'
import { MerchantsQuery } from '@/app/[locale]/admin/merchants/query'
import { OrdersQuery, orderFilter } from '@/app/[locale]/admin/orders/query'
import { adminOrders, couponUses, merchants, platformCoupons } from '@/lib/queries/admin'
import { type Exporter, csvOf, numbersOf } from './exporter'

/** Orders, merchants, coupons. */
export const shopExports = {
  orders: async (query, { a, c, s, locale }, now) =>
    csvOf(adminOrders(orderFilter(OrdersQuery.parse(query), now)), [
      { title: c('order'), text: (row) => row.number },
      { title: c('status'), text: (row) => s(`order.${row.status}`) },
      { title: s('frozen'), text: (row) => (row.frozen ? s('frozen') : '') },
      { title: c('merchant'), text: (row) => row.merchant },
      { title: c('product'), text: (row) => localText(locale, row.titleZh, row.titleEn) },
      { title: c('quantity'), count: (row) => row.quantity },
      { title: a('order.discount'), minor: (row) => row.discountMinor },
      { title: a('order.promo'), minor: (row) => row.promoMinor },
      { title: c('total'), minor: (row) => row.totalMinor },
      { title: a('order.wallet'), minor: (row) => row.walletMinor },
      { title: c('fee'), minor: (row) => row.feeMinor },
      { title: c('refunded'), minor: (row) => row.refundedMinor },
      { title: c('currency'), text: (row) => row.currency },
      { title: c('placedAt'), at: (row) => row.placedAt },
      { title: c('paidAt'), at: (row) => row.paidAt },
      { title: c('closedAt'), at: (row) => row.closedAt },
    ]),

  merchants: async (query, { a, c, s }) =>
    csvOf(merchants(MerchantsQuery.parse(query)), [
      { title: c('merchant'), text: (row) => row.name },
      { title: a('merchants.legalName'), text: (row) => row.legalName },
      { title: a('merchants.slug'), text: (row) => row.slug },
      { title: c('status'), text: (row) => s(`merchant.${row.status}`) },
      { title: a('merchants.tier'), text: (row) => s(`tier.${row.tier}`) },
      { title: c('onSale'), count: (row) => row.products },
      { title: c('openOrders'), count: (row) => row.openOrders },
      { title: c('feeRate'), minor: (row) => row.feeBps },
      { title: c('deposit'), minor: (row) => row.depositMinor },
      { title: a('merchants.owed'), minor: (row) => row.owedMinor },
      { title: c('createdAt'), at: (row) => row.createdAt },
    ]),

  coupons: async (query, { a, c }, now) =>
    csvOf(platformCoupons(CouponsQuery.parse(query), now), [
      { title: a('coupons.code'), text: (row) => row.code },
      { title: c('status'), text: (row) => a(`coupons.state.${row.state}`) },
      { title: a('coupons.percent'), minor: (row) => row.percentBps },
      { title: a('coupons.amount'), minor: (row) => row.amountMinor },
      { title: a('coupons.most'), minor: (row) => row.mostMinor },
      { title: a('coupons.minimum'), minor: (row) => row.minimumMinor },
      { title: a('coupons.uses'), count: (row) => row.usedCount },
      { title: a('coupons.totalLimit'), count: (row) => row.totalLimit },
      { title: a('coupons.perBuyerLimit'), count: (row) => row.perBuyerLimit },
      { title: a('coupons.cost'), minor: (row) => row.discountMinor },
      { title: a('coupons.startsAt'), at: (row) => row.startsAt },
      { title: a('coupons.endsAt'), at: (row) => row.endsAt },
    ]),

  'coupon-uses': async (query, { a, c }) => {
    const id = z.uuid().safeParse(query.coupon).data
    if (id === undefined) return null
    return csvOf(couponUses(id), [
      { title: a('coupons.takenAt'), at: (row) => row.takenAt },
      { title: a('coupons.buyer'), text: (row) => row.email },
      { title: c('order'), text: (row) => numbersOf(row.orders) },
      { title: a('coupons.discount'), minor: (row) => row.discountMinor },
      { title: c('currency'), text: (row) => row.currency },
      { title: a('coupons.returnedAt'), at: (row) => row.returnedAt },
    ])
  },
} satisfies Record<string, Exporter>
