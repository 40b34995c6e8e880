//! A new record: its id, its place, and values that `yipin check` has nothing to say about.

use std::path::Path;

use jiff::civil::Date;

use super::disk::{self, NewFile};
use super::draft::Draft;
use super::failure::{self, Problem};
use super::kinds::file_kind;
use super::starter::file_text;
use super::survey::{self, Named, Survey};
use super::{Keys, Kind, Made, append};
use crate::address::under;
use crate::diagnostic::{Bilingual, Diagnostic, codes};
use crate::model::placeholder::{self, Placeholder};
use crate::text;
use crate::text::{ascii_digits, is_id, pinyin_id};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The kind of record.
    pub kind: Kind,
    /// Its name or title.
    pub name: String,
    /// Its id; from the pinyin of the name when not given.
    pub id: Option<String>,
    /// A community's town, by id or name.
    pub town: Option<String>,
    /// The category of a community's brand, by id or name.
    pub category: Option<String>,
    /// The name of a community's brand.
    pub brand: Option<String>,
    /// The community concerned, by id or name.
    pub community: Option<String>,
    /// The date of what happened; today when not given.
    pub date: Option<Date>,
    /// Today.
    pub today: Date,
}

/// Makes a new record in the site at `root`.
///
/// # Errors
/// A diagnostic when there is such a record already, when something it must refer to is missing or unknown, or when the
/// disk refuses; then nothing was made.
pub fn create(root: &Path, request: &Request) -> Result<Made, Problem> {
    refuse_idle_options(request)?;
    let survey = Survey::read(root)?;
    let writer = Writer { root, request, keys: survey.keys(), id: id(request)?, survey };
    match request.kind {
        Kind::Community => writer.community(),
        Kind::Event => writer.event(),
        Kind::News => writer.news(),
        Kind::Competition => writer.competition(),
        Kind::Service => writer.service(),
        Kind::Page => writer.page(),
        Kind::Partner => writer.partner(),
        Kind::Town => writer.town(),
    }
}

/// Reports an option the kind has no use for: it would be lost without a word.
fn refuse_idle_options(request: &Request) -> Result<(), Problem> {
    use Kind::{Community, Competition, Event, News, Partner, Service};
    let kind = request.kind;
    let options = [
        ("--town", request.town.is_some(), kind == Community),
        ("--category", request.category.is_some(), kind == Community),
        ("--brand", request.brand.is_some(), kind == Community),
        ("--community", request.community.is_some(), matches!(kind, Event | News | Service | Partner)),
        ("--date", request.date.is_some(), matches!(kind, Event | News | Competition | Service)),
    ];
    let Some((option, ..)) = options.into_iter().find(|(_, given, useful)| *given && !useful) else {
        return Ok(());
    };
    let (zh, en) = kind.names();
    let message = text!("新建{zh}用不到“{option}”。", "A new {en} has no use for `{option}`.");
    Err(Box::new(Diagnostic::new(codes::USAGE, message)))
}

/// Returns the id asked for, or one made of the name; that of a page may have folders.
fn id(request: &Request) -> Result<String, Problem> {
    let id = match &request.id {
        Some(id) => id.trim().to_owned(),
        None => pinyin_id(&ascii_digits(&request.name)),
    };
    if id.is_empty() {
        return Err(failure::no_id(&request.name));
    }
    let good = if request.kind == Kind::Page { id.split('/').all(is_id) } else { is_id(&id) };
    if good { Ok(id) } else { Err(failure::bad_id(&id, &pinyin_id(&ascii_digits(&id)))) }
}

struct Writer<'a> {
    root: &'a Path,
    request: &'a Request,
    survey: Survey,
    keys: Keys,
    id: String,
}

