//! `community.yaml` and `awards.yaml`.

use super::{COMMUNITY_KIND, LEVEL, Record, RefKind, STATUS, Type, optional as opt, required as req};

/// A community and its brand.
pub static COMMUNITY: Record = Record {
    name: "community",
    zh: "社区",
    fields: &[
        req("name", "名称", Type::Text, "社区名称。", "The community's name."),
        req(
            "town",
            "所属乡镇",
            Type::Ref(RefKind::Town),
            "所属乡镇，写名称或标识。",
            "Its town: name or id.",
        ),
        opt("kind", "类型", Type::Choice(&COMMUNITY_KIND), "城市社区、农村社区或村。", "What kind it is."),
        opt("code", "区划代码", Type::Text, "12 位区划代码。", "Its administrative code, 12 digits."),
        opt("intro", "简介", Type::Prose, "社区简介。", "About it."),
        opt("party_organisation", "党组织", Type::Text, "党组织名称。", "Its party organisation."),
        opt("secretary", "书记", Type::Record(&PERSON), "书记的姓名和职务。", "Its secretary."),
        opt(
            "office",
            "服务中心",
            Type::Record(&OFFICE),
            "服务中心的地址、电话、时间。",
            "Its service centre.",
        ),
        opt(
            "structure",
            "组织体系",
            Type::Record(&STRUCTURE),
            "户数、党员等数字。",
            "Its structure in numbers.",
        ),
        req("brand", "品牌", Type::Record(&BRAND), "社区的品牌。", "Its brand."),
        opt(
            "metrics",
            "成效",
            Type::List(&Type::Record(&METRIC)),
            "创建前后的对比。",
            "What the brand changed.",
        ),
        opt("teams", "志愿服务队", Type::List(&Type::Record(&TEAM)), "志愿服务队。", "Its volunteer teams."),
        opt("cards", "便民服务", Type::List(&Type::Record(&CARD)), "便民服务联系卡。", "Its service cards."),
        opt("quarters", "小区", Type::List(&Type::Record(&QUARTER)), "辖区内的小区。", "Its quarters."),
        opt(
            "photos",
            "照片",
            Type::List(&Type::Record(&PHOTO)),
            "照片，放在 photos 里。",
            "Photos, in `photos`.",
        ),
        req("published", "发布时间", Type::When, "发布时间。", "When it was published."),
        opt("updated", "更新时间", Type::When, "最近更新时间。", "When it was last edited."),
        opt("source", "信息来源", Type::Text, "信息来源。", "Where the facts come from."),
        opt("editor", "责任编辑", Type::Text, "责任编辑。", "The responsible editor."),
        opt("status", "状态", Type::Choice(&STATUS), "草稿、已发布或归档。", "Draft, published or archived."),
    ],
};

/// A person in an office.
pub static PERSON: Record = Record {
    name: "person",
    zh: "人员",
    fields: &[
        req("name", "姓名", Type::Text, "姓名。", "The name."),
        opt("post", "职务", Type::Text, "职务。", "The post."),
    ],
};

/// A service centre.
pub static OFFICE: Record = Record {
    name: "office",
    zh: "服务中心",
    fields: &[
        opt("address", "地址", Type::Text, "地址。", "The address."),
        opt("phone", "电话", Type::Text, "办公电话。", "An office phone."),
        opt("hours", "时间", Type::Text, "开放时间。", "The opening hours."),
    ],
};

/// A community's structure in numbers.
pub static STRUCTURE: Record = Record {
    name: "structure",
    zh: "组织体系",
    fields: &[
        opt("households", "户数", Type::Whole, "户数。", "Households."),
        opt("residents", "人口", Type::Whole, "人口。", "Residents."),
        opt("members", "党员", Type::Whole, "党员人数。", "Party members."),
        opt("grids", "网格", Type::Whole, "网格数。", "Grids."),
        opt("branches", "党支部", Type::Whole, "党支部数。", "Party branches."),
        opt("building_groups", "楼栋党小组", Type::Whole, "楼栋党小组数。", "Party groups of buildings."),
        opt("grid_members", "网格员", Type::Whole, "网格员人数。", "Grid members."),
        opt("building_heads", "楼栋长", Type::Whole, "楼栋长人数。", "Heads of buildings."),
    ],
};

/// A community's brand.
pub static BRAND: Record = Record {
    name: "brand",
    zh: "品牌",
    fields: &[
        req("name", "名称", Type::Text, "品牌名称。", "The brand's name."),
        req("category", "类别", Type::Ref(RefKind::Category), "品牌类别。", "Its category."),
        opt("slogan", "口号", Type::Text, "口号。", "Its slogan."),
        req("connotation", "内涵", Type::Prose, "品牌的内涵。", "What it means."),
        opt("method", "工作法", Type::Text, "工作法的名称。", "The work method."),
        opt("measures", "工作内容", Type::List(&Type::Record(&MEASURE)), "具体做什么。", "What is done."),
        opt("logo", "标识", Type::Record(&LOGO), "品牌标识。", "Its logo."),
    ],
};

