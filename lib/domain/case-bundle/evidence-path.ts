/** Windows still gives these names to devices. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu
const MOST_CHARACTERS = 60

/**
 * Where an original file stands: `evidence/<n>-<name>`. What people's computers called it is made harmless (no folder, no control
 * or bidi character, nothing that a file system refuses) and cut; the number keeps two of one name apart.
 */
export function evidencePath(number: number, fileName: string): string {
  const plain = (fileName.split(/[/\\]/u).at(-1) ?? '')
    .normalize('NFC')
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\uFFFD/\\:*?"<>|]/gu, '-')
    .replaceAll(/\s+/gu, ' ')
  const dot = plain.lastIndexOf('.')
  const ending = dot > 0 && plain.length - dot <= 8 ? plain.slice(dot).replaceAll(/[ .]+$/gu, '') : ''
  const stem = [...(ending === '' ? plain : plain.slice(0, dot))].slice(0, MOST_CHARACTERS).join('')
  const name = stem.replaceAll(/^[. ]+|[. ]+$/gu, '')
  return `evidence/${number}-${name === '' || DEVICES.test(name) ? 'file' : name}${ending}`
}
