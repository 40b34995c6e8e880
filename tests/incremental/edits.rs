//! What people do to a site between two builds; most of it right, some of it wrong.

use std::fs::{self, File};
use std::path::PathBuf;

use jiff::ToSpan as _;

use crate::picture;
use crate::site::{self, county::phrases::Phrases};
use crate::work::Work;

type Edit = fn(&mut Work, &mut Phrases) -> String;

/// Every edit, the commoner ones more than once.
const EDITS: &[Edit] = &[
    reword,
    reword,
    reword,
    reword_quietly,
    restate,
    restate,
    rest,
    rest,
    touch,
    renumber,
    misspell,
    add_record,
    add_record,
    drop_record,
    drop_record,
    rename_record,
    rename_record,
    withdraw,
    repaint,
    add_photo,
    rename_photo,
    drop_photo,
    restyle,
    retheme,
    reset,
    reset,
    another_day,
    another_job,
    damage,
    damage,
    spoil,
];

/// Does something to the site; returns what.
pub fn any(work: &mut Work, numbers: &mut Phrases) -> String {
    EDITS[numbers.below(EDITS.len())](work, numbers)
}

/// Picks one of a list that may be empty.
fn one<'a>(list: &'a [String], numbers: &mut Phrases) -> Option<&'a String> {
    list.get(numbers.below(list.len()))
}

/// Picks a file that people write.
fn text_file(work: &Work, numbers: &mut Phrases) -> String {
    let mut files = work.sources("content/");
    files.retain(|path| matches!(site::extension(path), "yaml" | "md"));
    one(&files, numbers).expect("a site has settings").clone()
}

/// Returns the start of one of the places where a part stands in a text.
fn place(text: &str, part: &str, numbers: &mut Phrases) -> Option<usize> {
    let places: Vec<usize> = text.match_indices(part).map(|(at, _)| at).collect();
    places.get(numbers.below(places.len())).copied()
}

/// Says something more in some text.
pub fn reword(work: &mut Work, numbers: &mut Phrases) -> String {
    let path = text_file(work, numbers);
    let mut text = work.text(&path);
    if let Some(at) = place(&text, "。", numbers) {
        text.insert_str(at, &format!("，{}", numbers.activity()));
        work.put(&path, text);
    }
    format!("reworded {path}")
}

/// Writes a little more behind a value of one line.
pub fn restate(work: &mut Work, numbers: &mut Phrases) -> String {
    let path = text_file(work, numbers);
    let text = work.text(&path);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let is_value = |line: &String| {
        line.split_once(": ")
            .is_some_and(|(_, value)| value.ends_with(|c: char| c > '\u{7f}' && c.is_alphabetic()))
    };
    let values: Vec<usize> = (0..lines.len()).filter(|at| is_value(&lines[*at])).collect();
    if !values.is_empty() {
        lines[values[numbers.below(values.len())]].push('新');
        work.put(&path, lines.join("\n") + "\n");
    }
    format!("restated {path}")
}

/// Says something else of the same length, and leaves the file as old as it was.
fn reword_quietly(work: &mut Work, numbers: &mut Phrases) -> String {
    let path = text_file(work, numbers);
    let mut text = work.text(&path);
    if let Some(at) = place(&text, "居民", numbers) {
        text.replace_range(at.."居民".len() + at, "街坊");
        let file = work.root().join(&path);
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        work.put(&path, text);
        File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
    }
    format!("reworded {path}, its time put back")
}

/// Leaves everything as it is.
fn rest(_: &mut Work, _: &mut Phrases) -> String {
    "did nothing".to_owned()
}

/// Saves a file as it was.
fn touch(work: &mut Work, numbers: &mut Phrases) -> String {
    let path = text_file(work, numbers);
    work.put(&path, work.text(&path));
    format!("saved {path}")
}

/// Makes one digit another.
fn renumber(work: &mut Work, numbers: &mut Phrases) -> String {
    let path = text_file(work, numbers);
    let mut text = work.text(&path);
    let digits: Vec<usize> = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
    if let Some(at) = digits.get(numbers.below(digits.len())) {
        text.replace_range(at..&(at + 1), &numbers.below(10).to_string());
        work.put(&path, text);
    }
    format!("changed a number in {path}")
}

