/** Glyphs a category may choose; 24 x 24, drawn with a 1.75 stroke. An unknown key shows the plain key. */
export const COVER_GLYPHS = {
  key: 'M2.600 17.400V21h3.600v-2.400h2.400v-2.400h2.200l1.500-1.500a6.500 6.500 0 1 0-2.900-2.900zM16.500 7.500h.01',
  game: 'M7 6.500h10a5 5 0 0 1 5 5v.8c0 3-1.300 5.700-3.400 5.700-1.700 0-2.600-2-3.600-3H9c-1 1-1.900 3-3.600 3C3.300 18 2 15.300 2 12.300v-.8a5 5 0 0 1 5-5zM7.500 9.500v3.600M5.700 11.300h3.600M15.500 10.300h.01M18 12.500h.01',
  topup: 'M12 3c4.400 0 8 1.300 8 3s-3.600 3-8 3-8-1.300-8-3 3.600-3 8-3zM4 6v6c0 1.700 3.600 3 8 3s8-1.300 8-3V6M4 12v6c0 1.700 3.600 3 8 3s8-1.300 8-3v-6',
  gift: 'M3.500 8.500h17v4h-17zM5 12.500V21h14v-8.500M12 8.500V21M12 8.500S10.500 3 7.600 3a2.600 2.600 0 0 0-2.600 2.600C5 8 8 8.500 12 8.500zM12 8.500S13.500 3 16.400 3A2.600 2.600 0 0 1 19 5.600C19 8 16 8.500 12 8.500z',
  software: 'M3 5h18v14H3zM3 9h18M6 7h.01M8.500 7h.01M9.500 12.500 7.500 14.500l2 2M14.500 12.500l2 2-2 2',
  office: 'M6 2.500h8.500L19 7v14.500H6zM14 2.500V7.500h5M9 12h7M9 15h7M9 18h4',
  system: 'M3 4h18v12H3zM8.500 20.500h7M12 16v4.500M8 8h3.200v3.200H8zM12.800 8H16v3.200h-3.200z',
  video: 'M3 5h18v14H3zM10 9v6l5-3zM3 8.500h2.500M3 12h2.500M3 15.500h2.500M18.500 8.500H21M18.500 12H21M18.500 15.500H21',
  music: 'M9 17.500V5l11-2v12.500M9 17.500a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM20 15.500a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM9 9l11-2',
  account: 'M12 12a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM3.500 21c.8-4 4.200-6 8.500-6s7.700 2 8.500 6',
  cloud: 'M7 19h10.500a4.500 4.500 0 0 0 .6-9A6.500 6.500 0 0 0 5.700 11.200 4 4 0 0 0 7 19z',
  security: 'M12 2.500 4 5.500v6c0 5 3.400 8.500 8 10 4.600-1.500 8-5 8-10v-6zM8.500 12l2.500 2.500 4.500-5',
  phone: 'M7 2.500h10v19H7zM10.500 18.500h3',
  ai: 'M12 3l1.900 5.100L19 10l-5.100 1.900L12 17l-1.900-5.100L5 10l5.100-1.900zM18.500 15.500l.9 2.100 2.100.9-2.100.9-.9 2.100-.9-2.100-2.100-.9 2.100-.9z',
  study: 'M2.500 9 12 4.500 21.500 9 12 13.500zM6 11v5c1.600 1.700 3.600 2.500 6 2.500s4.400-.8 6-2.500v-5M21.500 9v5.500',
} as const

export type CoverGlyph = keyof typeof COVER_GLYPHS

/** Hues that people expect; other platforms get one from their name. */
const PLATFORM_HUES: Readonly<Record<string, number>> = {
  steam: 245, playstation: 262, psn: 262, xbox: 145, nintendo: 27, switch: 27, epic: 280, 'battle.net': 235, google: 155,
  'google play': 155, apple: 300, 'app store': 300, windows: 232, microsoft: 232, office: 45, netflix: 22, spotify: 150,
  roblox: 15, riot: 20, valorant: 12, adobe: 18, jetbrains: 330, discord: 275, youtube: 25, telegram: 228,
}

/** FNV-1a: the same words give the same cover for ever. */
export function seedOf(words: string): number {
  let hash = 0x811c9dc5
  for (const char of words) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash
}

export function hueOf(platform: string | null | undefined, fallback: string): number {
  const name = (platform ?? '').trim().toLowerCase()
  return PLATFORM_HUES[name] ?? seedOf(name || fallback) % 360
}

export function glyphPath(glyph: string): string {
  return Object.entries(COVER_GLYPHS).find(([name]) => name === glyph)?.[1] ?? COVER_GLYPHS.key
}

const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/u

/** Rough width of a text in em: CJK is a square, Latin a little more than half. */
export function emWidth(text: string): number {
  let width = 0
  for (const char of text) width += WIDE.test(char) ? 1 : char === ' ' || char === '.' ? 0.3 : 0.6
  return width
}

/** One or two lines and the font size with which they fit into `room`. */
export function fitText(text: string, room: number, largest: number): { lines: readonly string[]; size: number } {
  const oneLine = room / Math.max(emWidth(text), 0.1)
  if (oneLine >= 34 || emWidth(text) < 4) return { lines: [text], size: Math.min(largest, oneLine) }
  const lines = halves(text)
  const widest = Math.max(...lines.map(emWidth), 0.1)
  return { lines, size: Math.max(15, Math.min(34, room / widest)) }
}

function halves(text: string): readonly [string, string] {
  const chars = [...text]
  const middle = emWidth(text) / 2
  let best = Math.ceil(chars.length / 2)
  let bestScore = Number.POSITIVE_INFINITY
  for (let cut = 1; cut < chars.length; cut += 1) {
    const off = Math.abs(emWidth(chars.slice(0, cut).join('')) - middle)
    const atWord = chars[cut] === ' ' || WIDE.test(chars[cut] ?? '') || WIDE.test(chars[cut - 1] ?? '')
    const score = off + (atWord ? 0 : 4)
    if (score < bestScore) [best, bestScore] = [cut, score]
  }
  return [chars.slice(0, best).join('').trim(), chars.slice(best).join('').trim()]
}

/** Banknote lines: a family of waves whose phase drifts, drawn from the seed. */
export function guilloche(seed: number, width: number, height: number): string {
  const waves = 9
  const period = width / (1.2 + (seed % 5) * 0.25)
  const lift = 16 + ((seed >>> 4) % 14)
  const top = height * (0.25 + ((seed >>> 8) % 30) / 100)
  const paths: string[] = []
  for (let wave = 0; wave < waves; wave += 1) {
    const drift = (wave / waves) * period * 0.5
    const y = top + wave * 7
    let path = `M${(-period + drift).toFixed(1)} ${y.toFixed(1)}`
    path += `q${(period / 4).toFixed(1)} ${-lift} ${(period / 2).toFixed(1)} 0`
    for (let x = -period / 2; x < width + period; x += period / 2) path += `t${(period / 2).toFixed(1)} 0`
    paths.push(path)
  }
  return paths.join('')
}
