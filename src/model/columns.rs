//! Columns: the built-in sections with their default texts, changed and added to by `site.yaml`.

use super::ids::Ids;
use super::names::{Fate, NameIndex};
use super::record::Reader;
use super::site::{Column, ColumnKind, Section, Table};

/// What default texts are made of.
pub(super) struct Words<'a> {
    /// Whether the pages are in Chinese.
    pub(super) chinese: bool,
    /// Whether the site's main language is Chinese.
    pub(super) main_chinese: bool,
    pub(super) site: &'a str,
    pub(super) programme: &'a str,
}

/// The default texts of a built-in section.
struct Builtin {
    section: Section,
    id: &'static str,
    show: bool,
    zh: Texts,
    en: Texts,
}

/// Name, description, key words, type. `{programme}` stands for the programme's name.
struct Texts(&'static str, &'static str, &'static str, &'static str);

const BUILTINS: &[Builtin] = &[
    Builtin {
        section: Section::Home,
        id: "home",
        show: true,
        zh: Texts(
            "首页",
            "集中展示{programme}品牌、项目进度、荣誉和活动。",
            "{programme},社区品牌,基层治理",
            "首页",
        ),
        en: Texts(
            "Home",
            "{programme}: brands, progress, honours and events.",
            "{programme},community,brand",
            "Home",
        ),
    },
    Builtin {
        section: Section::Brands,
        id: "brands",
        show: true,
        zh: Texts("品牌名录", "按乡镇和类别查看各社区的品牌。", "社区品牌,品牌名录,{programme}", "概况信息"),
        en: Texts(
            "Brands",
            "The brands of all communities, by town and category.",
            "brands,communities,{programme}",
            "Overview",
        ),
    },
    Builtin {
        section: Section::Progress,
        id: "progress",
        show: true,
        zh: Texts("晒进度", "公开各社区项目的节点、进度和最新动态。", "项目进度,书记项目,节点", "工作动态"),
        en: Texts(
            "Progress",
            "Milestones, progress and updates of all projects.",
            "progress,projects,milestones",
            "Updates",
        ),
    },
    Builtin {
        section: Section::Awards,
        id: "awards",
        show: true,
        zh: Texts("荣誉榜", "各社区获得的荣誉和历次评选结果。", "荣誉,评选,表彰", "工作动态"),
        en: Texts(
            "Honours",
            "The honours of all communities and the results of selections.",
            "honours,awards,selections",
            "Updates",
        ),
    },
    Builtin {
        section: Section::Events,
        id: "events",
        show: true,
        zh: Texts("活动", "交流、推进、观摩等活动的安排和记录。", "活动,交流,观摩", "工作动态"),
        en: Texts(
            "Events",
            "Exchanges, observations and other events.",
            "events,exchanges,observations",
            "Updates",
        ),
    },
    Builtin {
        section: Section::Services,
        id: "services",
        show: true,
        zh: Texts(
            "服务项目",
            "群众点单、社区派单、单位接单、群众评单的服务项目。",
            "服务项目,点单,接单",
            "办事服务",
        ),
        en: Texts(
            "Services",
            "Services asked for, claimed, finished and rated.",
            "services,requests,claims",
            "Services",
        ),
    },
    Builtin {
        section: Section::Partners,
        id: "partners",
        show: true,
        zh: Texts("共建单位", "与社区签订双向服务协议的单位。", "共建单位,双向服务,双报到", "概况信息"),
        en: Texts("Partners", "Units with two-way service agreements.", "partners,agreements", "Overview"),
    },
    Builtin {
        section: Section::Ledger,
        id: "ledger",
        show: true,
        zh: Texts("名录台账", "全部社区品牌的登记表，可以下载。", "台账,名录,数据", "数据发布"),
        en: Texts(
            "Ledger",
            "The register of all brands, to read and to download.",
            "ledger,register,data",
            "Data",
        ),
    },
    Builtin {
        section: Section::News,
        id: "news",
        show: true,
        zh: Texts("工作动态", "各社区和各单位的工作动态。", "工作动态,社区治理,{programme}", "工作动态"),
        en: Texts("News", "News of communities and partner units.", "news,communities,{programme}", "News"),
    },
    Builtin {
        section: Section::Search,
        id: "search",
        show: false,
        zh: Texts("站内搜索", "按名称、品牌或拼音查找本站内容。", "检索,搜索,查找", "站内搜索"),
        en: Texts("Search", "Find anything on this site.", "search,find", "Search"),
    },
    Builtin {
        section: Section::Sitemap,
        id: "sitemap",
        show: false,
        zh: Texts("网站地图", "本站全部栏目和页面。", "网站地图,栏目,导航", "网站地图"),
        en: Texts("Site map", "All sections and pages of this site.", "site map,sections,pages", "Site map"),
    },
];