/// One thing that is done for a brand.
pub static MEASURE: Record = Record {
    name: "measure",
    zh: "工作内容",
    fields: &[
        req("title", "标题", Type::Text, "标题。", "The title."),
        opt("text", "内容", Type::Prose, "内容。", "What it is."),
    ],
};

/// A brand's logo.
pub static LOGO: Record = Record {
    name: "logo",
    zh: "标识",
    fields: &[
        req("file", "文件", Type::Image, "图片文件。", "The picture."),
        req("alt", "替代文字", Type::Text, "用文字说明图上有什么。", "What the picture shows, in words.")
            .also(&["说明"]),
        opt("meaning", "释义", Type::Text, "标识的含义。", "What it means."),
    ],
};

/// A result in numbers.
pub static METRIC: Record = Record {
    name: "metric",
    zh: "成效",
    fields: &[
        req("name", "名称", Type::Text, "指标名称。", "What is measured."),
        opt("before", "创建前", Type::Number, "创建前的数值。", "The value before."),
        opt("after", "创建后", Type::Number, "创建后的数值。", "The value after."),
        opt("unit", "单位", Type::Text, "单位。", "The unit."),
        opt("period", "时间", Type::Text, "统计的时间。", "The period."),
        opt("source", "来源", Type::Text, "数据来源。", "The source."),
    ],
};

/// A volunteer team.
pub static TEAM: Record = Record {
    name: "team",
    zh: "志愿服务队",
    fields: &[
        req("name", "名称", Type::Text, "队名。", "Its name."),
        opt("leader", "队长", Type::Text, "队长。", "Its leader."),
        opt("members", "人数", Type::Whole, "人数。", "How many belong to it."),
        opt("services", "服务", Type::Text, "服务内容。", "What it does."),
    ],
};

/// A service card.
pub static CARD: Record = Record {
    name: "card",
    zh: "便民服务",
    fields: &[
        req("name", "名称", Type::Text, "店铺或服务点名称。", "The shop or service point."),
        opt("service", "服务", Type::Text, "服务内容。", "What it offers."),
        opt("phone", "电话", Type::Text, "联系电话。", "Its phone."),
        opt("address", "地址", Type::Text, "地址。", "Its address."),
        opt("hours", "时间", Type::Text, "营业时间。", "Its hours."),
    ],
};

/// A quarter.
pub static QUARTER: Record = Record {
    name: "quarter",
    zh: "小区",
    fields: &[
        req("name", "名称", Type::Text, "小区名称。", "Its name."),
        opt("households", "户数", Type::Whole, "户数。", "How many households."),
        opt("branch", "党支部", Type::Text, "小区党支部。", "Its party branch."),
        opt("committee", "业委会", Type::Text, "业主委员会。", "Its owners' committee."),
        opt("property", "物业公司", Type::Text, "物业公司。", "Its property company."),
        opt(
            "red_property",
            "红色物业",
            Type::Bool,
            "是不是“红色物业”小区。",
            "Whether it has a red property company.",
        ),
        opt("others", "其他力量", Type::List(&Type::Text), "其他共建力量。", "Other forces."),
    ],
};

/// A photo.
pub static PHOTO: Record = Record {
    name: "photo",
    zh: "照片",
    fields: &[
        req("file", "文件", Type::Image, "照片文件。", "The picture."),
        req("alt", "说明", Type::Text, "用文字说明照片上有什么。", "What the picture shows, in words.")
            .also(&["替代文字"]),
        opt("credit", "摄影", Type::Text, "摄影者。", "Who took it."),
        opt("date", "日期", Type::Date, "拍摄日期。", "When."),
        opt(
            "consent",
            "已获同意",
            Type::Bool,
            "照片里的人是否同意公开。",
            "Whether the people in it agreed.",
        ),
    ],
};

/// An honour not won through a selection kept in `competitions/`.
pub static AWARD: Record = Record {
    name: "award",
    zh: "荣誉",
    fields: &[
        req("title", "名称", Type::Text, "荣誉名称。", "Its name."),
        req("level", "级别", Type::Choice(&LEVEL), "级别。", "Its level."),
        req("issuer", "授予单位", Type::Text, "授予单位。", "Who gave it."),
        req("date", "日期", Type::Date, "授予日期。", "When."),
        opt("document", "文号", Type::Text, "文号。", "The document number."),
        opt("photo", "证书", Type::Record(&CERTIFICATE), "证书照片。", "A picture of the certificate."),
    ],
};

/// A picture of a certificate.
pub static CERTIFICATE: Record = Record {
    name: "certificate",
    zh: "证书",
    fields: &[
        req("file", "文件", Type::Image, "图片文件。", "The picture."),
        req("alt", "替代文字", Type::Text, "用文字说明图上有什么。", "What the picture shows, in words.")
            .also(&["说明"]),
    ],
};
