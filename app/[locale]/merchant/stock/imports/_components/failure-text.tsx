import { useTranslations } from 'next-intl'

const KNOWN = [
  'binary',
  'old-workbook',
  'not-a-workbook',
  'broken-archive',
  'unpacks-too-far',
  'too-large',
  'no-list',
  'gone',
  'damaged',
] as const

/** Why an upload cannot be read (any more), and what to do. */
export function FailureText({ failure }: { failure: string | null }) {
  const t = useTranslations('imports.failure')
  const known = KNOWN.find((each) => each === failure)
  return t(known ?? 'other')
}
