import type { StockField } from './header-names'

/** What each column of an upload means, by its place. */
export interface StockMapping {
  readonly columns: readonly MappedColumn[]
}

export interface MappedColumn {
  readonly field: StockField
  /** What the buyer reads before the value; null takes the usual word. */
  readonly label: string | null
  /** A row may leave it empty. Expiry, cost and note always may. */
  readonly optional?: boolean
}

/** The fields that the buyer gets. Cost and note are the merchant's own; the expiry is shown beside, not inside. */
export const DELIVERED_FIELDS = ['code', 'pin', 'account', 'password', 'link'] as const
export type DeliveredField = (typeof DELIVERED_FIELDS)[number]

export function isDelivered(field: StockField): field is DeliveredField {
  return field !== 'expiry' && field !== 'cost' && field !== 'note' && field !== 'ignore'
}

export interface DeliveredValue {
  readonly field: DeliveredField
  readonly label: string | null
  readonly value: string
}

/** The mall speaks Chinese first, and the text is sealed once for all readers. */
const USUAL_LABELS: Readonly<Record<DeliveredField, string>> = {
  code: '卡密',
  pin: '密码',
  account: '账号',
  password: '密码',
  link: '链接',
}

/**
 * What is sealed and handed to the buyer: a single value as it is, so that it can be copied; several as lines of
 * `label: value` in the order of the columns. Further lines of a value are indented, and a label is one line without colons, so that nothing passes for a label: whoever has the text can tell the values (lib/domain/stock: identitiesOf).
 */
export function secretText(values: readonly DeliveredValue[]): string {
  const [only] = values
  if (values.length === 1 && only) return only.value
  return values
    .map(({ field, label, value }) => {
      const name = (label ?? USUAL_LABELS[field]).replaceAll(/[:\s]+/gu, ' ')
      return `${name}: ${value.replaceAll(/\r\n|\n|\r/gu, '\n  ')}`
    })
    .join('\n')
}

/**
 * What makes a unit this unit and no other, the text to fingerprint: its code when it has one, else all that is
 * delivered. An account alone would not do: places on one shared account are sold with a PIN each.
 */
export function identityText(values: readonly DeliveredValue[]): string {
  const code = values.find(({ field }) => field === 'code')
  return code ? code.value : values.map(({ value }) => value).join('\u001F')
}