/// Reads the columns: built-in sections first, then the site's own in the order they are written.
pub(super) fn columns(reader: &Reader, words: &Words, names: &mut NameIndex) -> Table<Column> {
    let mut columns: Vec<Column> = BUILTINS.iter().map(|builtin| builtin.column(words)).collect();
    let main_name = |builtin: &Builtin| builtin.texts(words.main_chinese).0.to_owned();
    let mut main_names: Vec<String> = BUILTINS.iter().map(main_name).collect();
    let mut ids = Ids::default();
    for reader in reader.records("columns") {
        let (name, main_name) = (reader.text("name"), reader.main_text("name"));
        let builtin = reader.text("id").and_then(|id| BUILTINS.iter().position(|builtin| builtin.id == id));
        if name.is_none() && builtin.is_none() {
            reader.require("name");
        }
        match (ids.read(&reader, main_name.as_deref()), builtin) {
            (Some(_), Some(at)) => {
                change(&mut columns[at], &reader, name);
                main_names[at] = main_name.unwrap_or_else(|| std::mem::take(&mut main_names[at]));
            }
            (Some(id), None) if name.is_some() => {
                columns.push(own(&reader, id, name.unwrap_or_default(), words));
                main_names.push(main_name.unwrap_or_default());
            }
            _ => names.set_partial(),
        }
    }
    for (at, (column, name)) in columns.iter().zip(&main_names).enumerate() {
        names.add(&column.id, Some(name), "", Fate::Live(at));
    }
    Table::new(columns)
}

impl Builtin {
    fn texts(&self, chinese: bool) -> &Texts {
        if chinese { &self.zh } else { &self.en }
    }

    fn column(&self, words: &Words) -> Column {
        let Texts(name, description, keywords, column_type) = self.texts(words.chinese);
        let fill = |text: &str| text.replace("{programme}", words.programme);
        Column {
            id: self.id.to_owned(),
            name: fill(name),
            description: fill(description),
            keywords: keywords.split(',').map(fill).collect(),
            column_type: fill(column_type),
            kind: ColumnKind::Static,
            show: self.show,
            builtin: Some(self.section),
            origin: None,
        }
    }
}

/// Changes a built-in column where the site says something else of it.
fn change(column: &mut Column, reader: &Reader, name: Option<String>) {
    if let Some(name) = name {
        column.name = name;
    }
    if let Some(description) = reader.text("description") {
        column.description = description;
    }
    let keywords = reader.keywords("keywords");
    if !keywords.is_empty() {
        column.keywords = keywords;
    }
    if let Some(column_type) = reader.text("type") {
        column.column_type = column_type;
    }
    column.kind = reader.choice("kind").unwrap_or(column.kind);
    column.show = reader.yes("show").unwrap_or(column.show);
    column.origin = Some(reader.origin());
}

/// Makes a column of the site's own.
fn own(reader: &Reader, id: String, name: String, words: &Words) -> Column {
    let site = words.site;
    let mut column = Column {
        id,
        description: if words.chinese { format!("{site}：{name}。") } else { format!("{name} - {site}.") },
        keywords: vec![name.clone(), words.programme.to_owned()],
        column_type: name.clone(),
        name,
        kind: ColumnKind::Static,
        show: true,
        builtin: None,
        origin: None,
    };
    change(&mut column, reader, None);
    column
}
