import { ImportChoices } from '@/lib/stock-files'

/** What the merchant calls the columns of an upload, by place; null where only the number is known. None while nothing is settled. */
export function columnNames(choices: unknown): (string | null)[] {
  const settled = ImportChoices.safeParse(choices)
  return settled.success ? settled.data.mapping.columns.map(({ label }) => label) : []
}
