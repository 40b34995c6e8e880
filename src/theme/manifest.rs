//! `theme.yaml`: what a theme says about itself.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::written::{Written, entry};
use crate::diagnostic::{Bilingual, Report, Span};
use crate::text;
use crate::yaml::{Node, Value};

/// What stands in `theme.yaml`. Every key has a Chinese name too.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The theme's name; must be its folder's.
    #[serde(alias = "名称")]
    pub name: Option<String>,
    /// What people call it.
    #[serde(alias = "标题")]
    pub title: Option<Said>,
    /// One sentence.
    #[serde(alias = "说明")]
    pub description: Option<Said>,
    /// The theme it takes what it does not have from.
    #[serde(alias = "继承")]
    pub extends: Option<String>,
    /// The oldest yipin it works with.
    #[serde(alias = "最低版本")]
    pub yipin: Option<String>,
    /// What a site may choose.
    #[serde(default, alias = "选项")]
    pub options: Vec<WrittenOption>,
    /// Files that must exist, in this theme or one it extends.
    #[serde(default, alias = "需要")]
    pub requires: Vec<String>,
    /// Whether something in it could not be read; that is reported and left out.
    #[serde(skip)]
    pub is_broken: bool,
}

/// The two names of the key that lists the options, and of the one that names an option.
const OPTIONS: [&str; 2] = ["options", "选项"];
const NAME: [&str; 2] = ["name", "名称"];

impl Manifest {
    /// Reads the file, key by key, so that everything wrong with it is reported; `None` when it is no YAML at all.
    pub fn read(file: &Written, report: &mut Report) -> Option<Self> {
        let tree = file.tree();
        let mut problems = Report::new();
        let mut kept = serde_yaml::Mapping::new();
        for (key, value) in file.parse(report)? {
            let name = key.as_str().unwrap_or_default();
            let at = tree.as_ref().and_then(|tree| entry(tree, name));
            if OPTIONS.contains(&name)
                && let serde_yaml::Value::Sequence(items) = value
            {
                let nodes = at.map(|at| &at.value.value);
                let sound = items.into_iter().enumerate().filter(|(index, item)| {
                    let node = match nodes {
                        Some(Value::List(nodes)) => nodes.get(*index),
                        _ => None,
                    };
                    is_sound_option(file, item, node, &mut problems)
                });
                let sound: serde_yaml::Sequence = sound.map(|(_, item)| item).collect();
                kept.insert(key, serde_yaml::Value::Sequence(sound));
                continue;
            }
            let alone = serde_yaml::Mapping::from_iter([(key.clone(), value.clone())]);
            match file.value::<Self>(serde_yaml::Value::Mapping(alone), at) {
                Ok(_) => _ = kept.insert(key, value),
                Err(problem) => problems.push(*problem),
            }
        }
        let is_broken = problems.has_errors();
        report.append(problems);
        match file.value::<Self>(serde_yaml::Value::Mapping(kept), None) {
            Ok(manifest) => Some(Self { is_broken, ..manifest }),
            Err(problem) => {
                report.push(*problem);
                None
            }
        }
    }
}

/// Returns whether an option can be read; reports each of its keys that cannot.
fn is_sound_option(
    file: &Written,
    option: &serde_yaml::Value,
    node: Option<&Node>,
    report: &mut Report,
) -> bool {
    let mut problems = Report::new();
    let serde_yaml::Value::Mapping(map) = option else {
        problems.push(
            file.at(
                node.map_or(0..0, |node| node.range.clone()),
                text!("一个选项要写成一组键和值。", "An option is written as keys with values."),
            )
            .help(text!(
                "例如 - {{ name: cards, type: number, default: 6 }}。",
                "Such as `- {{ name: cards, type: number, default: 6 }}`."
            )),
        );
        report.append(problems);
        return false;
    };
    for (key, value) in map {
        let name = key.as_str().unwrap_or_default();
        let mut alone = serde_yaml::Mapping::from_iter([(key.clone(), value.clone())]);
        if !NAME.contains(&name) {
            alone.insert(NAME[0].into(), "x".into());
        }
        let at = node.and_then(|node| entry(node, name));
        if let Err(problem) = file.value::<WrittenOption>(serde_yaml::Value::Mapping(alone), at) {
            problems.push(*problem);
        }
    }
    if !NAME.iter().any(|name| map.contains_key(*name)) {
        problems.push(
            file.at(
                node.map_or(0..0, |node| node.range.clone()),
                text!("这个选项没有名称。", "This option has no name."),
            )
            .help(text!("加一行 name: 英文名。", "Add `name:` and a name.")),
        );
    }
    let is_sound = !problems.has_errors();
    report.append(problems);
    is_sound
}

