import { emWidth, fitText, glyphPath, guilloche, hueOf, seedOf } from './cover-art'
import { cx } from './ui/cx'

const WIDTH = 320
const HEIGHT = 200
const MARGIN = 22

interface Props {
  /** Key of the category's glyph. */
  glyph: string
  platform?: string | null | undefined
  /** What is large: the denomination or edition ("¥100", "60 UC", "专业版"); else the title. */
  headline: string
  /** Says what the picture says; leave out when the title stands beside it. */
  label?: string | undefined
  hue?: number | undefined
  className?: string | undefined
}

/** A cover drawn like a bond: the same product always gets the same one. Fills its box at 8:5. */
export function ProductCover({ glyph, platform, headline, label, hue, className }: Props) {
  const h = hue ?? hueOf(platform, headline)
  const seed = seedOf(`${glyph}|${platform ?? ''}|${headline}`)
  const { lines, size } = fitText(headline, WIDTH - MARGIN * 2, 66)
  const platformSize = platform ? Math.min(17, (WIDTH - MARGIN * 2 - 48) / emWidth(platform)) : 0
  const bottom = HEIGHT - MARGIN - size * 0.12
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={cx('block h-auto w-full overflow-hidden', className)}
      preserveAspectRatio="xMidYMid slice"
    >
      <rect width={WIDTH} height={HEIGHT} fill={`oklch(37% 0.075 ${h})`} />
      <path
        d={guilloche(seed, WIDTH, HEIGHT)}
        fill="none"
        stroke={`oklch(68% 0.1 ${h})`}
        strokeWidth="0.8"
        opacity="0.42"
      />
      <rect
        x="8.5"
        y="8.5"
        width={WIDTH - 17}
        height={HEIGHT - 17}
        rx="3"
        fill="none"
        stroke={`oklch(82% 0.06 ${h})`}
        strokeWidth="1"
        opacity="0.45"
      />
      <path
        d={glyphPath(glyph)}
        transform={`translate(${WIDTH - MARGIN - 34} ${MARGIN - 3}) scale(1.417)`}
        fill="none"
        stroke={`oklch(90% 0.05 ${h})`}
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      {platform && (
        <text
          x={MARGIN}
          y={MARGIN + 16}
          fill={`oklch(92% 0.035 ${h})`}
          fontSize={platformSize}
          fontWeight="600"
          letterSpacing="0.02em"
        >
          {platform}
        </text>
      )}
      {lines.map((line, index) => (
        <text
          key={index}
          x={MARGIN}
          y={bottom - (lines.length - 1 - index) * size * 1.16}
          fill="oklch(99% 0.008 95)"
          fontSize={size}
          fontWeight="700"
          letterSpacing="-0.01em"
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          {line}
        </text>
      ))}
    </svg>
  )
}
