import type { ProductCard as Card } from '@/lib/queries/storefront'
import { ProductCard } from './product-card'

export function ProductGrid({
  cards,
  heading = 'h2',
  beside = false,
}: {
  cards: readonly Card[]
  heading?: 'h2' | 'h3'
  beside?: boolean
}) {
  return (
    <ul className={`grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 ${beside ? 'xl:grid-cols-4' : 'lg:grid-cols-4'}`}>
      {cards.map((card) => (
        <li key={card.slug} className="grid min-w-0">
          <ProductCard card={card} heading={heading} />
        </li>
      ))}
    </ul>
  )
}
