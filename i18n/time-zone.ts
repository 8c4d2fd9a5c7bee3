/** The zone of text that the server writes; the browser rewrites moments in the viewer's own zone. */
export const SERVER_TIME_ZONE = 'Asia/Shanghai'
