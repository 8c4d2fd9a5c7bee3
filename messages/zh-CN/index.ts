import admin from './admin.json'
import auth from './auth.json'
import bank from './bank.json'
import common from './common.json'
import console from './console.json'
import documents from './documents.json'
import merchant from './merchant.json'
import order from './order.json'
import refusals from './refusals.json'
import storefront from './storefront.json'
import upload from './upload.json'

export const zhCn = { common, storefront, order, merchant, admin, auth, bank, refusals, console, upload, documents }
