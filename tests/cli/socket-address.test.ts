import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

const ECHO = `
  const server = require('node:http').createServer((request, response) => response.end(request.headers['x-forwarded-for']))
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))`

/** What the web process takes for the visitor's address when he claims to be 203.0.113.9. */
async function seenAs(trustProxy: 'yes' | 'no'): Promise<string> {
  const child = spawn(process.execPath, ['--import', './lib/cli/socket-address.mjs', '-e', ECHO], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, KEYBOND_TRUST_PROXY: trustProxy },
  })
  try {
    const port: unknown = (await once(child, 'message')).at(0)
    const answer = await fetch(`http://127.0.0.1:${String(port)}/`, { headers: { 'x-forwarded-for': '203.0.113.9' } })
    return await answer.text()
  } finally {
    child.kill()
  }
}

test('a visitor cannot choose the address he is counted by, unless a proxy in front is trusted', async () => {
  expect(await seenAs('no')).toBe('127.0.0.1')
  expect(await seenAs('yes')).toBe('203.0.113.9')
})
