import { expect, test } from 'vitest'
import { openDatabase } from '@/lib/infra/database'
import { databaseUrl, db } from '@/tests/support/database'

test('the application does not work as a superuser', async () => {
  const rows = await db.$queryRaw`SELECT current_setting('is_superuser') AS superuser, current_user AS role`
  expect(rows).toEqual([{ superuser: 'off', role: 'keybond' }])
})

test("one's own PostgreSQL is taken as it is, and no embedded one is opened", async () => {
  // tests/support/database.ts has put its address into DATABASE_URL.
  const { url, embedded, close } = await openDatabase()
  await close()
  expect({ url, embedded }).toEqual({ url: databaseUrl, embedded: false })
})
