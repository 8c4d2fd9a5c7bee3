/** Between the values of a unit without a code (lib/stock-files: identityText). */
const UNIT_SEPARATOR = '\u001F'

/**
 * The texts that the fingerprint of a stored secret may have been taken of: the secret itself, else, where an upload had several
 * columns (`label: value` a line, further lines of a value indented: lib/stock-files, secretText), the value that is the code, or
 * all values when none is. Which it was is kept nowhere.
 */
export function identitiesOf(secret: string): string[] {
  const entries = secret.split(/\n(?! {2})/u)
  const values = entries.map((entry) => entry.slice(entry.indexOf(': ') + 2))
  if (entries.length < 2 || entries.some((entry) => !entry.includes(': '))) return [secret]
  return [secret, values.join(UNIT_SEPARATOR), ...values]
}
