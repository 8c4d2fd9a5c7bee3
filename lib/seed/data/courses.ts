import type { SeedProduct } from './shapes'

const APP = 'https://zhixing.example.com/app'

export const COURSES: readonly SeedProduct[] = [
  {
    merchant: 'zhixing',
    titleZh: '知行课堂 Python 数据分析 36 讲',
    titleEn: 'Python data analysis in 36 lessons',
    descriptionZh: '从零基础到能独立完成一份业务分析报告：36 讲视频、12 个真实数据集、每周作业批改。讲义可下载。',
    descriptionEn:
      'From nothing to your own business report: 36 videos, twelve real data sets, weekly homework that is marked.',
    attributes: { region: '全球 Global', platform: '知行课堂', edition: '视频课＋作业', validity: '激活后 2 年' },
    downloadUrl: APP,
    guideZh: [
      '从下载地址安装知行课堂客户端（也可用网页版）。',
      '登录后点「我的课程 → 兑换课程」。',
      '输入 16 位兑换码，课程立即加入课表。',
      '第一课附学习群二维码与数据集下载。',
    ],
    guideEn: [
      'Install the Zhixing client from the download address, or use the web version.',
      'Choose My courses → Redeem.',
      'Enter the 16-character code; the course joins your timetable.',
      'Lesson one holds the study group and the data sets.',
    ],
    codes: 'key-4x4',
    variants: [
      {
        nameZh: '标准',
        nameEn: 'Standard',
        priceMinor: 19_900,
        stock: 110,
        tiers: [
          [5, 18_900],
          [20, 16_900],
        ],
      },
    ],
  },
  {
    merchant: 'zhixing',
    titleZh: '知行课堂 日语 N2 冲刺营',
    titleEn: 'Japanese N2 sprint',
    descriptionZh: '8 周冲刺：词汇、语法、听力、真题精讲，含 6 次模考与口语陪练。错过直播可回看。',
    descriptionEn:
      'Eight weeks of words, grammar, listening and past papers, with six mock exams and speaking partners.',
    attributes: { region: '全球 Global', platform: '知行课堂', edition: '直播班', validity: '激活后 180 天' },
    downloadUrl: APP,
    guideZh: ['客户端内兑换后选择开班期次。', '开课前 3 天收到教材电子版。', '模考在电脑端进行，请使用耳机。'],
    guideEn: [
      'Redeem in the client and choose a start date.',
      'The books arrive three days before it starts.',
      'Take mock exams on a computer with headphones.',
    ],
    codes: 'key-4x4',
    variants: [
      { nameZh: '录播版', nameEn: 'Recorded', priceMinor: 29_900, stock: 60 },
      { nameZh: '直播版', nameEn: 'Live', priceMinor: 69_900, stock: 25 },
    ],
  },
  {
    merchant: 'zhixing',
    titleZh: '知行课堂 手机摄影入门',
    titleEn: 'Phone photography for beginners',
    descriptionZh: '20 讲学会构图、光线与后期，全部用手机完成。附 60 张练习卡。',
    descriptionEn: 'Twenty lessons on framing, light and finishing with nothing but a phone, and sixty practice cards.',
    attributes: { region: '全球 Global', platform: '知行课堂', validity: '激活后 1 年' },
    downloadUrl: APP,
    guideZh: ['在知行课堂兑换课程。', '练习卡在「资料」页下载打印。', '每周五社群点评，带 #作业 标签发图。'],
    guideEn: [
      'Redeem the course in Zhixing.',
      'Print the practice cards from Materials.',
      'Post with #homework for the Friday review.',
    ],
    codes: 'voucher',
    variants: [{ nameZh: '标准', nameEn: 'Standard', priceMinor: 5_900, stock: 130, tiers: [[10, 5_500]] }],
  },
  {
    merchant: 'zhixing',
    titleZh: '知行课堂 前端工程师实战',
    titleEn: 'Front-end engineering, hands on',
    descriptionZh: '用 TypeScript 从零做一个真实上线的应用，含代码评审 4 次与简历修改。',
    descriptionEn: 'Build and ship a real TypeScript application, with four code reviews and help with your CV.',
    attributes: { region: '全球 Global', platform: '知行课堂', edition: '实战班', validity: '激活后 1 年' },
    downloadUrl: APP,
    guideZh: [
      '打开交付的兑换链接，用知行账号登录确认。',
      '加入代码仓库后按「第 0 课」配置环境。',
      '每次提交作业后 48 小时内收到评审。',
    ],
    guideEn: [
      'Open the delivered link and confirm with your Zhixing account.',
      'Join the repository and set up by lesson zero.',
      'Reviews come within 48 hours of each submission.',
    ],
    codes: 'link',
    variants: [{ nameZh: '实战班', nameEn: 'Hands-on', priceMinor: 89_900, stock: 40 }],
  },
  {
    merchant: 'zhixing',
    titleZh: '知行课堂 少儿编程启蒙盒',
    titleEn: 'First steps in code for children',
    descriptionZh: '6～9 岁，图形化编程 24 课，每课 20 分钟，护眼模式。家长端可查看学习报告。',
    descriptionEn: 'For ages six to nine: 24 lessons of 20 minutes with blocks, and a report for parents.',
    attributes: { region: '中国大陆 CN', platform: '知行课堂', edition: '少儿版', validity: '激活后 1 年' },
    downloadUrl: `${APP}/kids`,
    guideZh: ['家长手机安装「知行少儿」。', '输入卡号与密码激活，绑定孩子昵称。', '首次上课请家长陪同完成麦克风授权。'],
    guideEn: [
      'Install Zhixing Kids on a parent phone.',
      'Activate with number and PIN and add the child.',
      'Be there for the first lesson to allow the microphone.',
    ],
    codes: 'card-pin',
    variants: [{ nameZh: '24 课', nameEn: '24 lessons', priceMinor: 12_800, stock: 65 }],
  },
]
