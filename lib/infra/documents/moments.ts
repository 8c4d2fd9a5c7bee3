export interface Moments {
  /** `2026-11-22 17:24:05`, the same in every language. */
  readonly text: (at: Date) => string
  /** `UTC+8`: what the zone's offset is at that moment. */
  readonly zone: (at: Date) => string
  /** Both. */
  readonly full: (at: Date) => string
}

/** Writes moments as the clocks of `timeZone` show them. */
export function momentsIn(timeZone: string): Moments {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
  const text = (at: Date) => clock.format(at)
  const zone = (at: Date) =>
    (offset.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone).replace('GMT', 'UTC')
  return { text, zone, full: (at) => `${text(at)} ${zone(at)}` }
}
