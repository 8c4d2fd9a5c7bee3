import { expect, test } from 'vitest'
import { OrderQuery, filterOf } from '@/app/[locale]/merchant/orders/query'
import { exportMerchantOrders } from '@/lib/queries/merchant'
import { allOf } from '@/tests/support/all-of'
import { db } from '@/tests/support/database'
import { aMerchant } from '@/tests/support/factories'

test.each([{ from: '0000-01-01' }, { until: '0000-01-01' }, { until: '9999-12-31' }, { number: 'KB\u0000' }])(
  'an address with %j shows a list, not an error',
  async (address) => {
    const orders = exportMerchantOrders(db, await aMerchant(), filterOf(OrderQuery.parse(address)))
    expect(await allOf(orders)).toEqual([])
  },
)
