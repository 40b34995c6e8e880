//! `site.yaml`.

use super::{
    CHROME_MODE, COLUMN_KIND, EXTENSION, Field, Record, RefKind, Type, optional as opt, required as req,
};

/// The site as a whole.
pub static SITE: Record = Record {
    name: "site",
    zh: "网站设置",
    fields: &[
        req("name", "名称", Type::Text, "网站名称。", "The site's name."),
        opt("subtitle", "副标题", Type::Text, "名称下面的一行字。", "A line under the name."),
        opt("description", "简介", Type::Text, "一两句话介绍网站。", "One or two sentences about the site."),
        req("base_url", "网址", Type::Url, "网站将来的完整网址。", "The full address the site will have."),
        opt(
            "language",
            "语言",
            Type::Text,
            "语言代码，默认 zh-CN。",
            "The language tag, `zh-CN` by default.",
        ),
        opt(
            "languages",
            "语言版本",
            Type::List(&Type::Text),
            "主语言以外的语言，如 [en]。",
            "The languages besides the main one, such as `[en]`.",
        ),
        opt("programme", "活动名称", Type::Text, "默认“一社一品”。", "The programme's name."),
        opt(
            "theme",
            "主题",
            Type::Either(&Type::Text, &THEME),
            "主题名称，或名称加选项。",
            "The theme's name, or its name and options.",
        ),
        opt("portal", "门户", Type::Record(&PORTAL), "所属门户网站。", "The portal the site belongs to."),
        opt(
            "chrome",
            "页头页脚",
            Type::Either(&Type::Choice(&CHROME_MODE), &CHROME),
            "页头页脚由谁提供，默认“自有”。",
            "Who supplies header and footer; `own` by default.",
        ),
        HEADER_INCLUDE,
        FOOTER_INCLUDE,
        EXTENSION_KEY,
        req(
            "categories",
            "品牌类别",
            Type::List(&Type::Record(&CATEGORY)),
            "品牌的类别，按显示顺序。",
            "The brand categories, in display order.",
        ),
        opt(
            "columns",
            "栏目",
            Type::List(&Type::Record(&COLUMN)),
            "自设栏目；用内置栏目的标识可改其名称和说明。",
            "Columns of the site's own; the id of a built-in one changes it.",
        ),
        opt(
            "figures",
            "关键数据",
            Type::List(&Type::Record(&FIGURE)),
            "全县的关键数据，写明来源。",
            "Key figures of the county, with their source.",
        ),
        opt(
            "featured",
            "首页推荐",
            Type::List(&Type::Ref(RefKind::Community)),
            "首页推荐的社区。",
            "Communities recommended on the home page.",
        ),
        opt(
            "links_whitelist",
            "外链白名单",
            Type::List(&Type::Domain),
            "打开时不提示“即将离开”的域名。",
            "Domains that open without a leaving notice.",
        ),
        opt(
            "update_within_days",
            "更新周期",
            Type::Whole,
            "项目多少天没有动态就提醒，默认 30。",
            "Days without an update after which a project is reported; 30 by default.",
        ),
        opt(
            "lexicon",
            "词库",
            Type::List(&Type::File),
            "用词规则文件，放在 content 文件夹里。",
            "Files of wording rules in the content folder.",
        ),
        opt("publish", "发布目标", Type::Any, "按名称写的发布目标。", "Publishing targets, by name."),
        opt(
            "outputs",
            "产出",
            Type::Record(&OUTPUTS),
            "可以不生成的内容，以及可以多生成的内容。",
            "Outputs that may be turned off.",
        ),
    ],
};

/// A theme with options.
pub static THEME: Record = Record {
    name: "theme",
    zh: "主题",
    fields: &[
        req("name", "名称", Type::Text, "主题名称。", "The theme's name."),
        opt("options", "选项", Type::Any, "主题自己规定的选项。", "Options the theme itself declares."),
    ],
};

/// The county portal.
pub static PORTAL: Record = Record {
    name: "portal",
    zh: "门户",
    fields: &[
        opt("name", "名称", Type::Text, "门户网站的规范名称。", "The portal's registered name."),
        opt("domain", "域名", Type::Domain, "门户域名，不带 http。", "Its bare domain."),
        opt("site_code", "标识码", Type::Text, "网站标识码。", "The website identification code."),
        opt("home_url", "首页", Type::Url, "门户首页网址。", "The address of its home page."),
        opt("icp", "ICP备案号", Type::Text, "ICP 备案号。", "The ICP filing number."),
        opt("police", "公安备案号", Type::Text, "公安机关备案号。", "The public-security filing number."),
        opt("organiser", "主办单位", Type::Text, "主办单位。", "The organising unit."),
        opt("operator", "承办单位", Type::Text, "承办单位。", "The operating unit."),
        opt("phone", "电话", Type::Text, "办公电话。", "An office phone."),
        opt("address", "地址", Type::Text, "办公地址。", "An office address."),
        opt("postcode", "邮编", Type::Text, "邮政编码。", "The post code."),
        opt("conac", "党政机关标识", Type::Url, "党政机关网站标识的链接。", "The link of the organ mark."),
        opt("error_report", "找错链接", Type::Url, "“我为政府网站找错”的链接。", "The error-report link."),
    ],
};

