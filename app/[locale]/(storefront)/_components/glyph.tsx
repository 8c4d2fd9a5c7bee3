import { glyphPath } from '@/components/cover-art'

/** A category's glyph as a line drawing. */
export function Glyph({ glyph, className }: { glyph: string; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={glyphPath(glyph)} />
    </svg>
  )
}
