import { expect, test, vi } from 'vitest'
import { GET, POST } from '@/app/bank/[...path]/route'

const settings = vi.hoisted(() => ({ sandbox: false }))
vi.mock('@/lib/infra/payments', () => ({ providerNamed: () => (settings.sandbox ? {} : null) }))
vi.mock('@/lib/bank/this-bank', () => ({ thisBank: () => ({}) }))

test('where money is real nobody prints any: the sandbox bank has no page and takes no form', async () => {
  const page = new Request('http://mall.example.com/bank/stray')
  expect((await GET(page)).status).toBe(404)
  expect((await POST(new Request(page, { method: 'POST' }))).status).toBe(404)
  settings.sandbox = true
  expect((await GET(page)).status).toBe(200)
})
