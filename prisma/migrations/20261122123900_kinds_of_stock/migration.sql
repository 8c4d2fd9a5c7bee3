-- Apart from what uses them: PostgreSQL lets a new value be used only after the transaction that added it.
-- AlterEnum
ALTER TYPE "ActorKind" ADD VALUE 'ARBITRATOR';

-- AlterEnum
ALTER TYPE "CdkState" ADD VALUE 'FROZEN';

-- AlterEnum
ALTER TYPE "OrderStatus" ADD VALUE 'AWAITING_DELIVERY';