const SLIPS: &[&str] = &[
    "：",
    ": ",
    "\t",
    "\n- ",
    "“",
    "---\n",
    "[甲](nowhere.md)",
    "(@community/nobody)",
    "<b",
    "|",
    "\n未知: 1\n",
    "\u{feff}",
];

/// Makes a mistake.
fn misspell(work: &mut Work, numbers: &mut Phrases) -> String {
    let path = text_file(work, numbers);
    let mut text = work.text(&path);
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let (at, slip) = (ends.get(numbers.below(ends.len())).copied().unwrap_or(0), numbers.pick(SLIPS));
    text.insert_str(at, slip);
    work.put(&path, text);
    format!("put {slip:?} into {path}")
}

/// Returns every record that is a file or folder of its own, without settings, towns and partners.
fn records(paths: impl Iterator<Item = String>) -> Vec<String> {
    let record = |path: String| match path.split('/').collect::<Vec<_>>()[..] {
        [content, "communities", id, ..] => Some(format!("{content}/communities/{id}")),
        [_, "events" | "news" | "services" | "competitions", _] | [_, "pages", ..] => Some(path),
        _ => None,
    };
    let mut records: Vec<String> = paths.filter_map(record).collect();
    records.dedup();
    records
}

/// Takes a record out of the pool; what it refers to is made something the site has.
fn add_record(work: &mut Work, numbers: &mut Phrases) -> String {
    let there = records(work.sources("content/").into_iter());
    let mut new = records(work.pool.keys().cloned());
    new.retain(|record| !there.contains(record));
    let Some(record) = one(&new, numbers) else { return "added nothing".to_owned() };
    let known = work.communities();
    let mut strangers: Vec<String> = records(work.pool.keys().cloned());
    strangers.retain(|record| record.starts_with("content/communities/"));
    let mut strangers: Vec<&str> = strangers.iter().map(|path| path.rsplit('/').next().unwrap()).collect();
    strangers.retain(|id| !known.iter().any(|known| known == id));
    // The longer ids first: one may begin with another.
    strangers.sort_by_key(|id| std::cmp::Reverse(id.len()));
    let files = work
        .pool
        .iter()
        .filter(|(path, _)| path.as_str() == record || path.starts_with(&format!("{record}/")));
    for (path, bytes) in files {
        let Ok(mut text) = String::from_utf8(bytes.clone()) else {
            work.put(path, bytes);
            continue;
        };
        for stranger in &strangers {
            if text.contains(stranger) {
                let friend = one(&known, numbers).cloned().unwrap_or_default();
                text = text.replace(stranger, &friend);
            }
        }
        work.put(path, text);
    }
    format!("added {record}")
}

/// Takes a record away; what refers to a community is led to another first.
fn drop_record(work: &mut Work, numbers: &mut Phrases) -> String {
    let there = records(work.sources("content/").into_iter());
    let Some(record) = one(&there, numbers) else { return "dropped nothing".to_owned() };
    if let Some(id) = record.strip_prefix("content/communities/") {
        let mut others = work.communities();
        others.retain(|other| other != id);
        let Some(other) = one(&others, numbers) else { return "kept the only community".to_owned() };
        refer_to(work, id, other);
    }
    work.remove(record);
    format!("dropped {record}")
}

/// Makes every reference to one community one to another.
fn refer_to(work: &Work, old: &str, new: &str) {
    work.replace_everywhere(&format!("@community/{old})"), &format!("@community/{new})"));
    for end in ["\n", ",", "}"] {
        for begin in ["- ", "社区: "] {
            work.replace_everywhere(&format!("{begin}{old}{end}"), &format!("{begin}{new}{end}"));
        }
    }
}

/// Gives a record another address.
fn rename_record(work: &mut Work, numbers: &mut Phrases) -> String {
    let there = records(work.sources("content/").into_iter());
    let Some(record) = one(&there, numbers) else { return "renamed nothing".to_owned() };
    let number = numbers.below(1000);
    let new = match record.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{number}.{extension}"),
        None => format!("{record}-{number}"),
    };
    if let (Some(old), Some(new)) = (record.strip_prefix("content/communities/"), new.rsplit('/').next()) {
        refer_to(work, old, new);
    }
    work.rename(record, &new);
    format!("renamed {record} to {new}")
}

