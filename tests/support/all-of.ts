/** Everything that an iterator gives, in its order. */
export async function allOf<T>(from: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of from) all.push(each)
  return all
}
