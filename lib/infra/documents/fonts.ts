import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { create, type Font } from 'fontkit'
import { invariant } from '@/lib/kernel/invariant'

declare global {
  namespace PDFKit.Mixins {
    interface PDFFont {
      /** A font that is open already, which @types/pdfkit does not know of yet. */
      registerFont(name: string, src: Font): this
    }
  }
}

export type Weight = 'regular' | 'medium'

const FILES: Readonly<Record<Weight, string>> = {
  regular: 'NotoSansHans-Regular.otf',
  medium: 'NotoSansHans-Medium.otf',
}

const opened = new Map<Weight, Font>()

/** Noto Sans Hans (SIL OFL 1.1): 20,902 Han and Latin in one file a weight, read once a process. Documents embed subsets. */
export function fontOf(weight: Weight): Font {
  const known = opened.get(weight)
  if (known) return known
  const font = create(readFileSync(path.join(fontFolder(), FILES[weight])))
  invariant('hasGlyphForCodePoint' in font, 'the font file holds one font')
  opened.set(weight, font)
  return font
}

// Found by path from this module, so that server, worker and commands find the same files and a bundler leaves them alone.
function fontFolder(): string {
  const entry = createRequire(fileURLToPath(import.meta.url)).resolve('@embedpdf/fonts-sc')
  return path.join(path.dirname(entry), '..', 'fonts')
}
