//! Files in the repository that the program makes: each must be what the program would make now.
//!
//! `YIPIN_BLESS=1 cargo test --test generated` writes them anew; read the difference before committing it.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the repository has failed")]

use std::path::Path;

fn assert_current(path: &str, wanted: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("YIPIN_BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, wanted).unwrap();
    }
    let standing = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(standing == wanted, "{path} is out of date: run YIPIN_BLESS=1 cargo test --test generated");
}

#[test]
fn the_highlighting_style_sheet_is_the_one_of_the_highlighter() {
    let light = yipin::markdown::stylesheet(false);
    let dark = yipin::markdown::stylesheet(true);
    let head = "/* Made from the highlighter's own themes by tests/generated.rs; not to be edited. */\n";
    let indented: String =
        dark.lines().map(|line| if line.is_empty() { "\n".into() } else { format!("  {line}\n") }).collect();
    let wanted = format!("{head}{light}\n@media (prefers-color-scheme: dark) {{\n{indented}}}\n");
    assert_current("themes/default/static/code.css", &wanted);
}

#[test]
fn the_content_reference_is_what_the_program_accepts() {
    use yipin::diagnostic::Lang;
    use yipin::model::schema::reference;
    assert_current("docs/zh/content.md", &reference(Lang::Zh));
    assert_current("docs/en/content.md", &reference(Lang::En));
}

#[test]
fn the_list_of_diagnostics_is_what_the_program_says() {
    use std::fmt::Write as _;
    use yipin::diagnostic::codes::ALL;
    let mut zh = String::from(
        "# 诊断代码\n\n由程序生成，请勿手改。代码不会改名，可以用来查找。\n\n| 代码 | 级别 | 含义 |\n|---|---|---|\n",
    );
    let mut en = String::from(
        "# Diagnostic codes\n\nWritten by the program; do not edit. Codes are never renamed.\n\n| code | severity | meaning |\n|---|---|---|\n",
    );
    for code in ALL {
        let (name, severity, (said_zh, said_en)) = (code.as_str(), code.severity(), code.explain());
        let word = match severity.as_str() {
            "error" => "错误",
            "warning" => "警告",
            _ => "提示",
        };
        let _ = writeln!(zh, "| `{name}` | {word} | {said_zh} |");
        let _ = writeln!(en, "| `{name}` | {severity} | {said_en} |");
    }
    assert_current("docs/zh/diagnostics.md", &zh);
    assert_current("docs/en/diagnostics.md", &en);
}

#[test]
fn the_theme_reference_is_what_templates_get() {
    use yipin::diagnostic::Report;
    use yipin::theme;
    use yipin::view::{KINDS, describe::Described, frame::PageView, frame::SiteView};
    let mut report = Report::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let theme = theme::load(root, "default", None, "zh-CN", &mut report).expect("the default theme loads");
    assert!(report.is_empty(), "{report:?}");
    let kinds: Vec<theme::Kind<'_>> = KINDS.iter().map(|k| (k.template, k.variable, (k.shape)())).collect();
    let page = theme::reference(&kinds, PageView::shape(), SiteView::shape(), &theme);
    assert_current("docs/theme-reference.md", &page);
}
