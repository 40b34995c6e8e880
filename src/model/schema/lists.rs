//! Towns, selections, services and partners.

use super::{LEVEL, PARTNER_KIND, Record, RefKind, Type, optional as opt, required as req};

/// A town.
pub static TOWN: Record = Record {
    name: "town",
    zh: "乡镇",
    fields: &[
        opt(
            "id",
            "标识",
            Type::Text,
            "网址里的名字，不写就用拼音。",
            "Its name in addresses; pinyin by default.",
        ),
        req("name", "名称", Type::Text, "乡镇名称。", "Its name."),
        opt("intro", "简介", Type::Prose, "简介。", "About it."),
        opt("code", "区划代码", Type::Text, "区划代码。", "Its administrative code."),
    ],
};

/// A selection.
pub static COMPETITION: Record = Record {
    name: "competition",
    zh: "评选",
    fields: &[
        req("title", "名称", Type::Text, "评选名称。", "Its title."),
        req("level", "级别", Type::Choice(&LEVEL), "级别。", "Its level."),
        req("organiser", "主办单位", Type::Text, "主办单位。", "Its organiser."),
        req("date", "日期", Type::Date, "日期。", "When."),
        opt("intro", "简介", Type::Prose, "简介。", "About it."),
        opt("entrants", "参评", Type::List(&Type::Ref(RefKind::Community)), "参评社区。", "Who entered."),
        opt("results", "结果", Type::List(&Type::Record(&WIN)), "评选结果。", "Who won what."),
    ],
};

/// A result of a selection.
pub static WIN: Record = Record {
    name: "result",
    zh: "结果",
    fields: &[
        req("community", "社区", Type::Ref(RefKind::Community), "获奖社区。", "The winner."),
        req("prize", "奖项", Type::Text, "奖项。", "The prize."),
        opt("document", "文号", Type::Text, "文号。", "The document number."),
    ],
};

/// A claimed service.
pub static SERVICE: Record = Record {
    name: "service",
    zh: "服务项目",
    fields: &[
        req("title", "名称", Type::Text, "项目名称。", "Its title."),
        req("community", "社区", Type::Ref(RefKind::Community), "所在社区。", "The community."),
        req("requested", "点单", Type::Record(&REQUESTED), "谁提出、要什么。", "Who asked, and for what."),
        opt("dispatched", "派单", Type::Record(&DISPATCHED), "何时派单。", "When it was passed on."),
        opt("claimed", "接单", Type::Record(&CLAIMED), "谁来接单。", "Who claimed it."),
        opt("finished", "完成", Type::Record(&FINISHED), "何时完成。", "When it was finished."),
        opt("rated", "评单", Type::Record(&RATED), "群众评价。", "How it was rated."),
    ],
};

/// The request.
pub static REQUESTED: Record = Record {
    name: "requested",
    zh: "点单",
    fields: &[
        req("date", "日期", Type::Date, "日期。", "The day."),
        opt("by", "提出人", Type::Text, "谁提出的。", "Who asked."),
        opt("need", "需求", Type::Text, "需要什么。", "What is needed."),
    ],
};

/// The dispatch.
pub static DISPATCHED: Record = Record {
    name: "dispatched",
    zh: "派单",
    fields: &[
        req("date", "日期", Type::Date, "日期。", "The day."),
        opt("by", "派单人", Type::Text, "谁派的单。", "Who passed it on.").also(&["提出人", "经办人"]),
    ],
};

/// The claim.
pub static CLAIMED: Record = Record {
    name: "claimed",
    zh: "接单",
    fields: &[
        req("date", "日期", Type::Date, "日期。", "The day."),
        opt("partner", "单位", Type::Ref(RefKind::Partner), "接单的共建单位。", "The partner unit."),
        opt("team", "服务队", Type::Text, "接单的服务队。", "The team."),
    ],
};

/// The completion.
pub static FINISHED: Record = Record {
    name: "finished",
    zh: "完成",
    fields: &[
        req("date", "日期", Type::Date, "日期。", "The day."),
        opt("beneficiaries", "受益人次", Type::Whole, "受益人次。", "How many were served."),
    ],
};

/// The rating.
pub static RATED: Record = Record {
    name: "rated",
    zh: "评单",
    fields: &[
        req("date", "日期", Type::Date, "日期。", "The day."),
        opt("score", "满意度", Type::Whole, "满意度，1 到 5。", "1 to 5."),
        opt("comment", "评价", Type::Text, "评价。", "What was said."),
    ],
};

/// A partner unit.
pub static PARTNER: Record = Record {
    name: "partner",
    zh: "共建单位",
    fields: &[
        opt(
            "id",
            "标识",
            Type::Text,
            "网址里的名字，不写就用拼音。",
            "Its name in addresses; pinyin by default.",
        ),
        req("name", "名称", Type::Text, "单位名称。", "Its name."),
        req("kind", "类型", Type::Choice(&PARTNER_KIND), "单位类型。", "What kind of unit it is."),
        opt(
            "members_registered",
            "报到党员",
            Type::Whole,
            "报到党员人数。",
            "Members registered in communities.",
        ),
        opt("intro", "简介", Type::Prose, "简介。", "About it."),
        opt(
            "agreements",
            "双向服务协议",
            Type::List(&Type::Record(&AGREEMENT)),
            "与社区签的双向服务协议。",
            "Its two-way service agreements.",
        ),
    ],
};

/// A two-way service agreement.
pub static AGREEMENT: Record = Record {
    name: "agreement",
    zh: "双向服务协议",
    fields: &[
        req("community", "社区", Type::Ref(RefKind::Community), "签协议的社区。", "The community."),
        opt("signed", "签订时间", Type::Date, "签订时间。", "When it was signed."),
        opt("offers", "服务清单", Type::List(&Type::Text), "单位提供的服务。", "What the unit offers."),
        opt("needs", "需求清单", Type::List(&Type::Text), "单位的需求。", "What the unit needs."),
    ],
};
