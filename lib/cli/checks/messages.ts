import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const LANGUAGES = ['zh-CN', 'en'] as const

/** What the message files of the two languages do not share: a missing file, a key that only one has, an empty text. */
export function messageFaults(folder: string): string[] {
  const [first, second] = LANGUAGES
  return [...faultsOf(folder, first, second), ...faultsOf(folder, second, first)]
}

function faultsOf(folder: string, mine: string, other: string): string[] {
  const files = readdirSync(path.join(folder, mine)).filter((name) => name.endsWith('.json'))
  const theirs = new Set(readdirSync(path.join(folder, other)))
  return files.flatMap((file) => {
    if (!theirs.has(file)) return [`${other}/${file} is missing; ${mine} has it`]
    const texts = textsOf(read(folder, mine, file))
    const known = new Set(textsOf(read(folder, other, file)).map(([key]) => key))
    return texts.flatMap(([key, text]) => {
      if (!known.has(key)) return [`${other}/${file} has no ${key}; ${mine} has it`]
      return text.trim() === '' ? [`${mine}/${file} has an empty text at ${key}`] : []
    })
  })
}

function read(folder: string, language: string, file: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, language, file), 'utf8'))
}

function textsOf(value: unknown, at = ''): [key: string, text: string][] {
  if (typeof value === 'string') return [[at, value]]
  if (!(value instanceof Object)) return []
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, at === '' ? key : `${at}.${key}`))
}
