import type { SeedCategory } from './shapes'

const must = (key: SeedCategory['attributeTemplate'][number]['key']) => ({ key, required: true })
const may = (key: SeedCategory['attributeTemplate'][number]['key']) => ({ key, required: false })

/** In the sequence in which they stand on the home page. */
export const CATEGORIES: readonly SeedCategory[] = [
  {
    slug: 'game-topup',
    nameZh: '游戏点卡',
    nameEn: 'Game top-up',
    glyph: 'topup',
    attributeTemplate: [must('region'), must('platform'), may('validity')],
    needsDownloadAddress: false,
    rules: { inspectionHoursAfterReveal: 24 },
  },
  {
    slug: 'game-keys',
    nameZh: '游戏激活码',
    nameEn: 'Game keys',
    glyph: 'game',
    attributeTemplate: [must('region'), must('platform'), must('edition'), may('activationLimit'), may('validity')],
    needsDownloadAddress: false,
    rules: {},
  },
  {
    slug: 'software',
    nameZh: '软件授权',
    nameEn: 'Software licences',
    glyph: 'software',
    attributeTemplate: [must('region'), must('platform'), must('edition'), must('activationLimit'), must('validity')],
    needsDownloadAddress: true,
    rules: {},
  },
  {
    slug: 'streaming',
    nameZh: '影音会员',
    nameEn: 'Video and music',
    glyph: 'video',
    attributeTemplate: [must('region'), may('platform'), may('edition'), must('validity')],
    needsDownloadAddress: false,
    rules: { inspectionHoursAfterReveal: 24 },
  },
  {
    slug: 'gift-cards',
    nameZh: '礼品卡',
    nameEn: 'Gift cards',
    glyph: 'gift',
    attributeTemplate: [must('region'), may('platform'), must('validity')],
    needsDownloadAddress: false,
    rules: { inspectionHoursAfterReveal: 24 },
  },
  {
    slug: 'ai-cloud',
    nameZh: 'AI 与云服务',
    nameEn: 'AI and cloud credit',
    glyph: 'ai',
    attributeTemplate: [must('region'), may('platform'), may('edition'), may('activationLimit'), must('validity')],
    needsDownloadAddress: false,
    rules: {},
  },
  {
    slug: 'courses',
    nameZh: '学习课程',
    nameEn: 'Courses',
    glyph: 'study',
    attributeTemplate: [must('region'), may('platform'), may('edition'), must('validity')],
    needsDownloadAddress: true,
    rules: { inspectionHours: 96 },
  },
  {
    slug: 'mobile-packs',
    nameZh: '手游礼包',
    nameEn: 'Mobile game packs',
    glyph: 'phone',
    attributeTemplate: [must('region'), must('platform'), may('activationLimit'), must('validity')],
    needsDownloadAddress: false,
    rules: { inspectionHoursAfterReveal: 24 },
  },
]
