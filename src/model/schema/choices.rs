//! The closed lists of values.

use super::Choices;

/// Levels of honours and selections.
pub static LEVEL: Choices = Choices {
    name: "level",
    values: &[
        ("national", "国家级"),
        ("provincial", "省级"),
        ("municipal", "市级"),
        ("county", "县级"),
        ("township", "乡镇级"),
    ],
};

/// Publication status.
pub static STATUS: Choices = Choices {
    name: "status",
    values: &[("draft", "草稿"), ("published", "已发布"), ("archived", "归档")],
};

/// What staff may say of a milestone.
pub static MILESTONE_STATUS: Choices = Choices {
    name: "milestone-status",
    values: &[
        ("done", "已完成"),
        ("doing", "进行中"),
        ("todo", "未开始"),
        ("postponed", "延期"),
        ("cancelled", "取消"),
    ],
};

/// Kinds of events.
pub static EVENT_KIND: Choices = Choices {
    name: "event-kind",
    values: &[
        ("exchange", "交流"),
        ("promotion", "推进"),
        ("observation", "观摩"),
        ("study", "学习考察"),
        ("joint_meeting", "联席会议"),
        ("contest", "推介大赛"),
        ("training", "培训"),
        ("service", "服务活动"),
    ],
};

/// Kinds of partner units.
pub static PARTNER_KIND: Choices = Choices {
    name: "partner-kind",
    values: &[
        ("government", "机关"),
        ("institution", "事业单位"),
        ("enterprise", "企业"),
        ("social", "社会组织"),
        ("school", "学校"),
        ("other", "其他"),
    ],
};

/// Kinds of communities.
pub static COMMUNITY_KIND: Choices = Choices {
    name: "community-kind",
    values: &[("urban", "城市社区"), ("rural", "农村社区"), ("village", "村")],
};

/// Kinds of columns.
pub static COLUMN_KIND: Choices = Choices {
    name: "column-kind",
    values: &[("dynamic", "动态"), ("static", "静态"), ("archive", "归档")],
};

/// Who supplies header and footer.
pub static CHROME_MODE: Choices =
    Choices { name: "chrome", values: &[("own", "自有"), ("ssi", "包含"), ("none", "无")] };

/// Extensions of pages.
pub static EXTENSION: Choices =
    Choices { name: "extension", values: &[("html", "网页"), ("shtml", "服务器包含网页")] };
