const MOST_CHARS = 120

/**
 * A file's name as it is shown: without folders, control characters, marks that turn the direction of writing, and cut at its front
 * part. It is never used as a path.
 */
export function shownName(fileName: string): string {
  const last = fileName.split(/[/\\]/u).at(-1) ?? ''
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .toWellFormed()
  const chars = [...plain]
  if (chars.length <= MOST_CHARS) return plain === '' || /^\.+$/u.test(plain) ? 'file' : plain
  const extension = /\.[A-Za-z0-9]{1,5}$/u.exec(plain)?.[0] ?? ''
  return `${chars.slice(0, MOST_CHARS - extension.length).join('')}${extension}`
}
