-- AlterTable
ALTER TABLE "checkout" ADD COLUMN     "lookAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "stock_batch" ADD COLUMN     "retiredAt" TIMESTAMPTZ(3);

-- A queue like the others: short, over what is still to be looked at.
CREATE INDEX "checkout_look_idx" ON "checkout" ("lookAt") WHERE "lookAt" IS NOT NULL;
