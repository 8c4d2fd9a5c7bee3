import { notFound } from 'next/navigation'

/** Any address that no page answers gets this language's not-found page, with status 404. */
export default function UnknownAddress() {
  notFound()
}
