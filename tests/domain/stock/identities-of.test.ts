import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identitiesOf } from '@/lib/domain/stock'
import { DELIVERED_FIELDS, identityText, secretText, tidy } from '@/lib/stock-files'
import { vault } from '@/tests/support/factories'

const text = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...'ab0 :-\n\r卡密') }).map(tidy)
const filled = text.filter((value) => value !== '')
const label = filled.map((value) => value.replaceAll(/[\r\n]/gu, ''))
const values = fc.array(
  fc.record({ field: fc.constantFrom(...DELIVERED_FIELDS), label: fc.option(label, { nil: null }), value: filled }),
  { minLength: 1, maxLength: 5 },
)

test('of every unit that an upload can bring, what was fingerprinted is found again in what was sealed', () => {
  const hex = (identity: string) => Buffer.from(vault.fingerprint(identity)).toString('hex')
  fc.assert(
    fc.property(values, (delivered) => {
      const found = identitiesOf(secretText(delivered)).map(hex)
      expect(found).toContain(hex(identityText(delivered)))
    }),
    { numRuns: 2_000 },
  )
})
