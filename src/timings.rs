//! How long each stage of a run took; told to people only, no output depends on it.

use std::time::{Duration, Instant};

use crate::diagnostic::Bilingual;
use crate::text;

/// A stage of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Looking over the folders.
    List,
    /// Taking up what the last run left.
    Recall,
    /// Reading the content.
    Read,
    /// Understanding it.
    Model,
    /// Loading the theme.
    Theme,
    /// Making pictures for pages out of photos.
    Pictures,
    /// Deciding what will exist.
    Plan,
    /// Applying the rules.
    Check,
    /// Looking at what stands in the public folder.
    Open,
    /// Rendering, and staging what differs.
    Render,
    /// Moving it into place.
    Write,
    /// Leaving to the next run what it can use.
    Remember,
}

impl Stage {
    /// Says what is done.
    pub fn name(self) -> Bilingual {
        match self {
            Self::List => text!("查看内容", "list"),
            Self::Recall => text!("取出缓存", "recall"),
            Self::Read => text!("读取内容", "read"),
            Self::Model => text!("理解内容", "model"),
            Self::Theme => text!("载入主题", "theme"),
            Self::Pictures => text!("处理图片", "pictures"),
            Self::Plan => text!("安排页面", "plan"),
            Self::Check => text!("检查", "check"),
            Self::Open => text!("查看已有网站", "open"),
            Self::Render => text!("生成页面", "render"),
            Self::Write => text!("写入", "write"),
            Self::Remember => text!("存入缓存", "remember"),
        }
    }
}

/// The times taken so far, in the order of the stages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timings {
    stages: Vec<(Stage, Duration)>,
    counts: Vec<(Stage, Count)>,
}

/// How much of a stage's work was new; the rest had been done before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// All of it.
    pub all: usize,
    /// What was new.
    pub new: usize,
}

impl Timings {
    /// Does the work of a stage and notes how long it took.
    pub fn time<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let result = work();
        self.stages.push((stage, began.elapsed()));
        result
    }

    /// Adds the times of stages that ran beside these.
    pub fn append(&mut self, beside: Self) {
        self.stages.extend(beside.stages);
        self.counts.extend(beside.counts);
    }

    /// Notes how many things a stage dealt with and how many of them were new.
    pub fn count(&mut self, stage: Stage, all: usize, new: usize) {
        self.counts.push((stage, Count { all, new }));
    }

    /// Returns what was counted in a stage.
    pub fn counted(&self, stage: Stage) -> Option<Count> {
        self.counts.iter().find(|(counted, _)| *counted == stage).map(|(_, count)| *count)
    }

    /// Returns each stage with its time.
    pub fn stages(&self) -> &[(Stage, Duration)] {
        &self.stages
    }
}
