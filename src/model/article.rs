//! `news/<date>-<id>.md` and `pages/**/*.md`.

use std::ops::Range;
use std::sync::Arc;

use super::context::{Context, Parsed, Shared};
use super::layout::FileOf;
use super::names::Target;
use super::photos;
use super::prose;
use super::record::Reader;
use super::schema::{NEWS, PAGE, Record};
use super::site::{Article, Column, Community, News, Page, Prose, Status};
use super::status;
use super::translation;
use super::{Outcome, ReadRecord};
use crate::date::{PartialDate, When};
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

/// Reads one news item.
pub(super) fn news(shared: &Shared, file: &FileOf) -> ReadRecord<News> {
    let (id, date_in_name) = dated_id(&file.id);
    read_file(shared, file, &"content/news".into(), &NEWS, id, |reader, article, published| {
        let day = published.map(|when| PartialDate::day(when.date));
        check_file_date(reader, "published", date_in_name, day);
        Some(News { id: id.to_owned(), published: published?, article: article? })
    })
}

/// Reads one page.
pub(super) fn page(shared: &Shared, file: &FileOf) -> ReadRecord<Page> {
    let path = &shared.sources.files[file.at as usize].path;
    let folder = path.rsplit_once('/').map_or("content/pages", |(folder, _)| folder);
    read_file(shared, file, &folder.into(), &PAGE, &file.id, |_, article, published| {
        Some(Page { path: file.id.clone(), published, article: article? })
    })
}

impl AsMut<Article> for News {
    fn as_mut(&mut self) -> &mut Article {
        &mut self.article
    }
}

impl AsMut<Article> for Page {
    fn as_mut(&mut self) -> &mut Article {
        &mut self.article
    }
}

fn read_file<T: AsMut<Article>>(
    shared: &Shared,
    file: &FileOf,
    folder: &Arc<str>,
    record: &'static Record,
    id: &str,
    build: impl FnOnce(&Reader, Option<Article>, Option<When>) -> Option<T>,
) -> ReadRecord<T> {
    let mut context = Context::new(shared, file.at, folder);
    let read = open_front_matter(&mut context).and_then(|(front, body)| {
        let reader = Reader::file_record(&context, record, &front)?;
        let published = if record.field("published").is_some_and(|field| field.required) {
            status::published(&reader)
        } else {
            let published = reader.when("published");
            reader.published_by_today("published", published);
            published
        };
        let article = article(&reader, prose::body(&context, body, 2, ""));
        build(&reader, article, published)
    });
    let is_withheld = context.draft && !shared.drafts;
    let mut report = context.into_report();
    let translation =
        file.translation.and_then(|at| translation::translation(shared, at, folder, record, &mut report));
    let outcome = match read {
        _ if is_withheld => Outcome::Withheld,
        Some(mut record) => {
            if let Some(translation) = translation {
                translation.put_into_article(record.as_mut());
            }
            Outcome::Built(Arc::new(record))
        }
        None => Outcome::Broken,
    };
    ReadRecord { id: id.to_owned(), name: None, outcome, report }
}

fn article(reader: &Reader, body: Prose) -> Option<Article> {
    let title = reader.text("title");
    let column = reader.reference::<Column>("column").and_then(Target::live);
    let (source, author) = (reader.text("source"), reader.text("author"));
    let (editor, description) = (reader.text("editor"), reader.text("description"));
    let keywords = reader.keywords("keywords");
    let photos = photos::photos(reader);
    let communities = reader.references::<Community>("communities");
    let aliases = reader.located_texts("aliases");
    let status = reader.choice::<Status>("status").unwrap_or_default();
    Some(Article {
        title: title?,
        column,
        source,
        author,
        editor,
        description,
        keywords,
        photos,
        communities,
        aliases,
        status,
        body,
        origin: reader.origin(),
    })
}

/// Reads the front matter of a file that must have one, and notes whether the record is a draft.
pub(super) fn open_front_matter(context: &mut Context) -> Option<(Parsed, Range<usize>)> {
    let (front, body, failed) = context.split();
    let Some(front) = front else {
        if !failed {
            context.push(no_front_matter().at(context.span(&(0..0))));
        }
        return None;
    };
    context.draft = status::is_draft(front.node.as_ref());
    Some((front, body))
}

fn no_front_matter() -> Diagnostic {
    Diagnostic::new(
        codes::FRONT_MATTER,
        text!("文件开头缺少标题、日期等信息。", "The file does not begin with its title, date and so on."),
    )
    .help(text!(
        "请在第一行写“---”，下面每行一个“键: 值”，再用一行“---”结束：\n---\n标题: 文字\n发布时间: 2024-03-05\n---",
        "Begin with a line `---`, then `key: value` lines, then another `---`:\n---\ntitle: text\npublished: 2024-03-05\n---"
    ))
}

/// Splits the date off a file name: `2024-03-05-qiupu` is `qiupu`; so is `2024-03-qiupu`, and a name without a date.
pub(super) fn dated_id(stem: &str) -> (&str, Option<PartialDate>) {
    for length in ["2024-03-05".len(), "2024-03".len()] {
        let Some((date, rest)) = stem.get(..length).zip(stem.get(length..)) else { continue };
        let Some(id) = rest.strip_prefix('-').filter(|id| !id.is_empty()) else { continue };
        // `2024-03-05` alone is no month with an id.
        if length < "2024-03-05".len() && id.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let looks_like_date = date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if let (true, Ok(date)) = (looks_like_date, PartialDate::parse(date)) {
            return (id, Some(date));
        }
    }
    (stem, None)
}

/// Warns when the date in the file name is not the one inside.
pub(super) fn check_file_date(
    reader: &Reader,
    en: &str,
    in_name: Option<PartialDate>,
    inside: Option<PartialDate>,
) {
    let (Some(in_name), Some(inside)) = (in_name, inside) else { return };
    let overlap = in_name.first() <= inside.last() && inside.first() <= in_name.last();
    // A day to come is said as such, unless the record is a draft that waits for it.
    if overlap || !reader.has(en) || inside.first() > reader.context.shared.today {
        return;
    }
    let ((zh, en_name), in_name, inside) = (reader.names(en), in_name.iso(), inside.iso());
    reader.complain(
        en,
        Diagnostic::new(
            codes::FILE_NAME_DATE,
            text!(
                "文件名里的日期是 {in_name}，“{zh}”是 {inside}。",
                "The file name says {in_name}, `{en_name}` says {inside}."
            ),
        )
        .help(text!("请核对，以“{zh}”为准；文件名可以不改。", "Check both; `{en_name}` counts.")),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_a_file_name_is_not_part_of_the_id() {
        let split = |stem| {
            let (id, date) = dated_id(stem);
            (id, date.map(PartialDate::iso).unwrap_or_default())
        };
        assert_eq!(split("2024-03-05-qiupu"), ("qiupu", "2024-03-05".into()));
        assert_eq!(split("2024-03-qiupu"), ("qiupu", "2024-03".into()));
        assert_eq!(split("qiupu"), ("qiupu", String::new()));
        assert_eq!(split("2024-03-05"), ("2024-03-05", String::new()));
        assert_eq!(split("2024-13-05-x"), ("2024-13-05-x", String::new()));
        assert_eq!(split("秋浦社区的活动记录"), ("秋浦社区的活动记录", String::new()));
    }
}
