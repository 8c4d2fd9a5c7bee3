import { expect, test } from 'vitest'
import { db } from '@/tests/support/database'

test('the application does not work as a superuser', async () => {
  const rows = await db.$queryRaw`SELECT current_setting('is_superuser') AS superuser, current_user AS role`
  expect(rows).toEqual([{ superuser: 'off', role: 'keybond' }])
})