// What the server includes: written in `chrome`, or beside a `chrome` that is only a mode.
const HEADER_INCLUDE: Field = opt(
    "header_include",
    "页头文件",
    Type::Text,
    "服务器包含的页头文件，如 /header.html。",
    "The header file the server includes.",
);
const FOOTER_INCLUDE: Field = opt(
    "footer_include",
    "页脚文件",
    Type::Text,
    "服务器包含的页脚文件，如 /footer.html。",
    "The footer file the server includes.",
);
const EXTENSION_KEY: Field = opt(
    "extension",
    "扩展名",
    Type::Choice(&EXTENSION),
    "网页扩展名：html 或 shtml。",
    "The extension of pages: `html` or `shtml`.",
);

/// Who supplies header and footer, in full.
pub static CHROME: Record = Record {
    name: "chrome",
    zh: "页头页脚",
    fields: &[
        opt("mode", "方式", Type::Choice(&CHROME_MODE), "自有、包含或无。", "`own`, `ssi` or `none`.")
            .also(&["类型", "type"]),
        HEADER_INCLUDE,
        FOOTER_INCLUDE,
        EXTENSION_KEY,
    ],
};

/// A brand category.
pub static CATEGORY: Record = Record {
    name: "category",
    zh: "品牌类别",
    fields: &[
        opt(
            "id",
            "标识",
            Type::Text,
            "网址里的名字，不写就用拼音。",
            "Its name in addresses; pinyin by default.",
        ),
        req("name", "名称", Type::Text, "类别名称。", "The category's name."),
    ],
};

/// A column.
pub static COLUMN: Record = Record {
    name: "column",
    zh: "栏目",
    fields: &[
        opt(
            "id",
            "标识",
            Type::Text,
            "网址里的名字，不写就用拼音。",
            "Its name in addresses; pinyin by default.",
        ),
        opt(
            "name",
            "名称",
            Type::Text,
            "栏目名称；自设栏目必须写。",
            "Its name; needed for one of your own.",
        ),
        opt(
            "description",
            "说明",
            Type::Text,
            "一句话：做什么、有哪些内容。",
            "One sentence: purpose and content.",
        ),
        opt("keywords", "关键词", Type::List(&Type::Text), "关键词。", "Key words."),
        opt(
            "type",
            "类型",
            Type::Text,
            "检查用的栏目类型，如 工作动态。",
            "The kind of column inspectors know.",
        ),
        opt(
            "kind",
            "性质",
            Type::Choice(&COLUMN_KIND),
            "动态、静态或归档。",
            "`dynamic`, `static` or `archive`.",
        ),
        opt("show", "显示", Type::Bool, "是否出现在导航里。", "Whether the navigation shows it."),
    ],
};

/// A key figure.
pub static FIGURE: Record = Record {
    name: "figure",
    zh: "关键数据",
    fields: &[
        req("name", "名称", Type::Text, "数的是什么。", "What is counted."),
        req("value", "数值", Type::Number, "数值，不带单位。", "The number, without its unit."),
        opt("unit", "单位", Type::Text, "单位。", "Its unit."),
        opt("as_of", "截至", Type::Date, "截至哪一天。", "The date it is true for."),
        opt("source", "来源", Type::Text, "数据来源。", "Where it comes from."),
    ],
};

/// Outputs that may be turned off.
pub static OUTPUTS: Record = Record {
    name: "outputs",
    zh: "产出",
    fields: &[
        opt("feeds", "订阅", Type::Bool, "订阅文件。", "The feeds."),
        opt("open_data", "开放数据", Type::Bool, "data 文件夹里的数据文件。", "The files under `data`."),
        opt("calendar", "日历", Type::Bool, "活动日历文件。", "The calendar file."),
        opt("ledger", "台账", Type::Bool, "台账的下载文件。", "The downloads of the ledger."),
        opt("sitemap", "网站地图", Type::Bool, "给搜索引擎的网站地图。", "The site map for search engines."),
        opt("search", "检索", Type::Bool, "站内搜索页。", "The search page."),
        opt("progress", "晒进度", Type::Bool, "全县和各乡镇的进度页。", "The progress boards."),
        opt("awards", "荣誉榜", Type::Bool, "荣誉榜。", "The wall of honours."),
        opt("ledger_page", "台账页", Type::Bool, "台账网页。", "The ledger as pages."),
        opt("sitemap_page", "网站地图页", Type::Bool, "给人看的网站地图。", "The site map for readers."),
        opt(
            "filter",
            "筛选",
            Type::Bool,
            "在分成几页的品牌名单里筛选用的数据。",
            "What narrowing the catalogue needs where it is cut into parts.",
        ),
        opt(
            "share",
            "分享图",
            Type::Bool,
            "没有照片的网页在转发时显示的图片。",
            "The pictures that stand for pages without a photo where they are shared.",
        ),
        opt(
            "webp",
            "WebP图片",
            Type::Bool,
            "照片另存一份更小的 WebP，默认不存。",
            "Photos in WebP too, which is smaller; off unless said otherwise.",
        ),
    ],
};
