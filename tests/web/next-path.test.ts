import { expect, test } from 'vitest'
import { lastHop } from '@/lib/web/client-ip'
import { safeNextPath } from '@/lib/web/next-path'

test('goes on to a path of this site only', () => {
  for (const path of ['/account/orders', '/en/orders/KB1?x=1', '/checkout/a?quantity=2&key=b'])
    expect(safeNextPath(path, '/')).toBe(path)
  for (const bad of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/..//evil.example',
    '/api/auth/signout',
    '',
    'x',
    null,
  ]) {
    expect(safeNextPath(bad, '/home'), String(bad)).toBe('/home')
  }
})

test('counts the hop that our own side saw', () => {
  expect(lastHop('1.2.3.4')).toBe('1.2.3.4')
  expect(lastHop('9.9.9.9, 1.2.3.4')).toBe('1.2.3.4')
  expect(lastHop('::ffff:1.2.3.4')).toBe('1.2.3.4')
  expect(lastHop('2001:db8::1')).toBe('2001:db8:0:0')
  expect(lastHop('2001:0db8:0000:0000:ffff::9')).toBe('2001:db8:0:0')
  expect(lastHop('::1')).toBe('0:0:0:0')
  expect(lastHop(null)).toBe('unknown')
})
