import { expect, test } from 'vitest'
import { csvResponse, pdfResponse } from '@/lib/web/download'

test('a PDF is a download that nobody keeps or guesses at, with its length', async () => {
  const response = pdfResponse('receipt.pdf', new Uint8Array([1, 2, 3]))
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'application/pdf',
    'content-length': '3',
    'content-disposition': `attachment; filename="receipt.pdf"; filename*=UTF-8''receipt.pdf`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
})

test('a CSV is sent as it is made, under a Chinese name that old readers get a plain one for', async () => {
  const response = csvResponse("对账单 (100%)'26.csv", new Blob(['a\r\n']).stream())
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-length')).toBeNull()
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="___ (100_)'26.csv"; filename*=UTF-8''%E5%AF%B9%E8%B4%A6%E5%8D%95%20%28100%25%29%2726.csv`,
  )
  expect(await response.text()).toBe('a\r\n')
})

test('a name can neither add a header nor leave its folder', () => {
  const header = pdfResponse('../a"b\r\nSet-Cookie: x\u202Efdp.\uD800', new Uint8Array()).headers
  expect(header.get('set-cookie')).toBeNull()
  expect(header.get('content-disposition')).toMatch(/^attachment; filename="[ !#-~]+"; filename\*=UTF-8''[\w.%-]+$/)
  expect(header.get('content-disposition')).not.toContain('/')
})