/// Makes a published record a draft, or a draft a published one.
fn withdraw(work: &mut Work, numbers: &mut Phrases) -> String {
    let path = format!("content/communities/{}/community.yaml", one(&work.communities(), numbers).unwrap());
    let (draft, published) = ("状态: 草稿", "状态: 已发布");
    let (old, new) = if work.text(&path).contains(draft) { (draft, published) } else { (published, draft) };
    work.replace(&path, old, new);
    format!("{new} in {path}")
}

fn photos(work: &Work) -> Vec<String> {
    let mut photos = work.sources("content/communities/");
    photos.retain(|path| path.contains("/photos/"));
    photos
}

/// Puts another picture into a file.
fn repaint(work: &mut Work, numbers: &mut Phrases) -> String {
    let photos = photos(work);
    let Some(photo) = one(&photos, numbers) else { return "repainted nothing".to_owned() };
    work.put(photo, picture::png(numbers.below(200)));
    format!("repainted {photo}")
}

/// Adds a picture to a community that has some.
fn add_photo(work: &mut Work, numbers: &mut Phrases) -> String {
    let photos = photos(work);
    let Some(photo) = one(&photos, numbers) else { return "added no picture".to_owned() };
    let folder = photo.split("/photos/").next().unwrap_or_default();
    let (record, name) = (format!("{folder}/community.yaml"), format!("new-{}.png", numbers.below(1000)));
    work.put(&format!("{folder}/photos/{name}"), picture::png(numbers.below(200)));
    let entry = format!(
        "照片:\n  - 文件: photos/{name}\n    说明: {}\n    摄影: 示例插图\n    已获同意: true\n",
        numbers.activity()
    );
    work.replace(&record, "照片:\n", &entry);
    format!("added {name} to {record}")
}

/// Gives a picture another name, also where it is referred to.
fn rename_photo(work: &mut Work, numbers: &mut Phrases) -> String {
    let photos = photos(work);
    let Some(photo) = one(&photos, numbers) else { return "renamed no picture".to_owned() };
    let (folder, name) = photo.split_once("/photos/").unwrap();
    let new = format!("renamed-{}.png", numbers.below(1000));
    work.rename(photo, &format!("{folder}/photos/{new}"));
    work.replace(&format!("{folder}/community.yaml"), name, &new);
    format!("renamed {photo} to {new}")
}

/// Takes a picture away; what refers to it is left.
fn drop_photo(work: &mut Work, numbers: &mut Phrases) -> String {
    let photos = photos(work);
    let Some(photo) = one(&photos, numbers) else { return "dropped no picture".to_owned() };
    work.remove(photo);
    format!("dropped {photo}")
}

/// Changes a file of the theme.
fn restyle(work: &mut Work, numbers: &mut Phrases) -> String {
    let number = numbers.below(100);
    let (path, text) = match numbers.below(4) {
        0 => ("themes/local/static/local.css", format!("h1 {{ order: {number} }}\n")),
        1 => (
            "themes/local/templates/footer.html",
            format!("<footer><p>{number} {{{{ site.name }}}}</p></footer>\n"),
        ),
        2 => ("themes/local/i18n/zh.yaml", format!("site:\n  skip: 跳到正文 {number}\n")),
        _ => ("themes/local/static/more.txt", format!("{number}\n")),
    };
    work.put(path, text);
    format!("changed {path}")
}

/// Takes something of the theme away, or breaks it, or gives it a template more.
fn retheme(work: &mut Work, numbers: &mut Phrases) -> String {
    match numbers.below(4) {
        0 => {
            let mut files = work.sources("themes/local/");
            files.retain(|path| !path.ends_with("theme.yaml"));
            let Some(path) = one(&files, numbers) else { return "the theme is bare".to_owned() };
            work.remove(path);
            format!("dropped {path}")
        }
        1 => {
            work.put("themes/local/templates/crumbs.html", "<p>{{ page.titel }}</p>\n");
            "broke crumbs.html".to_owned()
        }
        2 => {
            let text = format!("<p>{} {{{{ page.title }}}}</p>\n", numbers.below(100));
            work.put("themes/local/templates/crumbs.html", text);
            "changed crumbs.html".to_owned()
        }
        _ => {
            let motto = numbers.activity();
            work.replace("themes/local/theme.yaml", "default: 一社一品", &format!("default: {motto}"));
            format!("made the motto {motto}")
        }
    }
}

