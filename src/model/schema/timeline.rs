//! `timeline.yaml`: the managed project.

use super::{MILESTONE_STATUS, PERSON, PHOTO, Record, Type, optional as opt, required as req};

/// A community's managed project.
pub static TIMELINE: Record = Record {
    name: "timeline",
    zh: "书记项目",
    fields: &[
        opt("filed", "备案", Type::Record(&FILED), "备案编号和日期。", "The filing's number and date."),
        opt("leader", "负责人", Type::Record(&PERSON), "项目负责人。", "The project's leader."),
        opt("support", "三个一", Type::Record(&SUPPORT), "指导员、工作组、帮扶方案。", "The three ones."),
        opt("milestones", "节点", Type::List(&Type::Record(&MILESTONE)), "项目节点。", "The milestones."),
        opt("updates", "动态", Type::List(&Type::Record(&UPDATE)), "项目动态。", "The updates."),
    ],
};

/// A filing.
pub static FILED: Record = Record {
    name: "filing",
    zh: "备案",
    fields: &[
        opt("number", "编号", Type::Text, "备案编号。", "The number."),
        opt("date", "日期", Type::Date, "备案日期。", "The date."),
    ],
};

/// The three ones.
pub static SUPPORT: Record = Record {
    name: "support",
    zh: "三个一",
    fields: &[
        opt("instructor", "指导员", Type::Record(&INSTRUCTOR), "党建指导员。", "The instructor."),
        opt("group", "工作组", Type::Record(&GROUP), "驻社区工作组。", "The working group."),
        opt("plan", "帮扶方案", Type::Record(&SUPPORT_PLAN), "帮扶方案。", "The support plan."),
    ],
};

/// An instructor.
pub static INSTRUCTOR: Record = Record {
    name: "instructor",
    zh: "指导员",
    fields: &[
        req("name", "姓名", Type::Text, "姓名。", "The name."),
        opt("post", "职务", Type::Text, "职务。", "The post."),
        opt("unit", "单位", Type::Text, "单位。", "The unit."),
    ],
};

/// A working group.
pub static GROUP: Record = Record {
    name: "group",
    zh: "工作组",
    fields: &[
        opt("unit", "单位", Type::Text, "派出单位。", "Its unit."),
        opt("members", "人数", Type::Whole, "人数。", "How many belong to it."),
    ],
};

/// A support plan.
pub static SUPPORT_PLAN: Record = Record {
    name: "plan",
    zh: "帮扶方案",
    fields: &[
        req("title", "标题", Type::Text, "方案标题。", "Its title."),
        opt("file", "文件", Type::File, "方案文件。", "The file."),
    ],
};

/// A milestone.
pub static MILESTONE: Record = Record {
    name: "milestone",
    zh: "节点",
    fields: &[
        req("title", "标题", Type::Text, "做什么。", "What is to be done."),
        req("due", "计划时间", Type::Date, "计划完成的时间。", "When it is planned for."),
        opt("done", "完成时间", Type::Date, "实际完成的时间。", "When it was reached."),
        opt("stage", "阶段", Type::Text, "所属阶段。", "The stage it belongs to."),
        opt("weight", "权重", Type::Number, "权重，默认 1。", "Its weight, 1 by default."),
        opt("owner", "责任人", Type::Text, "责任人。", "Who answers for it."),
        opt("note", "说明", Type::Text, "说明。", "A note."),
        opt(
            "status",
            "状态",
            Type::Choice(&MILESTONE_STATUS),
            "一般不用写，由时间推算；延期、取消要写。",
            "Follows from the dates; write it when postponed or cancelled.",
        ),
        opt("reason", "原因", Type::Text, "延期或取消的原因。", "Why it is postponed or cancelled."),
    ],
};

/// An update.
pub static UPDATE: Record = Record {
    name: "update",
    zh: "动态",
    fields: &[
        req("date", "日期", Type::Date, "日期。", "When."),
        req("title", "标题", Type::Text, "标题。", "Its title."),
        opt("text", "内容", Type::Prose, "内容。", "What happened."),
        opt("by", "发布单位", Type::Text, "发布单位。", "Who published it."),
        opt("photos", "照片", Type::List(&Type::Record(&PHOTO)), "照片。", "Photos."),
        opt(
            "problem",
            "困难",
            Type::Record(&PROBLEM),
            "遇到的困难和解决办法。",
            "A difficulty and its solution.",
        ),
    ],
};

/// A difficulty.
pub static PROBLEM: Record = Record {
    name: "problem",
    zh: "困难",
    fields: &[
        req("text", "内容", Type::Text, "什么困难。", "What it is."),
        opt("solved", "解决时间", Type::Date, "解决的时间。", "When it was solved."),
        opt("how", "办法", Type::Text, "怎么解决的。", "How."),
    ],
};
