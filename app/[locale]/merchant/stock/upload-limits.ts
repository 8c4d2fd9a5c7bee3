/** The largest upload: 256 MB, which is some five million codes. It is stored as it arrives, in constant memory. */
export const MOST_UPLOAD_BYTES = 256 * 1024 * 1024
/** The largest upload without JavaScript, 8 MB: Next holds a form in memory. Its own limit (next.config) lets a little more through. */
export const MOST_FORM_BYTES = 8 * 1024 * 1024
/** Of a file's name, which is shown and never used as a path. */
export const FILE_NAME_CHARS = 120
/** Where a browser's upload names its file; a header of our own, which no other site's page can send without asking us. */
export const FILE_NAME_HEADER = 'x-file-name'
