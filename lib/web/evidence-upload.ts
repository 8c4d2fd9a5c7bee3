/** What the page and the server agree on about uploads of evidence. Client components import from here. */
export { EVIDENCE_FIGURES, EVIDENCE_TYPES, MOST_VIDEO_BYTES, PART_BYTES } from '@/lib/domain/evidence/limits'

/** Says on the page that a form without JavaScript came from what became of its file: `ready`, or the reason of a refusal. */
export const EVIDENCE_QUERY = 'evidence'
