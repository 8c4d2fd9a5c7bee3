/** An amount as it is typed: 1250 is `12.50`. */
export function minorText(minor: number | null): string {
  return minor === null ? '' : (minor / 100).toFixed(2)
}
