//! One community as one Markdown file.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use serde_yaml::Value;

/// Keys as staff write them and as the peers' templates name them.
type Keys = &'static [(&'static str, &'static str)];

const PERSON: Keys = &[("姓名", "name"), ("职务", "post")];
const OFFICE: Keys = &[("地址", "address"), ("电话", "phone"), ("时间", "hours")];
const MILESTONE: Keys =
    &[("标题", "title"), ("阶段", "stage"), ("计划时间", "due"), ("完成时间", "done"), ("责任人", "owner")];
const METRIC: Keys = &[
    ("名称", "name"),
    ("创建前", "before"),
    ("创建后", "after"),
    ("单位", "unit"),
    ("时间", "period"),
    ("来源", "source"),
];
const TEAM: Keys = &[("名称", "name"), ("队长", "leader"), ("人数", "members"), ("服务", "services")];
const CARD: Keys = &[("名称", "name"), ("服务", "service"), ("电话", "phone"), ("时间", "hours")];
const QUARTER: Keys = &[
    ("名称", "name"),
    ("户数", "households"),
    ("党支部", "branch"),
    ("业委会", "committee"),
    ("物业公司", "property"),
];
const AWARD: Keys =
    &[("名称", "title"), ("级别", "level"), ("授予单位", "issuer"), ("日期", "date"), ("文号", "document")];

/// What stands on the page of a community.
pub struct Page {
    title: String,
    date: String,
    /// The town's id.
    pub town: String,
    /// The category's id.
    pub category: String,
    /// What templates print besides the text, each as TOML.
    data: Vec<(&'static str, String)>,
    body: String,
}

impl Page {
    /// Reads the folder of a community.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let (record, timeline) = (read(folder, "community.yaml")?, read(folder, "timeline.yaml")?);
        let awards = read(folder, "awards.yaml").unwrap_or_default();
        let story = fs::read_to_string(folder.join("story.md"))?;
        let brand = &record["品牌"];
        let data = vec![
            ("brand", toml(&brand["名称"])),
            ("slogan", toml(&brand["口号"])),
            ("method", toml(&brand["工作法"])),
            ("kind", toml(&record["类型"])),
            ("party_organisation", toml(&record["党组织"])),
            ("secretary", table(&record["书记"], PERSON)),
            ("office", table(&record["服务中心"], OFFICE)),
            ("structure", pairs(&record["组织体系"])),
            ("milestones", tables(&timeline["节点"], MILESTONE)),
            ("metrics", tables(&record["成效"], METRIC)),
            ("teams", tables(&record["志愿服务队"], TEAM)),
            ("cards", tables(&record["便民服务"], CARD)),
            ("quarters", tables(&record["小区"], QUARTER)),
            ("awards", tables(&awards, AWARD)),
        ];
        Ok(Self {
            title: text(&record["名称"]),
            date: text(&record["发布时间"]).replace(' ', "T") + ":00",
            town: text(&record["所属乡镇"]),
            category: text(&brand["类别"]),
            data,
            body: body(&record, &story, &timeline),
        })
    }

    /// Writes the file for Hugo.
    pub fn for_hugo(&self) -> String {
        let Self { title, date, town, category, .. } = self;
        let head = format!(
            "title = {}\ndate = {date}\ntowns = [{town:?}]\ncategories = [{category:?}]\n[params]\n",
            quoted(title)
        );
        self.written(&head, &self.body)
    }

    /// Writes the file for Zola, which has no texts for its terms: they are called what people call them.
    pub fn for_zola(&self, town: &str, category: &str) -> String {
        let Self { title, date, .. } = self;
        let (title, town, category) = (quoted(title), quoted(town), quoted(category));
        let head = format!(
            "title = {title}\ndate = {date}\n[taxonomies]\ntowns = [{town}]\ncategories = [{category}]\n[extra]\n"
        );
        // What stands before the mark is the excerpt that lists show; Hugo makes one without being told where.
        self.written(&head, &self.body.replacen("\n\n", "\n\n<!-- more -->\n\n", 1))
    }

    fn written(&self, head: &str, body: &str) -> String {
        let data = self.data.iter().fold(String::new(), |mut data, (key, value)| {
            _ = writeln!(data, "{key} = {value}");
            data
        });
        format!("+++\n{head}{data}+++\n\n{body}")
    }
}

/// Joins all texts of a community under the headings that yipin's template prints.
fn body(record: &Value, story: &str, timeline: &Value) -> String {
    let brand = &record["品牌"];
    let mut body =
        format!("{}\n\n## 品牌内涵\n\n{}\n\n## 工作内容\n\n", text(&record["简介"]), text(&brand["内涵"]));
    for measure in list(&brand["工作内容"]) {
        _ = write!(body, "### {}\n\n{}\n\n", text(&measure["标题"]), text(&measure["内容"]));
    }
    let (head, told) =
        story.strip_prefix("---\n").and_then(|story| story.split_once("---\n")).unwrap_or(("", story));
    let title = head.trim().strip_prefix("标题: ").unwrap_or_default();
    let told = linked(told);
    _ = write!(body, "## {title}\n\n{}\n\n## 动态\n\n", told.trim());
    for update in list(&timeline["动态"]) {
        _ = write!(
            body,
            "### {}：{}\n\n{}\n\n",
            text(&update["日期"]),
            text(&update["标题"]),
            text(&update["内容"])
        );
    }
    body
}

/// Makes links to communities what they are on the finished site.
fn linked(text: &str) -> String {
    let mut parts = text.split("(@community/");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (id, rest) = part.split_once(')').unwrap_or((part, ""));
        _ = write!(out, "(../{id}/){rest}");
    }
    out
}

fn read(folder: &Path, name: &str) -> io::Result<Value> {
    serde_yaml::from_str(&fs::read_to_string(folder.join(name))?).map_err(io::Error::other)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_sequence().into_iter().flatten()
}

/// Returns a scalar as text.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => String::new(),
    }
}

/// Writes text as TOML, whose escapes are those of JSON.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn toml(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        value => quoted(&text(value)),
    }
}

fn table(value: &Value, keys: Keys) -> String {
    let entries: Vec<String> = keys.iter().map(|(zh, en)| format!("{en} = {}", toml(&value[*zh]))).collect();
    format!("{{ {} }}", entries.join(", "))
}

fn tables(value: &Value, keys: Keys) -> String {
    let tables: Vec<String> = list(value).map(|value| table(value, keys)).collect();
    format!("[{}]", tables.join(", "))
}

/// Writes a table as a list of names with values, in the order of the table.
fn pairs(value: &Value) -> String {
    let pairs = value.as_mapping().into_iter().flatten();
    let pairs: Vec<String> =
        pairs.map(|(name, value)| format!("{{ name = {}, value = {} }}", toml(name), toml(value))).collect();
    format!("[{}]", pairs.join(", "))
}
