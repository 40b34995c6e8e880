//! `events/<date>-<id>.md`.

use std::sync::Arc;

use super::article::{check_file_date, dated_id, open_front_matter};
use super::context::{Context, Shared};
use super::layout::FileOf;
use super::photos;
use super::prose;
use super::record::Reader;
use super::schema::EVENT;
use super::site::{Community, Event, EventKind, Prose, Status};
use super::status;
use super::translation;
use super::{Outcome, ReadRecord};
use crate::date::{PartialDate, Precision, When};
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

/// Reads one event.
pub(super) fn event(shared: &Shared, file: &FileOf) -> ReadRecord<Event> {
    let mut context = Context::new(shared, file.at, &"content/events".into());
    let (id, date_in_name) = dated_id(&file.id);
    let built = open_front_matter(&mut context).and_then(|(front, body)| {
        let reader = Reader::file_record(&context, &EVENT, &front)?;
        read(&reader, id, date_in_name, prose::body(&context, body, 2, ""))
    });
    let is_withheld = context.draft && !shared.drafts;
    let folder = Arc::clone(&context.folder);
    let mut report = context.into_report();
    let translation =
        file.translation.and_then(|at| translation::translation(shared, at, &folder, &EVENT, &mut report));
    let outcome = match built {
        _ if is_withheld => Outcome::Withheld,
        Some(mut event) => {
            if let Some(translation) = translation {
                translation.put_into_event(&mut event);
            }
            Outcome::Built(Arc::new(event))
        }
        None => Outcome::Broken,
    };
    ReadRecord { id: id.to_owned(), name: None, outcome, report }
}

fn read(reader: &Reader, id: &str, date_in_name: Option<PartialDate>, body: Prose) -> Option<Event> {
    let title = reader.text("title");
    let (date, end) = (reader.date("date"), reader.date("end"));
    check_file_date(reader, "date", date_in_name, date);
    reader.not_before("end", end, date, reader.names("date"));
    let kind = reader.choice::<EventKind>("kind");
    let (place, organiser) = (reader.text("place"), reader.text("organiser"));
    let communities = reader.references::<Community>("communities");
    let participants = reader.whole("participants");
    let photos = photos::photos(reader);
    let published = published(reader, date);
    let source = reader.text("source");
    let status = reader.choice::<Status>("status").unwrap_or_default();
    Some(Event {
        id: id.to_owned(),
        title: title?,
        date: date?,
        end,
        kind: kind?,
        place,
        organiser,
        communities,
        participants,
        photos,
        published: published?,
        source,
        status,
        body,
        origin: reader.origin(),
    })
}

/// Reads when the page was published: the day of the event, unless that is still to come.
fn published(reader: &Reader, date: Option<PartialDate>) -> Option<When> {
    if reader.has("published") || reader.context.draft {
        return status::published(reader);
    }
    let when = date.map(|date| When { date: date.first(), time: None })?;
    if when.date > reader.context.shared.today {
        reader.complain("date", announce_first());
    } else if date.is_some_and(|date| date.precision() != Precision::Day) {
        reader.complain("date", say_when(when));
    }
    Some(when)
}

/// Says that a date of publication is guessed: an inspection takes a date nobody wrote for a forged one.
fn say_when(guess: When) -> Diagnostic {
    let guess = guess.iso();
    Diagnostic::new(
        codes::GUESSED_DATE,
        text!(
            "活动日期没有写到哪一天，也没有写“发布时间”，网页上的发布时间只好写成 {guess}。",
            "Neither the day of the event nor `published` is said; its page says that it was published on {guess}."
        ),
    )
    .help(text!(
        "请加一行“发布时间: 2024-03-05”（写实际发布的日期），或者把日期写到哪一天。",
        "Add a line `published: 2024-03-05` (with the real date), or write the day of the event."
    ))
}

fn announce_first() -> Diagnostic {
    Diagnostic::new(
        codes::FUTURE_DATE,
        text!(
            "活动还没到日子，要写明预告是什么时候发布的。",
            "The event is still to come; say when it was announced."
        ),
    )
    .help(text!(
        "请加一行“发布时间: 2024-03-05”（写实际发布的日期）。",
        "Add a line `published: 2024-03-05` (with the real date)."
    ))
}
