//! New records in a new site.

use std::fs;

use super::*;
use crate::scaffold::{NewSite, init};

const TODAY: Date = jiff::civil::date(2024, 3, 5);

fn site(keys: Keys) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    init(root.path(), &NewSite { name: None, keys, today: TODAY }).unwrap();
    root
}

fn request(kind: Kind, name: &str) -> Request {
    Request {
        kind,
        name: name.to_owned(),
        id: None,
        town: None,
        category: None,
        brand: None,
        community: None,
        date: None,
        today: TODAY,
    }
}

#[test]
fn every_kind_is_made_once_and_then_refused() {
    for keys in [Keys::Zh, Keys::En] {
        let root = site(keys);
        for kind in Kind::ALL {
            let made = create(root.path(), &request(kind, "秋浦")).unwrap();
            assert!(!made.next.is_empty());
            for path in made.created.iter().chain(&made.extended) {
                let text = fs::read_to_string(root.path().join(path)).unwrap();
                assert!(path.contains("/communities/qiupu/") || text.contains("秋浦"), "{path}: {text}");
                assert_eq!(
                    ["名称:", "标题:"].iter().any(|key| text.contains(key)),
                    keys == Keys::Zh,
                    "{path}"
                );
            }
            let again = create(root.path(), &request(kind, "秋浦")).unwrap_err();
            assert_eq!(again.code, codes::RECORD_EXISTS, "{kind:?}");
            assert!(again.help.unwrap().zh.contains("--id qiupu-2"), "{kind:?}");
        }
    }
}

#[test]
fn a_community_is_a_draft_in_its_own_folder() {
    let root = site(Keys::Zh);
    let town = Some("西河镇（示例）".to_owned());
    let made = create(root.path(), &Request { town, ..request(Kind::Community, "秋浦社区") }).unwrap();
    assert_eq!(
        made.created,
        ["community.yaml", "story.md", "timeline.yaml"]
            .map(|name| format!("content/communities/qiupu/{name}"))
    );
    let text = fs::read_to_string(root.path().join(&made.created[0])).unwrap();
    assert!(text.contains("\n所属乡镇: 西河镇（示例）\n") && text.contains("\n状态: 草稿\n"), "{text}");
}

#[test]
fn a_dated_text_is_named_after_its_day_and_its_id_is_taken_on_any_day() {
    let root = site(Keys::Zh);
    let date = Some(jiff::civil::date(2024, 3, 1));
    let made = create(root.path(), &Request { date, ..request(Kind::Event, "周五交流会") }).unwrap();
    assert_eq!(made.created, ["content/events/2024-03-01-zhouwujiaoliuhui.md"]);
    assert!(create(root.path(), &request(Kind::Event, "周五交流会")).is_err());
}

#[test]
fn a_page_may_stand_in_a_folder() {
    let root = site(Keys::Zh);
    let id = Some("guide/naming".to_owned());
    let made = create(root.path(), &Request { id, ..request(Kind::Page, "起名的办法") }).unwrap();
    assert_eq!(made.created, ["content/pages/guide/naming.md"]);
}

#[test]
fn wrong_ids_unknown_references_and_idle_options_are_refused() {
    let root = site(Keys::Zh);
    let code = |request: Request| create(root.path(), &request).unwrap_err().code;
    assert_eq!(code(request(Kind::Community, "😀")), codes::BAD_ID);
    for id in ["Qiupu", "a/b", "../a", "con", ""] {
        assert_eq!(
            code(Request { id: Some(id.to_owned()), ..request(Kind::Community, "秋浦") }),
            codes::BAD_ID,
            "{id}"
        );
    }
    let town = Some("东胡街道".to_owned());
    assert_eq!(
        code(Request { town: town.clone(), ..request(Kind::Community, "甲") }),
        codes::UNKNOWN_REFERENCE
    );
    assert_eq!(code(Request { town, ..request(Kind::Page, "甲") }), codes::USAGE);
}

#[test]
fn without_a_site_nothing_is_made() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(create(root.path(), &request(Kind::News, "甲")).unwrap_err().code, codes::MISSING_CONTENT);
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
}

#[test]
fn a_service_needs_a_public_community() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("content/communities/a")).unwrap();
    fs::write(root.path().join("content/communities/a/community.yaml"), "name: a\nstatus: draft\n").unwrap();
    assert_eq!(
        create(root.path(), &request(Kind::Service, "灯")).unwrap_err().code,
        codes::NOTHING_TO_REFER_TO
    );
}
