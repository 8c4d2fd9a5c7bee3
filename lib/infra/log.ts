import { type Logger, pino } from 'pino'
import { env } from '@/lib/infra/env'

/** What must never be read in a log, whoever put it into an object that is logged (product.md: CDKs, secrets). */
const SECRET_FIELDS =
  'code codes cdk cdks plaintext pin secret key password passwordHash passcode passcodeHash token authorization cookie DATABASE_URL'

/** A logger of JSON lines for one part of the system; at most three levels deep secrets are cut out. */
export function createLog(part: string, level: string = env().LOG_LEVEL): Logger {
  const paths = SECRET_FIELDS.split(' ').flatMap((field) => [field, `*.${field}`, `*.*.${field}`])
  return pino({
    level,
    base: { part, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[cut]' },
  })
}
