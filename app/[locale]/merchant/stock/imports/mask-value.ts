const LONG = 12

/** Enough of a value to tell a code from an account, not enough to use it: of 12 and more characters the first and last two. */
export function maskValue(value: string): string {
  const characters = [...value]
  if (characters.length === 0) return ''
  if (characters.length < LONG) return `${characters[0]}•••`
  return `${characters.slice(0, 2).join('')}••••${characters.slice(-2).join('')}`
}
