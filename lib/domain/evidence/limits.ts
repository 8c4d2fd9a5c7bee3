const MIB = 1024 * 1024

/** What a file of a case may be, as its bytes say. No SVG, HTML or office file: those are programs to whoever opens them. */
export const EVIDENCE_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'video/mp4',
  'video/webm',
  'video/quicktime',
  'application/pdf',
] as const
export type EvidenceType = (typeof EVIDENCE_TYPES)[number]

/** Bytes that one request carries at most: what is lost when a connection breaks. */
export const PART_BYTES = 4 * MIB
/** Only the last part may be smaller, so that nobody makes a row of every byte. */
export const LEAST_PART_BYTES = MIB / 4

/** The largest file: a video. */
export const MOST_VIDEO_BYTES = 200 * MIB
export const MOST_IMAGE_BYTES = 20 * MIB
/** Of one side of one case, refused ones aside. */
export const MOST_FILES = 20
export const MOST_BYTES_A_SIDE = 500 * MIB
export const MOST_UNFINISHED = 3

/** The same in the words of refusals, in MB. */
export const EVIDENCE_FIGURES = { image: 20, video: 200, files: 20, total: 500, unfinished: 3 } as const

/** The most bytes of a file that is of this type. */
export function mostBytesOf(type: EvidenceType): number {
  return type.startsWith('video/') ? MOST_VIDEO_BYTES : MOST_IMAGE_BYTES
}
