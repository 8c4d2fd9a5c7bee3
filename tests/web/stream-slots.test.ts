import { expect, test } from 'vitest'
import { createStreamSlots } from '@/lib/web/stream-slots'

test('one key cannot take the slots of the others, and all together have no more than there are', () => {
  const slots = createStreamSlots(3, 2)
  const back = slots.take('a')
  slots.take('a')
  expect([slots.isFull('a'), slots.isFull('b')]).toEqual([true, false])
  slots.take('b')
  expect([slots.isFull('b'), slots.isFull('c')]).toEqual([true, true])
  back()
  back()
  expect([slots.isFull('a'), slots.isFull('c')]).toEqual([false, false])
  slots.take('c')
  expect(slots.isFull('a')).toBe(true)
})
