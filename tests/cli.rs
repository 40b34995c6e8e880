//! The program as people run it: new sites, new records, checks, builds, in both languages.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const TODAY: &str = "2026-11-22";

/// Runs yipin at `root`, in no language and with colours off unless `arguments` say otherwise.
fn yipin(root: &Path, arguments: &[&str]) -> Output {
    command(root, arguments).output().unwrap()
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yipin"));
    command.current_dir(root).args(arguments).env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH");
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(variable);
    }
    command
}

#[track_caller]
fn run(root: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let output = yipin(root, &[arguments, &["--today", TODAY]].concat());
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}{err}");
    (out, err)
}

/// Makes a new site with keys in a language.
fn site(keys: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    run(root.path(), &["init", ".", "--keys", keys], 0);
    root
}

#[test]
fn a_new_site_is_clean_and_builds_in_both_languages_of_keys() {
    let pages = ["zh", "en"].map(|keys| {
        let root = site(keys);
        let (out, err) = run(root.path(), &["check", "--deny", "warnings", "--format", "json"], 0);
        assert_eq!((out.as_str(), err.as_str()), ("", ""));
        assert_eq!(run(root.path(), &["check"], 0).1, "检查完成，没有发现问题。\n");
        let (_, err) = run(root.path(), &["build"], 0);
        assert!(err.starts_with("已生成 "), "{err}");
        let (_, err) = run(root.path(), &["build", "--lang", "en"], 0);
        assert!(err.starts_with("Nothing has changed; "), "{err}");
        fs::read_to_string(root.path().join("public/index.html")).unwrap()
    });
    assert_eq!(pages[0], pages[1]);
}

#[test]
fn a_new_record_of_every_kind_leaves_the_site_clean() {
    for keys in ["zh", "en"] {
        let root = site(keys);
        // Who organises a selection is asked for where the site does not say it.
        let organiser = if keys == "zh" {
            "门户:\n  主办单位: 县委组织部\n"
        } else {
            "portal:\n  organiser: The county\n"
        };
        let settings = root.path().join("content/site.yaml");
        let said = format!("{}\n{organiser}", fs::read_to_string(&settings).unwrap());
        fs::write(&settings, said).unwrap();
        for kind in ["社区", "event", "动态", "competition", "服务", "page", "单位", "town"] {
            let (_, err) = run(root.path(), &["new", kind, "秋浦"], 0);
            assert!(err.starts_with("已"), "{kind}: {err}");
            run(root.path(), &["new", kind, "秋浦"], 1);
        }
        for options in [&["--deny", "warnings"][..], &["--deny", "warnings", "--drafts"]] {
            let (out, _) = run(root.path(), &[&["check", "--format", "json"], options].concat(), 0);
            assert_eq!(out, "");
        }
        run(root.path(), &["build"], 0);
    }
}

#[test]
fn a_draft_is_made_public_by_deleting_its_line() {
    let root = site("zh");
    run(root.path(), &["new", "社区", "秋浦社区", "--brand", "秋浦连心"], 0);
    run(root.path(), &["build"], 0);
    assert!(!root.path().join("public/communities/qiupu").exists());
    let path = root.path().join("content/communities/qiupu/community.yaml");
    let text = fs::read_to_string(&path).unwrap().replace("状态: 草稿\n", "");
    fs::write(&path, text).unwrap();
    run(root.path(), &["build"], 0);
    assert!(root.path().join("public/communities/qiupu/index.html").exists());
}

#[test]
fn a_folder_with_anything_in_it_is_not_made_a_site() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a"), "").unwrap();
    let (_, err) = run(root.path(), &["init", "."], 1);
    assert!(err.contains("错误[folder-not-empty]"), "{err}");
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
}

#[test]
fn mistakes_are_exit_1_and_leave_the_old_site_standing() {
    let root = site("zh");
    run(root.path(), &["build"], 0);
    let before = fs::read_to_string(root.path().join("public/index.html")).unwrap();
    let path = root.path().join("content/communities/hepan/community.yaml");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("类别: gongzhi", "类别: 没有")).unwrap();
    let (_, err) = run(root.path(), &["build"], 1);
    assert!(err.contains("content/communities/hepan/community.yaml:") && err.contains("没有生成"), "{err}");
    assert_eq!(fs::read_to_string(root.path().join("public/index.html")).unwrap(), before);
    let (out, _) = run(root.path(), &["check", "--format", "json", "--lang", "en"], 1);
    for line in out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(row["severity"], "error");
        assert!(row["line"].is_u64() && row["message"].is_string(), "{line}");
    }
    assert!(!out.is_empty());
}

