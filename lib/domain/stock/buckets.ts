/** How many buckets a variant's CDKs are spread over, so that concurrent claims start at different places. */
export const BUCKETS = 32
