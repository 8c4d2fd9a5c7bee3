/** Glyphs a category may choose; 24 x 24, drawn with a 1.75 stroke. An unknown key shows the plain key. */
export const COVER_GLYPHS = {
  key: 'M2.6 17.4V21h3.6v-2.4h2.4v-2.4h2.2l1.5-1.5a6.5 6.5 0 1 0-2.9-2.9zM16.5 7.5h.01',
  game: 'M7 6.5h10a5 5 0 0 1 5 5v.8c0 3-1.3 5.7-3.4 5.7-1.7 0-2.6-2-3.6-3H9c-1 1-1.9 3-3.6 3C3.3 18 2 15.3 2 12.3v-.8a5 5 0 0 1 5-5zM7.5 9.5v3.6M5.7 11.3h3.6M15.5 10.3h.01M18 12.5h.01',
  topup:
    'M12 3c4.4 0 8 1.3 8 3s-3.6 3-8 3-8-1.3-8-3 3.6-3 8-3zM4 6v6c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12v6c0 1.7 3.6 3 8 3s8-1.3 8-3v-6',
  gift: 'M3.5 8.5h17v4h-17zM5 12.5V21h14v-8.5M12 8.5V21M12 8.5S10.5 3 7.6 3a2.6 2.6 0 0 0-2.6 2.6C5 8 8 8.5 12 8.5zM12 8.5S13.5 3 16.4 3A2.6 2.6 0 0 1 19 5.6C19 8 16 8.5 12 8.5z',
  software: 'M3 5h18v14H3zM3 9h18M6 7h.01M8.5 7h.01M9.5 12.5 7.5 14.5l2 2M14.5 12.5l2 2-2 2',
  office: 'M6 2.5h8.5L19 7v14.5H6zM14 2.5V7.5h5M9 12h7M9 15h7M9 18h4',
  system: 'M3 4h18v12H3zM8.5 20.5h7M12 16v4.5M8 8h3.2v3.2H8zM12.8 8H16v3.2h-3.2z',
  video: 'M3 5h18v14H3zM10 9v6l5-3zM3 8.5h2.5M3 12h2.5M3 15.5h2.5M18.5 8.5H21M18.5 12H21M18.5 15.5H21',
  music: 'M9 17.5V5l11-2v12.5M9 17.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM20 15.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM9 9l11-2',
  account: 'M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM3.5 21c.8-4 4.2-6 8.5-6s7.7 2 8.5 6',
  cloud: 'M7 19h10.5a4.5 4.5 0 0 0 .6-9A6.5 6.5 0 0 0 5.7 11.2 4 4 0 0 0 7 19z',
  security: 'M12 2.5 4 5.5v6c0 5 3.4 8.5 8 10 4.6-1.5 8-5 8-10v-6zM8.5 12l2.5 2.5 4.5-5',
  phone: 'M7 2.5h10v19H7zM10.5 18.5h3',
  ai: 'M12 3l1.9 5.1L19 10l-5.1 1.9L12 17l-1.9-5.1L5 10l5.1-1.9zM18.5 15.5l.9 2.1 2.1.9-2.1.9-.9 2.1-.9-2.1-2.1-.9 2.1-.9z',
  study: 'M2.5 9 12 4.5 21.5 9 12 13.5zM6 11v5c1.6 1.7 3.6 2.5 6 2.5s4.4-.8 6-2.5v-5M21.5 9v5.5',
} as const

/** Hues that people expect; other platforms get one from their name. */
const PLATFORM_HUES: Readonly<Record<string, number>> = {
  steam: 245,
  playstation: 262,
  psn: 262,
  xbox: 145,
  nintendo: 27,
  switch: 27,
  epic: 280,
  'battle.net': 235,
  google: 155,
  'google play': 155,
  apple: 300,
  'app store': 300,
  windows: 232,
  microsoft: 232,
  office: 45,
  netflix: 22,
  spotify: 150,
  roblox: 15,
  riot: 20,
  valorant: 12,
  adobe: 18,
  jetbrains: 330,
  discord: 275,
  youtube: 25,
  telegram: 228,
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

/** Rough width of a text in em: CJK is a square, Latin about two thirds in bold. */
export function emWidth(text: string): number {
  let width = 0
  for (const char of text)
    width += WIDE.test(char) ? 1 : /[ .,'|il1]/.test(char) ? 0.36 : /[A-Z@%&mw]/.test(char) ? 0.78 : 0.66
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