impl Writer<'_> {
    fn community(self) -> Result<Made, Problem> {
        let folder = format!("content/communities/{}", self.id);
        self.refuse_standing(&format!("{folder}/community.yaml"), &folder)?;
        let town = self.choose(&self.survey.towns(), self.request.town.as_deref(), &text!("乡镇", "town"))?;
        let category = self.choose(
            &self.survey.categories(),
            self.request.category.as_deref(),
            &text!("品牌类别", "category"),
        )?;
        let brand = self.request.brand.clone().unwrap_or_else(|| self.stand_in(placeholder::BRAND));
        let connotation = self.stand_in(placeholder::CONNOTATION);
        let brand = Draft::record([
            ("name", brand.as_str()),
            ("category", &category.name),
            ("connotation", &connotation),
        ]);
        let record = self
            .named("name")
            .with("town", Draft::Text(town.name.clone()))
            .with("brand", brand)
            .with("published", self.today())
            .with("status", Draft::Text("draft".to_owned()));
        let plan = self.pick("制定品牌创建方案", "Write the plan");
        let due = self.request.today.saturating_add(jiff::Span::new().days(30)).to_string();
        let milestone = Draft::record([("title", plan.as_str()), ("due", &due)]);
        let timeline = Draft::Record(Vec::new()).with("milestones", Draft::List(vec![milestone]));
        let story = self.stand_in(placeholder::STORY);
        let files = [
            self.file("community", &format!("{folder}/community.yaml"), &record, "", true),
            self.file("story", &format!("{folder}/story.md"), &Draft::Record(Vec::new()), &story, false),
            self.file("timeline", &format!("{folder}/timeline.yaml"), &timeline, "", false),
        ];
        disk::write_folder(self.root, "content/communities", &self.id, &files)?;
        let created: Vec<String> = files.into_iter().map(|file| file.path).collect();
        let first = created[0].clone();
        let mut next = vec![
            text!("打开 {first}，填写品牌等内容。", "Open {first} and fill it in."),
            text!("照片放进 {folder}/photos/。", "Put photos into {folder}/photos/."),
        ];
        next.extend(chosen(
            self.request.town.as_ref(),
            &self.survey.towns(),
            &town,
            &text!("所属乡镇", "town"),
        ));
        next.extend(chosen(
            self.request.category.as_ref(),
            &self.survey.categories(),
            &category,
            &text!("品牌类别", "category"),
        ));
        next.push(self.publish_later());
        Ok(Made { created, extended: Vec::new(), next })
    }

    fn event(self) -> Result<Made, Problem> {
        let path = self.dated_path("content/events")?;
        let record = self
            .named("title")
            .with("date", self.date())
            .with("kind", Draft::Text("exchange".to_owned()))
            .with("status", Draft::Text("draft".to_owned()));
        self.article("event", path, &self.with_community(record)?)
    }

    fn news(self) -> Result<Made, Problem> {
        let path = self.dated_path("content/news")?;
        let record = self
            .named("title")
            .with("published", self.date())
            .with("status", Draft::Text("draft".to_owned()));
        self.article("news", path, &self.with_community(record)?)
    }

    fn page(self) -> Result<Made, Problem> {
        let path = format!("content/pages/{}.md", self.id);
        self.refuse_standing(&path, &path)?;
        let record = self.named("title").with("status", Draft::Text("draft".to_owned()));
        self.article("page", path, &record)
    }

    /// Writes a draft of a text with front matter.
    fn article(&self, kind: &str, path: String, record: &Draft) -> Result<Made, Problem> {
        let prose = self.stand_in(placeholder::TEXT);
        let file = self.file(kind, &path, record, &prose, true);
        disk::write_all(self.root, &[file])?;
        let next =
            vec![text!("打开 {path}，写正文。", "Open {path} and write the text."), self.publish_later()];
        Ok(Made { created: vec![path], extended: Vec::new(), next })
    }

    fn competition(self) -> Result<Made, Problem> {
        let path = self.yaml_path("content/competitions")?;
        let organiser = self.survey.organiser();
        let organiser = organiser.unwrap_or_else(|| self.stand_in(placeholder::ORGANISER));
        let record = self
            .named("title")
            .with("level", Draft::Text("county".to_owned()))
            .with("organiser", Draft::Text(organiser))
            .with("date", self.date());
        self.public_record("competition", path, &record, None)
    }

    fn service(self) -> Result<Made, Problem> {
        if let Some(date) = self.request.date.filter(|date| *date > self.request.today) {
            return Err(failure::not_yet(date, self.request.today));
        }
        let path = self.yaml_path("content/services")?;
        let typed = self.request.community.as_deref();
        let community = self.survey.community(Kind::Service, typed)?;
        let record = self
            .named("title")
            .with("community", Draft::Text(community.id.clone()))
            .with("requested", Draft::Record(Vec::new()).with("date", self.date()));
        let guessed = typed.is_none().then(|| check_choice(&text!("社区", "community"), &community));
        self.public_record("service", path, &record, guessed)
    }

    /// Writes a record that knows no drafts.
    fn public_record(
        &self,
        kind: &str,
        path: String,
        record: &Draft,
        note: Option<Bilingual>,
    ) -> Result<Made, Problem> {
        disk::write_all(self.root, &[self.file(kind, &path, record, "", false)])?;
        let mut next = vec![text!("打开 {path}，核对并补充内容。", "Open {path}, check it and fill it in.")];
        next.extend(note);
        next.push(public_at_once());
        Ok(Made { created: vec![path], extended: Vec::new(), next })
    }

    fn town(self) -> Result<Made, Problem> {
        let taken = self.survey.towns();
        self.list_item("towns", "content/towns", &taken, self.with_id())
    }

    fn partner(self) -> Result<Made, Problem> {
        let taken = self.survey.partners();
        let mut record = self.with_id().with("kind", Draft::Text("other".to_owned()));
        if let Some(typed) = &self.request.community {
            let community = self.survey.community(Kind::Partner, Some(typed))?;
            let agreement = Draft::record([("community", community.id.as_str())]);
            record = record.with("agreements", Draft::List(vec![agreement]));
        }
        self.list_item("partners", "content/partners", &taken, record)
    }

    /// Adds a record to a list that is a file, or begins that file.
    fn list_item(&self, kind: &str, stem: &str, taken: &[Named], record: Draft) -> Result<Made, Problem> {
        let path =
            self.survey.file(stem).map_or_else(|| format!("{stem}.yaml"), |file| file.path.to_string());
        if taken.iter().any(|named| named.id == self.id) {
            let free = self.free_id(&|id| taken.iter().any(|named| named.id == id));
            return Err(failure::record_exists(self.request.kind, &self.id, &path, &free));
        }
        let mut made = Made {
            next: vec![text!("打开 {path}，补充内容。", "Open {path} and fill it in.")],
            ..Made::default()
        };
        made.next.push(public_at_once());
        if let Some(file) = self.survey.file(stem) {
            append::append(self.root, file, file_kind(kind), record, self.keys)?;
            made.extended.push(path);
        } else {
            let list = Draft::List(vec![record]);
            disk::write_all(self.root, &[self.file(kind, &path, &list, "", false)])?;
            made.created.push(path);
        }
        Ok(made)
    }

    fn file(&self, kind: &str, path: &str, record: &Draft, prose: &str, is_draft: bool) -> NewFile {
        let note = is_draft.then(|| {
            self.pick(
                "写好以后删掉“状态: 草稿”这一行，才会公开。",
                "Delete the line `status: draft` when it is ready to go public.",
            )
        });
        let text = file_text(file_kind(kind), record, prose, self.keys, note.as_deref());
        NewFile { path: path.to_owned(), text }
    }

    /// Begins a record with the name it was asked for under.
    fn named(&self, key: &str) -> Draft {
        Draft::record([(key, self.request.name.trim())])
    }

    fn with_id(&self) -> Draft {
        Draft::record([("id", self.id.as_str()), ("name", self.request.name.trim())])
    }

    fn with_community(&self, record: Draft) -> Result<Draft, Problem> {
        let Some(typed) = &self.request.community else { return Ok(record) };
        let community = self.survey.community(self.request.kind, Some(typed))?;
        Ok(record.with("communities", Draft::List(vec![Draft::Text(community.id)])))
    }

    fn today(&self) -> Draft {
        Draft::Text(self.request.today.to_string())
    }

    fn date(&self) -> Draft {
        Draft::Text(self.request.date.unwrap_or(self.request.today).to_string())
    }

    fn stand_in(&self, (zh, en): Placeholder) -> String {
        self.pick(zh, en)
    }

    fn pick(&self, zh: &str, en: &str) -> String {
        self.keys.pick(zh, en).to_owned()
    }

    fn publish_later(&self) -> Bilingual {
        let line = self.keys.pick("状态: 草稿", "status: draft");
        text!(
            "现在是草稿，不会公开；写好后删掉“{line}”一行，运行 yipin check 和 yipin build。",
            "It is a draft and not public; when it is ready delete the line `{line}` and run `yipin check` and `yipin build`."
        )
    }

    /// Finds the record an option names, or takes the first there is.
    fn choose(&self, known: &[Named], typed: Option<&str>, what: &Bilingual) -> Result<Named, Problem> {
        let found = match typed {
            Some(typed) => survey::find(known, typed, what)?,
            None => known.first().ok_or_else(|| {
                let remedy = text!(
                    "乡镇写在 content/towns.yaml 里，品牌类别写在 content/site.yaml 里。",
                    "Towns stand in content/towns.yaml, categories in content/site.yaml."
                );
                failure::nothing_to_refer_to(self.request.kind, what, remedy)
            })?,
        };
        let name_is_clear = known.iter().filter(|other| other.name == found.name).count() == 1;
        let name = if name_is_clear { &found.name } else { &found.id };
        Ok(Named { id: found.id.clone(), name: name.clone() })
    }

    /// Reports a record that stands where the new one would.
    fn refuse_standing(&self, path: &str, place: &str) -> Result<(), Problem> {
        let stands = |place: &str| under(self.root, place).symlink_metadata().is_ok();
        if !stands(place) {
            return Ok(());
        }
        let free = self.free_id(&|id| stands(&replaced(place, &self.id, id)));
        Err(failure::record_exists(self.request.kind, &self.id, path, &free))
    }

    fn yaml_path(&self, folder: &str) -> Result<String, Problem> {
        let path = format!("{folder}/{}.yaml", self.id);
        self.refuse_standing(&format!("{folder}/{}.yml", self.id), &format!("{folder}/{}.yml", self.id))?;
        self.refuse_standing(&path, &path)?;
        Ok(path)
    }

    fn dated_path(&self, folder: &str) -> Result<String, Problem> {
        if let Some(path) = self.survey.dated_file(folder, &self.id) {
            let free = self.free_id(&|id| self.survey.dated_file(folder, id).is_some());
            return Err(failure::record_exists(self.request.kind, &self.id, path, &free));
        }
        let date = self.request.date.unwrap_or(self.request.today);
        Ok(format!("{folder}/{date}-{}.md", self.id))
    }

    /// Returns the first of `qiupu-2`, `qiupu-3`, … that is not taken.
    fn free_id(&self, taken: &dyn Fn(&str) -> bool) -> String {
        let mut ids = (2_u32..).map(|number| format!("{}-{number}", self.id));
        ids.find(|id| !taken(id)).unwrap_or_default()
    }
}

/// Puts another id in the place of the one at the end of a path.
fn replaced(place: &str, id: &str, other: &str) -> String {
    match place.rfind(id) {
        Some(at) => format!("{}{other}{}", &place[..at], &place[at + id.len()..]),
        None => place.to_owned(),
    }
}

/// Says which record was taken because none was asked for, where there were others.
fn chosen(typed: Option<&String>, known: &[Named], taken: &Named, what: &Bilingual) -> Option<Bilingual> {
    (typed.is_none() && known.len() > 1).then(|| check_choice(what, taken))
}

fn check_choice(what: &Bilingual, taken: &Named) -> Bilingual {
    let (zh, en, name) = (&what.zh, &what.en, &taken.name);
    text!("{zh}先写成了“{name}”，请核对。", "The {en} was taken to be `{name}`; see whether that is right.")
}

fn public_at_once() -> Bilingual {
    text!(
        "这类内容没有草稿，下次生成网站就会公开，请先核对。",
        "There are no drafts of this kind: it goes public with the next build, so check it first."
    )
}

#[cfg(test)]
mod tests;
