import { expect, test, vi } from 'vitest'
import { runLoops } from '@/lib/cli/run-loops'
import type { Loop } from '@/lib/cli/worker-tasks'
import { createLog } from '@/lib/infra/log'

test('a loop that fails and one that hangs do not stop the others, and the failing one turns again', async () => {
  const stopping = new AbortController()
  const turns = { sound: 0, failing: 0, hanging: 0 }
  const loop = (name: keyof typeof turns, end: () => Promise<Record<string, number>>): Loop => ({
    name,
    everyMs: 1,
    run: async () => {
      turns[name] += 1
      return end()
    },
  })
  const never = Promise.withResolvers<Record<string, number>>()
  const loops = [
    loop('failing', () => Promise.reject(new Error('no database'))),
    loop('hanging', () => never.promise),
    loop('sound', () => Promise.resolve({ done: 1 })),
  ]
  const beats = { loops: 0, failures: 0 }
  const running = runLoops(loops, beats, createLog('test', 'silent'), stopping.signal)
  await vi.waitFor(() => expect(Math.min(turns.sound, turns.failing)).toBeGreaterThanOrEqual(3))
  expect(turns.hanging).toBe(1)
  stopping.abort()
  never.resolve({})
  await running
  expect(beats.failures).toBe(turns.failing)
  expect(beats.loops).toBe(turns.sound + 1)
})