/// Changes the settings.
fn reset(work: &mut Work, numbers: &mut Phrases) -> String {
    let path = "content/site.yaml";
    let (a, b) = match numbers.below(8) {
        0 => ("名称: 示例县", "名称: 样板县"),
        1 => ("语言版本: [en]\n", "语言版本: []\n"),
        2 => ("{名称: local}", "{名称: local, 选项: {density: compact}}"),
        3 => ("{名称: local}", "default"),
        4 => ("更新周期: 60\n", "更新周期: 60\n产出: {检索: false, 开放数据: false}\n"),
        5 => ("更新周期: 60\n", "更新周期: 600\n"),
        6 => ("性质: 静态", "性质: 归档"),
        _ => ("网址: https://www.example.gov.cn/yspp/", "网址: https://www.example.gov.cn/a/b/"),
    };
    let (old, new) = if work.text(path).contains(b) { (b, a) } else { (a, b) };
    work.replace(path, old, new);
    format!("made {old:?} {new:?}")
}

/// Lets days pass.
fn another_day(work: &mut Work, numbers: &mut Phrases) -> String {
    let days = i64::try_from(numbers.between(1, 40)).unwrap();
    work.job.today = work.job.today.checked_add(days.days()).unwrap();
    format!("{days} days passed")
}

/// Asks for something else to be built.
fn another_job(work: &mut Work, numbers: &mut Phrases) -> String {
    if numbers.below(2) == 0 {
        work.job.drafts = !work.job.drafts;
        format!("drafts: {}", work.job.drafts)
    } else {
        let other = work.job.base_url.is_none().then(|| "https://test.example.gov.cn/".to_owned());
        work.job.base_url = other;
        format!("base_url: {:?}", work.job.base_url)
    }
}

/// Returns the files yipin remembers things in.
fn memory(work: &Work) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(work.root().join(".yipin")).sort_by_file_name().into_iter();
    files
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

/// Damages what yipin remembers.
pub fn damage(work: &mut Work, numbers: &mut Phrases) -> String {
    let files = memory(work);
    let Some(file) = files.get(numbers.below(files.len())) else { return "nothing is remembered".to_owned() };
    let mut bytes = fs::read(file).unwrap();
    let at = numbers.below(bytes.len().max(1));
    let how = match numbers.below(6) {
        0 => {
            bytes.truncate(at);
            format!("cut off at {at}")
        }
        1 if !bytes.is_empty() => {
            bytes[at] ^= 1 << numbers.below(8);
            format!("a bit at {at} turned")
        }
        2 => {
            let run = at..(at + numbers.below(64)).min(bytes.len());
            bytes.drain(run.clone());
            format!("{run:?} taken out")
        }
        3 => {
            bytes.extend_from_within(at..);
            format!("repeated from {at}")
        }
        4 => {
            bytes = fs::read(&files[numbers.below(files.len())]).unwrap();
            "made another one".to_owned()
        }
        _ => {
            fs::remove_file(file).unwrap();
            return format!("{} taken away", file.display());
        }
    };
    fs::write(file, bytes).unwrap();
    format!("{}: {how}", file.display())
}

/// Changes or takes away a finished page.
fn spoil(work: &mut Work, numbers: &mut Phrases) -> String {
    let pages: Vec<String> = site::tree(&work.public()).into_keys().collect();
    let Some(page) = one(&pages, numbers) else { return "there are no pages".to_owned() };
    let file = work.public().join(page);
    if numbers.below(2) == 0 {
        fs::remove_file(file).unwrap();
        format!("took {page} from the site")
    } else {
        fs::write(file, "changed by hand\n").unwrap();
        format!("changed {page} by hand")
    }
}