#[test]
fn the_environment_chooses_the_language_and_the_option_wins() {
    let root = tempfile::tempdir().unwrap();
    let said = |lang: &str, arguments: &[&str]| {
        let output = command(root.path(), arguments).env("LANG", lang).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said("en_US.UTF-8", &["check"]).starts_with("error[missing-content]"));
    assert!(said("zh_CN.UTF-8", &["check"]).starts_with("错误[missing-content]"));
    assert!(said("C", &["check"]).starts_with("错误[missing-content]"));
    assert!(said("zh_CN.UTF-8", &["check", "--lang", "en"]).starts_with("error[missing-content]"));
}

#[test]
fn a_wrong_command_is_exit_2_in_the_right_language_and_form() {
    let root = tempfile::tempdir().unwrap();
    let (_, err) = run(root.path(), &["build", "--ot", "x"], 2);
    assert_eq!(
        err,
        "错误[usage]: 没有“--ot”这个选项。\n  改法: 是不是想写“--out”？\n        看说明：yipin build --help\n"
    );
    let (out, _) = run(root.path(), &["biuld", "--lang=en", "--format=json"], 2);
    assert!(out.starts_with("{\"code\":\"usage\",\"severity\":\"error\""), "{out}");
    assert!(out.contains("There is no command `biuld`."), "{out}");
    run(root.path(), &["build", "--base-url", "www.example.gov.cn"], 2);
    assert_eq!(yipin(root.path(), &["check", "--today", "昨天"]).status.code(), Some(2));
}

#[test]
fn quiet_says_nothing_and_verbose_names_the_files() {
    let root = site("zh");
    assert_eq!(run(root.path(), &["build", "-q"], 0), (String::new(), String::new()));
    let path = root.path().join("content/pages/about.md");
    let text = fs::read_to_string(&path).unwrap() + "\n再加一句。\n";
    fs::write(&path, encoding_rs::GB18030.encode(&text).0).unwrap();
    let (_, err) = run(root.path(), &["build", "-v"], 0);
    assert!(err.contains("content/pages/about.md: 提示[not-utf8]"), "{err}");
    assert!(err.contains("\n改动 about/index.html\n"), "{err}");
    assert!(!run(root.path(), &["build"], 0).1.contains("not-utf8"));
}

#[test]
fn without_the_cache_a_file_changed_by_another_hand_is_put_right() {
    let root = site("zh");
    run(root.path(), &["build"], 0);
    let page = root.path().join("public/index.html");
    let (bytes, meta) = (fs::read(&page).unwrap(), fs::metadata(&page).unwrap());
    // The same size and time: only the bytes tell.
    fs::write(&page, vec![b' '; bytes.len()]).unwrap();
    fs::File::options().write(true).open(&page).unwrap().set_modified(meta.modified().unwrap()).unwrap();
    run(root.path(), &["build", "--no-cache"], 0);
    assert_eq!(fs::read(&page).unwrap(), bytes);
}

#[test]
fn help_and_completions_are_there_for_every_shell() {
    let root = tempfile::tempdir().unwrap();
    assert!(run(root.path(), &["--help"], 0).0.contains("用法: yipin [选项] <命令>"));
    assert!(
        run(root.path(), &["help", "theme", "eject", "--lang", "en"], 0)
            .0
            .contains("Usage: yipin theme eject")
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(run(root.path(), &["completions", shell], 0).0.contains("base-url"), "{shell}");
    }
}

#[test]
fn an_ejected_theme_builds_the_same_site() {
    let root = site("zh");
    run(root.path(), &["build"], 0);
    assert!(run(root.path(), &["theme", "list"], 0).0.starts_with("default  "));
    run(root.path(), &["theme", "eject"], 0);
    let (_, err) = run(root.path(), &["build"], 0);
    assert!(err.starts_with("网站没有变化"), "{err}");
    run(root.path(), &["theme", "eject"], 1);
}

#[test]
fn a_reader_that_went_away_is_no_crash() {
    let root = tempfile::tempdir().unwrap();
    let mut child = command(root.path(), &["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

#[test]
fn a_run_that_was_killed_is_dealt_with_by_any_command() {
    let root = site("zh");
    run(root.path(), &["build"], 0);
    fs::write(root.path().join(".yipin/under-way"), "").unwrap();
    let (_, err) = run(root.path(), &["theme", "list"], 0);
    assert!(err.contains("提示[recovered]"), "{err}");
    assert!(!root.path().join(".yipin/under-way").exists());
}
