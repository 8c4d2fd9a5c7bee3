import { expect, test } from 'vitest'
import { z } from 'zod'
import { REFUSAL_CODES } from '@/lib/kernel/refusal-codes'
import { Refusal } from '@/lib/kernel/refusal'
import { formObject, settleForm } from '@/lib/web/form-action'
import { refusalMessage } from '@/lib/web/refusal-message'

const Schema = z.object({
  email: z.email(),
  quantity: z.coerce.number().int().min(1).max(9),
  passcode: z.string().min(6, 'passcode'),
  tags: z.array(z.string()).optional(),
})

function aForm(changes: Record<string, string> = {}): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries({ email: 'a@example.com', quantity: '2', passcode: 'secret', ...changes }))
    form.set(name, value)
  form.set('$ACTION_ID_x', 'y')
  return form
}

const nobody = async () => Promise.resolve('nobody')

test('gives the parsed input and who asks to the work, and its answer back', async () => {
  const state = await settleForm(aForm(), Schema, 'en', nobody, async (input, who) =>
    Promise.resolve({ ...input, who }),
  )
  expect(state).toEqual({
    status: 'done',
    data: { email: 'a@example.com', quantity: 2, passcode: 'secret', who: 'nobody' },
  })
})

test("names every field that does not fit, in the reader's language, and keeps what was typed but secrets", async () => {
  const form = aForm({ email: 'a@', quantity: '12', passcode: 'abc' })
  const state = await settleForm(form, Schema, 'zh-CN', nobody, nobody)
  expect(state).toMatchObject({
    status: 'refused',
    code: 'input/invalid',
    fields: {
      email: '请填写完整的邮箱地址，例如 name@example.com。',
      quantity: '不能大于 9。',
      passcode: '查询密码至少 6 个字符。',
    },
    values: { email: 'a@', quantity: '12' },
  })
  expect(JSON.stringify(state)).not.toContain('abc')
  expect(JSON.stringify(state)).not.toContain('$ACTION')
  const english = await settleForm(form, Schema, 'en', nobody, nobody)
  expect(english).toMatchObject({ fields: { quantity: 'Must not be more than 9.' } })
})

test('a refusal of the business becomes a sentence with its figures', async () => {
  const state = await settleForm(aForm(), Schema, 'zh-CN', nobody, () =>
    Promise.reject(new Refusal('order/price-changed', { totalMinor: 1_250 })),
  )
  expect(state).toMatchObject({ status: 'refused', code: 'order/price-changed', params: { totalMinor: 1_250 } })
  expect(state.status === 'refused' && state.message).toContain('¥12.50')
})

test('asks who it is before it reads the form', async () => {
  const stranger = () => Promise.reject(new Refusal('auth/required'))
  const state = await settleForm(aForm({ email: 'broken' }), Schema, 'en', stranger, nobody)
  expect(state).toMatchObject({ code: 'auth/required' })
  expect(state).not.toHaveProperty('fields')
})

test('a bug, and a redirect of the framework, is thrown on', async () => {
  const bug = new TypeError('oops')
  await expect(settleForm(aForm(), Schema, 'en', nobody, () => Promise.reject(bug))).rejects.toBe(bug)
})

test('a name that comes twice is a list', () => {
  const form = aForm()
  form.append('tags', 'a')
  form.append('tags', 'b')
  expect(formObject(form)).toMatchObject({ tags: ['a', 'b'], quantity: '2' })
})

test('leaves NUL out, which PostgreSQL does not take', () => {
  expect(formObject(aForm({ email: 'a\u0000@example.com' }))).toMatchObject({ email: 'a@example.com' })
})

test('every refusal has a text in both languages that needs no more than its own figures', () => {
  const params = {
    minutes: 3,
    most: 5,
    left: 2,
    totalMinor: 100,
    count: 4,
    slug: 's',
    attribute: 'region',
    reference: 'r',
    stock: 1,
    leastMinor: 100,
    availableMinor: 100,
    balanceMinor: 100,
    minimumMinor: 100,
    lackMinor: 100,
    code: 'SAVE',
    reason: 'too_large',
    given: 1,
    quantity: 2,
    days: 7,
    untilAt: 0,
    image: 20,
    video: 200,
    files: 20,
    unfinished: 2,
  }
  for (const code of REFUSAL_CODES) {
    for (const locale of ['zh-CN', 'en'] as const) {
      const text = refusalMessage({ code, params }, locale)
      expect(text, `${locale} ${code}`).not.toMatch(/^refusals|[{}]/u)
      expect(text.length).toBeGreaterThan(5)
    }
  }
})

test('a moment in a refusal is said in one zone, and which', () => {
  const refusal = new Refusal('complaint/promised-until', { untilAt: Date.UTC(2026, 1, 3, 6, 5) })
  expect(refusalMessage(refusal, 'zh-CN')).toMatch(/2月3日.*14:05/u)
  expect(refusalMessage(refusal, 'en')).toMatch(/February 3.*14:05.*GMT\+8/u)
})