/// One option as it stands in `theme.yaml`; what is left out is inherited from the theme that is extended.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenOption {
    #[serde(alias = "名称")]
    pub name: String,
    #[serde(rename = "type", alias = "类型")]
    pub kind: Option<OptionKind>,
    #[serde(alias = "默认")]
    pub default: Option<serde_yaml::Value>,
    #[serde(alias = "可选")]
    pub choices: Option<Vec<String>>,
    #[serde(alias = "说明")]
    pub description: Option<Said>,
    #[serde(alias = "最小")]
    pub min: Option<f64>,
    #[serde(alias = "最大")]
    pub max: Option<f64>,
    #[serde(default, alias = "对比度", deserialize_with = "one_or_many")]
    pub contrast: Option<Vec<ContrastRule>>,
}

/// One option a theme declares.
#[derive(Debug, Clone)]
pub struct OptionDeclaration {
    /// Its name, in `site.yaml` and as `option.<name>` in templates.
    pub name: String,
    /// What it takes.
    pub kind: OptionKind,
    /// What it is unless the site says otherwise.
    pub default: Option<serde_yaml::Value>,
    /// What a `choice` may be, or what a `list` may hold.
    pub choices: Vec<String>,
    /// One sentence.
    pub description: Bilingual,
    /// The smallest number, or the fewest characters or entries.
    pub min: Option<f64>,
    /// The largest number, or the most characters or entries.
    pub max: Option<f64>,
    /// The colours a colour must be readable on.
    pub contrast: Vec<ContrastRule>,
    /// Where a theme says so, of the chain's the one that says so last.
    pub at: Option<Span>,
}

impl WrittenOption {
    /// Makes the declaration, taking what is left out from `inherited`; `None` when neither says the type.
    pub fn complete(self, inherited: Option<&OptionDeclaration>) -> Option<OptionDeclaration> {
        Some(OptionDeclaration {
            kind: self.kind.or(inherited.map(|parent| parent.kind))?,
            default: self.default.or_else(|| inherited?.default.clone()),
            choices: self.choices.or_else(|| Some(inherited?.choices.clone())).unwrap_or_default(),
            description: match (self.description, inherited) {
                (Some(said), _) => said.0,
                (None, Some(parent)) => parent.description.clone(),
                (None, None) => Bilingual::new("", ""),
            },
            min: self.min.or(inherited.and_then(|parent| parent.min)),
            max: self.max.or(inherited.and_then(|parent| parent.max)),
            contrast: self.contrast.or_else(|| Some(inherited?.contrast.clone())).unwrap_or_default(),
            at: None,
            name: self.name,
        })
    }
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OptionKind {
    /// A line of text.
    #[serde(alias = "文字")]
    Text,
    /// A number.
    #[serde(alias = "数字")]
    Number,
    /// True or false.
    #[serde(alias = "开关")]
    Bool,
    /// One of `choices`.
    #[serde(alias = "选择")]
    Choice,
    /// `#rrggbb`.
    #[serde(alias = "颜色")]
    Color,
    /// A list of texts.
    #[serde(alias = "列表")]
    List,
}

impl OptionKind {
    /// Returns the word used in `theme.yaml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Choice => "choice",
            Self::Color => "color",
            Self::List => "list",
        }
    }
}

/// How far a colour must be from another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContrastRule {
    /// Another colour option's name, or `#rrggbb`.
    #[serde(alias = "对照")]
    pub with: String,
    /// The smallest contrast ratio (WCAG), 1 to 21.
    #[serde(alias = "最小")]
    pub min: f64,
}

/// A sentence, written once for both languages or as `{zh, en}`.
#[derive(Debug, Clone)]
pub(super) struct Said(pub Bilingual);

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Both {
            #[serde(alias = "中文")]
            zh: String,
            #[serde(alias = "英文")]
            en: Option<String>,
        }
        struct SaidVisitor;
        impl<'de> Visitor<'de> for SaidVisitor {
            type Value = Said;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, or zh and en")
            }
            fn visit_str<E>(self, text: &str) -> Result<Said, E> {
                Ok(Said(Bilingual::new(text, text)))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Said, A::Error> {
                let both = Both::deserialize(MapAccessDeserializer::new(map))?;
                let en = both.en.unwrap_or_else(|| both.zh.clone());
                Ok(Said(Bilingual::new(both.zh, en)))
            }
        }
        deserializer.deserialize_any(SaidVisitor)
    }
}

/// Reads one record or a list of them.
fn one_or_many<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    struct OneOrMany<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a record or a list of records")
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
            Ok(vec![T::deserialize(MapAccessDeserializer::new(map))?])
        }
        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Vec<T>, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(seq))
        }
    }
    deserializer.deserialize_any(OneOrMany(PhantomData)).map(Some)
}
