//! Front matter: stories, events, news and pages.

use super::{EVENT_KIND, Field, PHOTO, Record, RefKind, STATUS, Type, optional as opt, required as req};

/// A brand story.
pub static STORY: Record = Record {
    name: "story",
    zh: "品牌故事",
    fields: &[opt("title", "标题", Type::Text, "故事的标题。", "Its own title.")],
};

/// An event.
pub static EVENT: Record = Record {
    name: "event",
    zh: "活动",
    fields: &[
        req("title", "标题", Type::Text, "标题。", "The title."),
        req("date", "日期", Type::Date, "活动日期。", "When it began."),
        opt("end", "结束", Type::Date, "结束日期。", "When it ended."),
        req("kind", "类型", Type::Choice(&EVENT_KIND), "活动类型。", "What kind it is."),
        opt("place", "地点", Type::Text, "地点。", "Where."),
        opt("organiser", "主办单位", Type::Text, "主办单位。", "Who organised it."),
        COMMUNITIES,
        opt("participants", "人次", Type::Whole, "参加人次。", "How many took part."),
        PHOTOS,
        opt(
            "published",
            "发布时间",
            Type::When,
            "发布时间，默认是活动日期。",
            "When published; its date by default.",
        ),
        SOURCE,
        STATUS_FIELD,
    ],
};

/// A news item.
pub static NEWS: Record = Record {
    name: "news",
    zh: "工作动态",
    fields: &[
        TITLE,
        req("published", "发布时间", Type::When, "发布时间。", "When it was published."),
        COLUMN_FIELD,
        SOURCE,
        AUTHOR,
        EDITOR,
        DESCRIPTION,
        KEYWORDS,
        PHOTOS,
        COMMUNITIES,
        ALIASES,
        STATUS_FIELD,
    ],
};

/// A page.
pub static PAGE: Record = Record {
    name: "page",
    zh: "页面",
    fields: &[
        TITLE,
        opt("published", "发布时间", Type::When, "发布时间。", "When it was published."),
        COLUMN_FIELD,
        SOURCE,
        AUTHOR,
        EDITOR,
        DESCRIPTION,
        KEYWORDS,
        PHOTOS,
        COMMUNITIES,
        ALIASES,
        STATUS_FIELD,
    ],
};

/// What a text in a further language says beside its body; all else is the base record's.
pub static TRANSLATION: Record = Record {
    name: "translation",
    zh: "译文",
    fields: &[
        TITLE,
        DESCRIPTION,
        KEYWORDS,
        SOURCE,
        AUTHOR,
        EDITOR,
        opt("place", "地点", Type::Text, "地点，只用于活动。", "Where; for events only."),
        opt(
            "organiser",
            "主办单位",
            Type::Text,
            "主办单位，只用于活动。",
            "Who organised it; for events only.",
        ),
        STATUS_FIELD,
    ],
};

const TITLE: Field = req("title", "标题", Type::Text, "标题。", "The title.");
const COLUMN_FIELD: Field =
    opt("column", "栏目", Type::Ref(RefKind::Column), "所属栏目。", "The column it belongs to.");
const SOURCE: Field = opt("source", "信息来源", Type::Text, "信息来源。", "Where it comes from.");
const AUTHOR: Field = opt("author", "作者", Type::Text, "作者。", "The author.");
const EDITOR: Field = opt("editor", "责任编辑", Type::Text, "责任编辑。", "The responsible editor.");
const DESCRIPTION: Field =
    opt("description", "摘要", Type::Text, "一两句话的摘要。", "One or two sentences.");
const KEYWORDS: Field = opt("keywords", "关键词", Type::List(&Type::Text), "关键词。", "Key words.");
static PHOTO_TYPE: Type = Type::Record(&PHOTO);
const PHOTOS: Field = opt("photos", "照片", Type::List(&PHOTO_TYPE), "照片。", "Photos.");
const COMMUNITIES: Field = opt(
    "communities",
    "相关社区",
    Type::List(&Type::Ref(RefKind::Community)),
    "相关的社区。",
    "The communities concerned.",
);
const ALIASES: Field = opt(
    "aliases",
    "旧地址",
    Type::List(&Type::Text),
    "以前的网址，从网站根目录写起。",
    "Former addresses, from the site's root.",
);
const STATUS_FIELD: Field =
    opt("status", "状态", Type::Choice(&STATUS), "草稿、已发布或归档。", "Draft, published or archived.");
