/** Endings by which a system may open a saved file, by what its bytes are; the first is added. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'video/quicktime': ['mov', 'qt'],
  'application/pdf': ['pdf'],
}

/** A file's name with the ending of what it is: nothing is saved under a name that would run it. */
export function saveName(fileName: string, contentType: string): string {
  const endings = ENDINGS[contentType] ?? ['bin']
  const own = /\.([A-Za-z0-9]{1,8})$/u.exec(fileName)?.[1]?.toLowerCase()
  return own !== undefined && endings.includes(own) ? fileName : `${fileName}.${endings[0] ?? 'bin'}`
}
