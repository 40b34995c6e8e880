//! Every key of every file, in English: the same facts as in `fixture_zh`.

pub(super) const FILES: &[(&str, &str)] = &[
    (
        "site.yaml",
        r#"name: 东至县社区品牌
subtitle: 一社一品
description: 全县社区品牌展示
base_url: https://www.example.gov.cn/ztzl/yspp
language: zh-CN
languages: en
programme: 一社一品
theme:
  name: zhaoxia
  options:
    颜色: 红
    首页: [品牌, 进度]
portal:
  name: 东至县人民政府
  domain: www.example.gov.cn
  site_code: "3417210001"
  home_url: https://www.example.gov.cn/
  icp: 皖ICP备12345678号-1
  police: 皖公网安备34172102000001号
  organiser: 主办
  operator: 承办
  phone: 0566-7012345
  address: 尧渡镇
  postcode: 247200
  conac: https://bszs.conac.cn/sitename?method=show&id=1
  error_report: https://zfwzgl.www.gov.cn/exposure/jiucuo.html
chrome:
  mode: ssi
  header_include: /header.html
  footer_include: /footer.html
  extension: shtml
categories:
  - id: care
    name: 养老服务
  - name: 文化
columns:
  - id: news
    name: 工作动态
    description: 各社区的动态。
    keywords: [动态, 社区]
    type: 工作动态
    kind: dynamic
    show: yes
figures:
  - name: 社区
    value: 12.50
    unit: 个
    as_of: 2025年
    source: 组织部
featured: [laojie]
links_whitelist: [www.gov.cn]
update_within_days: 45
lexicon: [lexicon.yaml]
publish:
  门户:
    方式: 文件夹
outputs:
  feeds: no
  open_data: yes
  calendar: true
  ledger: false
  sitemap: true
  search: true
  progress: true
  awards: yes
  ledger_page: false
  sitemap_page: true
  filter: true
  share: false
  webp: yes
"#,
    ),
    ("lexicon.yaml", "- 攻府\n"),
    (
        "towns.yaml",
        "- id: yaodu\n  name: 尧渡镇\n  intro: 县城所在地。\n  code: \"341721100\"\n- name: 东流镇\n",
    ),
    (
        "communities/laojie/community.yaml",
        r#"name: 老街社区
town: yaodu
kind: rural
code: "341721100001"
intro: |
  老街在县城。
party_organisation: 老街社区党委
secretary:
  name: 张某
  post: 书记
office:
  address: 老街 1 号
  phone: 0566-7012345
  hours: 8:00-17:30
structure:
  households: 1200
  residents: 3600
  members: 88
  grids: 6
  branches: 4
  building_groups: 20
  grid_members: 6
  building_heads: 40
brand:
  name: 三缘e站
  category: care
  slogan: 远亲不如近邻
  connotation: |
    地缘、趣缘、业缘。

    见[方案](/files/plan.pdf)。
  method: 三缘工作法
  measures:
    - title: 敲门
      text: 每周一次。
  logo:
    file: logo.png
    alt: 三个圆环
    meaning: 三缘相扣
metrics:
  - name: 满意度
    before: 80
    after: 95.5
    unit: "%"
    period: 2024年
    source: 调查
teams:
  - name: 红马甲
    leader: 李某
    members: 12
    services: 代办
cards:
  - name: 老王修锁
    service: 修锁
    phone: 0566-7000000
    address: 老街 3 号
    hours: 全天
quarters:
  - name: 锦绣园
    households: 300
    branch: 锦绣园党支部
    committee: 有
    property: 某物业
    red_property: yes
    others: [在职党员, 楼栋长]
photos:
  - file: photos/door.jpg
    alt: 老街入口
    credit: 王某
    date: 2024-05
    consent: true
published: 2025-01-02 09:30
updated: 2025-02-03
source: 老街社区
editor: 赵某
status: archived
"#,
    ),
    ("communities/laojie/story.md", "---\ntitle: 老街的故事\n---\n## 背景\n\n从前。\n"),
    (
        "communities/laojie/timeline.yaml",
        "filed:
  number: 东组〔2024〕1号
  date: 2024-03
leader:
  name: 张某
  post: 书记
support:
  instructor:
    name: 孙某
    post: 科长
    unit: 组织部
  group:
    unit: 财政局
    members: 3
  plan:
    title: 帮扶方案
    file: files/plan.pdf
milestones:
  - title: 调研
    due: 2024-06
    done: 2024-05-20
    stage: 启动
    weight: 2
    owner: 张某
    note: 走访
    status: done
  - title: 挂牌
    due: 2026-12
    status: postponed
    reason: 场地改造
updates:
  - date: 2024-05-21
    title: 调研完成
    text: 走访**三百户**。
    by: 老街社区
    photos:
      - file: door.jpg
        alt: 走访
    problem:
      text: 人手少
      solved: 2024-06-01
      how: 找志愿者
",
    ),
    (
        "communities/laojie/awards.yaml",
        "- title: 省级示范社区
  level: provincial
  issuer: 省委组织部
  date: 2023年
  document: 皖组〔2023〕1号
  photo:
    file: door.jpg
    alt: 证书照片
",
    ),
    (
        "communities/qiupu/community.yaml",
        "name: 秋浦社区\ntown: 东流镇\nbrand:\n  name: 秋浦\n  category: 文化\n  connotation: 为民\npublished: 2025-01-02\n",
    ),
    (
        "competitions/ten.yaml",
        "title: 十大品牌评选
level: municipal
organiser: 市委组织部
date: 2024-12
intro: 每年一次。
entrants: [laojie, qiupu]
results:
  - community: laojie
    prize: 一等奖
    document: 池组〔2024〕1号
",
    ),
    (
        "events/2024-05-10-visit.md",
        "---
title: 观摩老街
date: 2024-05-10
end: 2024-05-11
kind: joint_meeting
place: 老街社区
organiser: 组织部
communities: [laojie]
participants: 30
photos:
  - file: photos/visit.jpg
    alt: 观摩现场
published: 2024-05-12 10:00
source: 组织部
status: published
---
大家看了老街。
",
    ),
    (
        "services/lock.yaml",
        "title: 修路灯
community: laojie
requested:
  date: 2025-01-01
  by: 居民
  need: 路灯坏了
dispatched:
  date: 2025-01-02
  by: 社区
claimed:
  date: 2025-01-03
  partner: gongdian
  team: 红马甲
finished:
  date: 2025-01-05
  beneficiaries: 200
rated:
  date: 2025-01-06
  score: 5
  comment: 很好
",
    ),
    (
        "partners.yaml",
        "- id: gongdian
  name: 供电所
  kind: enterprise
  members_registered: 9
  intro: 管电的。
  agreements:
    - community: laojie
      signed: 2024-01
      offers: [修灯, 查线]
      needs: [场地]
",
    ),
    (
        "news/2025-03-01-light.md",
        "---
title: 路灯亮了
published: 2025-03-01
column: news
source: 老街社区
author: 钱某
editor: 赵某
description: 修好了路灯。
keywords: [路灯, 老街]
photos:
  - file: photos/street.jpg
    alt: 街景
communities: [laojie]
aliases: [/old/light.html]
status: published
---
正文。
",
    ),
    ("pages/guide/steps.md", "---\ntitle: 怎么报名\n---\n# 步骤\n"),
];
