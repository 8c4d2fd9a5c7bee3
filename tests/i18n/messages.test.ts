import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { messagesOf } from '@/messages'

/** Names in `{name}` and `{count, plural, ...}`; the words of a plural's branch are not names. */
const ARGUMENT = /(?<!(?:zero|one|two|few|many|other|=\d+)\s*)\{(\w+)\s*[,}]/g

function textsOf(tree: object, path = ''): Array<[string, string]> {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]): Array<[string, string]> => {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'string') return [[here, value]]
    return typeof value === 'object' && value !== null ? textsOf(value, here) : []
  })
}

function argumentsOf(text: string): string[] {
  return [...new Set([...text.matchAll(ARGUMENT)].map((match) => match[1] ?? ''))].sort()
}

const zh = new Map(textsOf(messagesOf('zh-CN')))
const en = new Map(textsOf(messagesOf('en')))

// The compiler holds the keys equal; what a text interpolates it cannot see.
test('both languages interpolate the same values', () => {
  const differing = [...zh].filter(([key, text]) => argumentsOf(text).join() !== argumentsOf(en.get(key) ?? '').join())
  expect(differing.map(([key]) => key)).toEqual([])
})

test('no text is empty or shouts', () => {
  const bad = [...zh, ...en].filter(([, text]) => text.trim() === '' || /[!！]|系统繁忙/u.test(text))
  expect(bad.map(([key]) => key)).toEqual([])
})

test('no Chinese was left in the English texts', () => {
  // The brand, the other language's name, a search example and the bank's sign.
  const allowed = /卡契|中文|点卡|沙盒银行/gu
  const bad = [...en].filter(([, text]) => /\p{Script=Han}/u.test(text.replaceAll(allowed, '')))
  expect(bad.map(([key, text]) => `${key}: ${text}`)).toEqual([])
})

// A brace too many is found by nobody before the one reader whom the text is for.
test.each(['zh-CN', 'en'] as const)('every text of %s can be drawn, whatever the count', (locale) => {
  const failed: string[] = []
  const t = createTranslator<Record<string, string>>({
    locale,
    messages: messagesOf(locale) as never,
    onError: ({ message }) => failed.push(message),
  })
  for (const [key, text] of locale === 'en' ? en : zh) {
    const tags = [...text.matchAll(/<(\w+)>/g)].map((match) => [match[1] ?? '', () => 'tag'] as const)
    for (const value of [0, 1, 2, 1000]) {
      void t.rich(key, {
        ...Object.fromEntries(argumentsOf(text).map((name) => [name, value])),
        ...Object.fromEntries(tags),
      })
    }
  }
  expect(failed).toEqual([])
})

test('everybody is addressed alike, and codes are counted in sheets', () => {
  const bad = [...zh].filter(([, text]) => /您|个卡密/u.test(text))
  expect(bad.map(([key, text]) => `${key}: ${text}`)).toEqual([])
})
