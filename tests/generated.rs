//! Files in the repository that the program makes: each must be what the program would make now.
//!
//! `YIPIN_BLESS=1 cargo test --test generated` writes them anew; read the difference before committing it.

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
    let indented: String = dark.lines().map(|line| if line.is_empty() { "\n".into() } else { format!("  {line}\n") }).collect();
    let wanted = format!("{head}{light}\n@media (prefers-color-scheme: dark) {{\n{indented}}}\n");
    assert_current("themes/default/static/code.css", &wanted);
}
