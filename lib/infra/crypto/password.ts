import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** OWASP's second recommended argon2id setting: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456
const PASSES = 2
const HASH_BYTES = 32
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/u

const hash = promisify((parameters: Argon2Parameters, done: (error: Error | null, key: Buffer) => void) => {
  argon2('argon2id', parameters, done)
})

/** argon2id of a password or passcode, in PHC format. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const key = await hash({
    message: password.normalize('NFKC'),
    nonce,
    parallelism: 1,
    tagLength: HASH_BYTES,
    memory: MEMORY_KIB,
    passes: PASSES,
  })
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${base64(nonce)}$${base64(key)}`
}

/**
 * Whether `password` is the one behind `stored`. With nothing stored it does the same work and says no, so that the
 * answer's time does not tell whether the account or order exists.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const match = PHC.exec(stored ?? NOBODY)
  if (!match) return false
  const [, memory, passes, parallelism, nonce = '', key = ''] = match
  const expected = Buffer.from(key, 'base64')
  const actual = await hash({
    message: password.normalize('NFKC'),
    nonce: Buffer.from(nonce, 'base64'),
    parallelism: Number(parallelism),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
  })
  return stored !== null && timingSafeEqual(actual, expected)
}

const NOBODY = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${base64(Buffer.alloc(16))}$${base64(Buffer.alloc(HASH_BYTES))}`

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
