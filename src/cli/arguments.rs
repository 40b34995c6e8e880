//! The command line as it is typed; what the commands and options mean to people stands in [`super::words`].
//!
//! Values are taken as text where a wrong one deserves more than a list of right ones; `settings` makes sense of them.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::Lang;
use crate::scaffold::{Keys, Kind};

#[derive(Debug, Parser)]
#[command(name = "yipin", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options every command takes.
#[derive(Debug, Args)]
pub(super) struct Common {
    #[arg(long, global = true, default_value = ".")]
    pub(super) root: PathBuf,
    #[arg(long, global = true)]
    pub(super) lang: Option<LangArg>,
    #[arg(long, global = true, default_value = "human")]
    pub(super) format: Format,
    #[arg(long, global = true)]
    pub(super) today: Option<String>,
    #[arg(long, global = true)]
    pub(super) jobs: Option<String>,
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(Init),
    New(New),
    Check(Check),
    Build(Build),
    Serve(Serve),
    Theme(Theme),
    Completions(Completions),
    Help(Help),
}

#[derive(Debug, Args)]
pub(super) struct Init {
    pub(super) dir: PathBuf,
    #[arg(long)]
    pub(super) name: Option<String>,
    #[arg(long)]
    pub(super) keys: Option<KeysArg>,
}

#[derive(Debug, Args)]
pub(super) struct New {
    pub(super) kind: KindArg,
    pub(super) name: String,
    #[arg(long)]
    pub(super) id: Option<String>,
    #[arg(long)]
    pub(super) town: Option<String>,
    #[arg(long)]
    pub(super) category: Option<String>,
    #[arg(long)]
    pub(super) brand: Option<String>,
    #[arg(long)]
    pub(super) community: Option<String>,
    #[arg(long)]
    pub(super) date: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[arg(long)]
    pub(super) deny: Option<Deny>,
    #[arg(long)]
    pub(super) drafts: bool,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    #[arg(long)]
    pub(super) out: Option<PathBuf>,
    #[arg(long)]
    pub(super) base_url: Option<String>,
    #[arg(long)]
    pub(super) drafts: bool,
    #[arg(long)]
    pub(super) no_cache: bool,
    #[arg(long)]
    pub(super) timings: bool,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[arg(long)]
    pub(super) addr: Option<String>,
    #[arg(long)]
    pub(super) open: bool,
    #[arg(long)]
    pub(super) base_url: Option<String>,
    #[arg(long)]
    pub(super) drafts: bool,
    #[arg(long)]
    pub(super) poll: bool,
}

#[derive(Debug, Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Theme {
    #[command(subcommand)]
    pub(super) command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    List,
    Eject(Eject),
}

#[derive(Debug, Args)]
pub(super) struct Eject {
    #[arg(default_value = "default")]
    pub(super) name: String,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Help {
    pub(super) command: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LangArg {
    Zh,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum KeysArg {
    Zh,
    En,
}

impl From<KeysArg> for Keys {
    fn from(keys: KeysArg) -> Self {
        match keys {
            KeysArg::Zh => Self::Zh,
            KeysArg::En => Self::En,
        }
    }
}

/// A [`Kind`] as it is typed, in either language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KindArg(pub(super) Kind);

impl ValueEnum for KindArg {
    fn value_variants<'a>() -> &'a [Self] {
        static KINDS: LazyLock<Vec<KindArg>> = LazyLock::new(|| Kind::ALL.map(KindArg).to_vec());
        &KINDS
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (zh, en) = self.0.names();
        Some(clap::builder::PossibleValue::new(en).alias(zh))
    }
}
