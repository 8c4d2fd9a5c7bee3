/** Facts for search engines. `<` is written as an escape, so that a title cannot close the script. */
export function JsonLd({ data }: { data: Readonly<Record<string, unknown>> }) {
  return (
    <script type="application/ld+json">
      {JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', String.raw`\u003c`)}
    </script>
  )
}
