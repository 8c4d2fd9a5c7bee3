/** Text out of a file of anybody's: nothing in it may steer a terminal or turn the line round. */
export function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`)
}
