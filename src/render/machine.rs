//! Files for search engines and programs: `sitemap.xml`, `robots.txt`, the register, the open data.
//!
//! The open data's format is `docs/data.md`; its version is [`DATA_VERSION`]. Fields are only ever added.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::context::Context;
use super::feeds::{pretty, xml_text};
use super::record::{Data, record};
use super::sheet::Sheet;
use super::words::Word;
use crate::model::site::{Community, Idx, Number, Person, Structure, Totals};
use crate::plan::{DataSet, Part, Target};

/// The version of the open data's format: the first number changes only when a field goes or changes its meaning.
const DATA_VERSION: &str = "1.0";

impl Context {
    pub(super) fn sitemap_xml(&self, part: Part) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
        if self.editions.len() > 1 {
            xml.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
        }
        xml.push_str(">\n");
        for (edition, output) in self.listed().skip(part.range().start).take(part.range().len()) {
            let _ = write!(xml, "<url><loc>{}</loc>", xml_text(&self.absolute(output.path.as_str())));
            if let Some(date) = self.last_change(&output.target) {
                let _ = write!(xml, "<lastmod>{date}</lastmod>");
            }
            self.sitemap_links(&mut xml, edition, output.path.as_str());
            xml.push_str("</url>\n");
        }
        xml.push_str("</urlset>\n");
        xml
    }

    /// Returns the day a page last changed, where the content says it.
    fn last_change(&self, target: &Target) -> Option<String> {
        let date = match target {
            Target::Community(idx) => {
                let community = &self.site.communities[*idx];
                let update = community
                    .project
                    .as_ref()
                    .and_then(|p| p.updates.first())
                    .map(|update| update.date.first());
                [Some(community.published.date), community.updated.map(|when| when.date), update]
                    .into_iter()
                    .flatten()
                    .max()?
            }
            Target::Event(idx) => self.site.events[*idx].published.date,
            Target::NewsItem(idx) => self.site.news[*idx].published.date,
            Target::Page(idx) => self.site.pages[*idx].published?.date,
            _ => return None,
        };
        Some(crate::date::PartialDate::day(date).iso())
    }

    pub(super) fn sitemap_index(&self, parts: u32) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for number in 1..=parts {
            let url = self.absolute(&format!("sitemap-{number}.xml"));
            let _ = writeln!(xml, "<sitemap><loc>{}</loc></sitemap>", xml_text(&url));
        }
        xml.push_str("</sitemapindex>\n");
        xml
    }

    pub(super) fn robots(&self) -> String {
        format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", self.absolute("sitemap.xml"))
    }

    /// Returns how a file is made of one part for each community, where it is.
    pub(super) fn sheet(&self, target: &Target) -> Option<Sheet<'_>> {
        match target {
            Target::LedgerCsv => Some(self.ledger_csv()),
            Target::LedgerJson => Some(self.ledger_json()),
            Target::Data(DataSet::Communities) => Some(self.communities()),
            _ => None,
        }
    }

    /// Writes the register as a table that Excel opens: UTF-8 with a byte order mark, CRLF.
    fn ledger_csv(&self) -> Sheet<'_> {
        let mut csv = String::from("\u{feff}");
        let header = [
            ("序号", "No."),
            ("乡镇", "Town"),
            ("社区", "Community"),
            ("品牌名称", "Brand"),
            ("品牌类别", "Category"),
            ("口号", "Slogan"),
            ("备案编号", "Filing number"),
            ("备案日期", "Filed"),
            ("负责人", "Leader"),
            ("职务", "Post"),
            ("进度（%）", "Progress (%)"),
            ("状态", "State"),
            ("荣誉数", "Honours"),
            ("最高荣誉", "Highest honour"),
            ("党组织", "Party organisation"),
            ("联系电话", "Office phone"),
            ("网址", "Address"),
        ];
        csv_row(&mut csv, &header.map(|(zh, en)| self.say(zh, en)));
        let row = |at: usize| {
            let mut csv = String::new();
            csv_row(&mut csv, &self.csv_fields(at, &self.site.communities[Idx::new(at)]));
            csv
        };
        Sheet::new(csv, self.site.communities.len(), row)
    }

    fn csv_fields(&self, at: usize, community: &Community) -> [String; 17] {
        let card = self.card_of(Idx::new(at));
        let project = community.project.as_ref();
        let filing = project.and_then(|project| project.filed.as_ref());
        let leader = project.and_then(|project| project.leader.as_ref());
        let text = |value: Option<&String>| value.cloned().unwrap_or_default();
        [
            (at + 1).to_string(),
            card.town.title.clone(),
            card.name.clone(),
            card.brand.clone(),
            card.category.title.clone(),
            text(card.slogan.as_ref()),
            text(filing.and_then(|filing| filing.number.as_ref())),
            filing
                .and_then(|filing| filing.date)
                .map(super::super::date::PartialDate::iso)
                .unwrap_or_default(),
            text(leader.map(|leader| &leader.name)),
            text(leader.and_then(|leader| leader.post.as_ref())),
            card.progress.as_ref().map(|progress| progress.percent.to_string()).unwrap_or_default(),
            card.progress.as_ref().map(|progress| progress.state.name.clone()).unwrap_or_default(),
            card.award_count.to_string(),
            card.highest
                .as_ref()
                .map(|award| format!("{} {}", award.level.name, award.title))
                .unwrap_or_default(),
            text(community.party_organisation.as_ref()),
            text(community.office.phone.as_ref()),
            self.absolute(&card.url),
        ]
    }

    fn ledger_json(&self) -> Sheet<'_> {
        self.data_sheet("ledger", self.cards.len(), |at| self.ledger_record(at))
    }

    fn ledger_record(&self, at: usize) -> Data {
        let community = &self.site.communities[Idx::new(at)];
        let project = community.project.as_ref();
        let filing = project.and_then(|project| project.filed.as_ref());
        let card = self.card_of(Idx::new(at));
        record! {
            "number": at + 1,
            "id": card.id,
            "town": card.town.title,
            "community": card.name,
            "brand": card.brand,
            "category": card.category.title,
            "slogan": card.slogan,
            "filing_number": filing.and_then(|filing| filing.number.clone()),
            "filed": filing.and_then(|filing| filing.date).map(super::super::date::PartialDate::iso),
            "leader" => project.and_then(|project| project.leader.as_ref()).map(person),
            "percent": card.progress.as_ref().map(|progress| progress.percent),
            "state": card.progress.as_ref().map(|progress| progress.state.id),
            "awards": card.award_count,
            "url": self.absolute(&card.url),
        }
    }

    fn data_file(&self, name: &str, records: impl Serialize) -> String {
        let settings = &self.site.settings;
        let as_of = crate::date::PartialDate::day(self.site.today).iso();
        let (site, url) = (settings.name.as_str(), settings.base_url.as_str());
        pretty(&DataFile {
            format: format!("yipin/{name}"),
            version: DATA_VERSION,
            site,
            url,
            as_of,
            records,
        })
    }

    /// Writes a file of the open data record by record, as [`Self::data_file`] would.
    fn data_sheet<'a>(
        &'a self,
        name: &str,
        count: usize,
        record: impl Fn(usize) -> Data + Sync + 'a,
    ) -> Sheet<'a> {
        /// Where the one record of a file stands.
        const HERE: &str = "0";
        if count == 0 {
            return Sheet::new(self.data_file(name, [(); 0]), 0, |_| String::new());
        }
        let frame = self.data_file(name, [0]);
        let (head, tail) = frame.rsplit_once(HERE).unwrap_or_default();
        Sheet::new(head, count, move |at| in_a_list(&record(at))).with(",\n    ", tail)
    }

    pub(super) fn data(&self, set: DataSet) -> Vec<u8> {
        let name = set.name();
        let text = match set {
            DataSet::Index => self.data_file(name, self.data_index()),
            DataSet::County => self.data_file(name, self.county()),
            DataSet::Towns => self.data_file(name, Records(|| self.towns())),
            DataSet::Communities => return self.communities().whole(),
            DataSet::Awards => self.data_file(name, Records(|| self.awards())),
            DataSet::Competitions => self.data_file(name, Records(|| self.competitions())),
            DataSet::Events => self.data_file(name, Records(|| self.events())),
            DataSet::Services => self.data_file(name, Records(|| self.services())),
            DataSet::Partners => self.data_file(name, Records(|| self.partners())),
            DataSet::News => self.data_file(name, Records(|| self.news())),
        };
        text.into_bytes()
    }

    fn data_index(&self) -> Data {
        let counts = [
            (DataSet::County, 1),
            (DataSet::Towns, self.site.towns.len()),
            (DataSet::Communities, self.site.communities.len()),
            (DataSet::Awards, self.plan.lists.awards.len()),
            (DataSet::Competitions, self.site.competitions.len()),
            (DataSet::Events, self.site.events.len()),
            (DataSet::Services, self.site.services.len()),
            (DataSet::Partners, self.site.partners.len()),
            (DataSet::News, self.site.news.len()),
        ];
        let files = counts.map(|(set, count)| {
            let name = set.name();
            record! {"name": name, "url": self.absolute(&format!("data/{name}.json")), "records": count}
        });
        Data::List(files.into())
    }

    fn county(&self) -> Data {
        let settings = &self.site.settings;
        let figures: Vec<Data> = settings
            .figures
            .iter()
            .map(|figure| {
                record! {
                    "name": figure.name,
                    "value": figure.value.value,
                    "unit": figure.unit,
                    "as_of": figure.as_of.map(super::super::date::PartialDate::iso),
                    "source": figure.source,
                }
            })
            .collect();
        Data::List(vec![
            record! {"programme": settings.programme, "figures" => figures, "totals" => totals(self.site.totals())},
        ])
    }

    fn towns(&self) -> impl Iterator<Item = Data> {
        self.site.towns.iter().map(|(idx, town)| {
            record! {
                "id": town.id,
                "name": town.name,
                "code": town.code,
                "url": self.absolute(self.plan.url(idx)),
                "totals" => totals(&town.totals),
            }
        })
    }

    fn communities(&self) -> Sheet<'_> {
        let record = |at| self.community_record(at, &self.site.communities[Idx::new(at)]);
        self.data_sheet(DataSet::Communities.name(), self.site.communities.len(), record)
    }

    fn community_record(&self, at: usize, community: &Community) -> Data {
        let card = self.card_of(Idx::new(at));
        let metrics = community.metrics.iter().map(|metric| {
            let value = |number: &Option<Number>| number.as_ref().map(|number| number.value);
            record! {
                "name": metric.name,
                "before": value(&metric.before),
                "after": value(&metric.after),
                "unit": metric.unit,
                "period": metric.period,
                "source": metric.source,
            }
        });
        record! {
            "id": community.id,
            "name": community.name,
            "url": self.absolute(&card.url),
            "town": card.town_id,
            "kind": community.kind.map(|kind| kind.word().0),
            "code": community.code,
            "party_organisation": community.party_organisation,
            "secretary" => community.secretary.as_ref().map(person),
            "structure" => structure(community.structure),
            "brand" => record! {
                "name": community.brand.name,
                "category": card.category_id,
                "slogan": community.brand.slogan,
                "method": community.brand.method,
                "connotation": community.brand.connotation.document.plain_text(),
            },
            "metrics" => metrics.collect::<Vec<_>>(),
            "project" => Self::project_record(community),
            "awards": community.awards.len(),
            "published": community.published.iso(),
            "updated": community.updated.map(super::super::date::When::iso),
            "source": community.source,
            "status": community.status.word().0,
        }
    }

    fn project_record(community: &Community) -> Data {
        let Some(project) = &community.project else { return Data::Null };
        let filing = project.filed.as_ref();
        let milestones = project.milestones.iter().map(|milestone| {
            record! {
                "title": milestone.title,
                "due": milestone.due.iso(),
                "done": milestone.done.map(super::super::date::PartialDate::iso),
                "stage": milestone.stage,
                "weight": milestone.weight,
                "state": milestone.state.word().0,
                "reason": milestone.reason,
            }
        });
        let updates =
            project.updates.iter().map(|update| record! {"date": update.date.iso(), "title": update.title});
        record! {
            "filing_number": filing.and_then(|filing| filing.number.clone()),
            "filed": filing.and_then(|filing| filing.date).map(super::super::date::PartialDate::iso),
            "leader" => project.leader.as_ref().map(person),
            "percent": project.progress.percent(),
            "milestones" => milestones.collect::<Vec<_>>(),
            "updates" => updates.collect::<Vec<_>>(),
        }
    }

    fn awards(&self) -> impl Iterator<Item = Data> {
        self.plan.lists.awards.iter().map(|place| {
            let community = &self.site.communities[place.community];
            let award = &community.awards[place.at];
            record! {
                "community": community.id,
                "title": award.title,
                "level": award.level.word().0,
                "issuer": award.issuer,
                "date": award.date.iso(),
                "document": award.document,
                "competition": award.competition.map(|idx| self.site.competitions[idx].id.clone()),
            }
        })
    }

    fn competitions(&self) -> impl Iterator<Item = Data> {
        let id = |idx| &self.site.communities[idx].id;
        self.site.competitions.iter().map(move |(idx, competition)| {
            let results = competition.results.iter().map(
                |win| record! {"community": id(win.community), "prize": win.prize, "document": win.document},
            );
            record! {
                "id": competition.id,
                "title": competition.title,
                "url": self.absolute(self.plan.url(idx)),
                "level": competition.level.word().0,
                "organiser": competition.organiser,
                "date": competition.date.iso(),
                "entrants": competition.entrants.iter().map(|idx| id(*idx)).collect::<Vec<_>>(),
                "results" => results.collect::<Vec<_>>(),
            }
        })
    }

    fn events(&self) -> impl Iterator<Item = Data> {
        self.site.events.iter().map(|(idx, event)| {
            let communities = event.communities.iter().map(|idx| &self.site.communities[*idx].id);
            record! {
                "id": event.id,
                "title": event.title,
                "url": self.absolute(self.plan.url(idx)),
                "date": event.date.iso(),
                "end": event.end.map(super::super::date::PartialDate::iso),
                "kind": event.kind.word().0,
                "place": event.place,
                "organiser": event.organiser,
                "participants": event.participants,
                "communities": communities.collect::<Vec<_>>(),
            }
        })
    }

    fn services(&self) -> impl Iterator<Item = Data> {
        self.site.services.iter().map(|(idx, service)| {
            let claim = service.claimed.as_ref();
            record! {
                "id": service.id,
                "title": service.title,
                "url": self.absolute(self.plan.url(idx)),
                "community": self.site.communities[service.community].id,
                "state": service.state.word().0,
                "need": service.need,
                "requested": service.requested.iso(),
                "dispatched": service.dispatched.as_ref().map(|(date, _)| date.iso()),
                "claimed": claim.map(|claim| claim.date.iso()),
                "partner": claim.and_then(|claim| claim.partner).map(|idx| self.site.partners[idx].id.clone()),
                "team": claim.and_then(|claim| claim.team.clone()),
                "finished": service.finished.as_ref().map(|(date, _)| date.iso()),
                "beneficiaries": service.finished.as_ref().and_then(|(_, beneficiaries)| *beneficiaries),
                "score": service.rated.as_ref().and_then(|rating| rating.score),
            }
        })
    }

    fn partners(&self) -> impl Iterator<Item = Data> {
        self.site.partners.iter().map(|(idx, partner)| {
            let agreements = partner.agreements.iter().map(|agreement| {
                record! {
                    "community": self.site.communities[agreement.community].id,
                    "signed": agreement.signed.map(super::super::date::PartialDate::iso),
                    "offers": agreement.offers,
                    "needs": agreement.needs,
                }
            });
            record! {
                "id": partner.id,
                "name": partner.name,
                "url": self.absolute(self.plan.url(idx)),
                "kind": partner.kind.word().0,
                "members_registered": partner.members_registered,
                "agreements" => agreements.collect::<Vec<_>>(),
            }
        })
    }

    fn news(&self) -> impl Iterator<Item = Data> {
        self.site.news.iter().map(|(idx, item)| {
            record! {
                "id": item.id,
                "title": item.article.title,
                "url": self.absolute(self.plan.url(idx)),
                "published": item.published.iso(),
                "column": item.article.column.map(|idx| self.site.settings.columns[idx].id.clone()),
                "source": item.article.source,
                "summary": item.article.description.clone().unwrap_or_else(|| item.article.body.document.summary().to_owned()),
            }
        })
    }
}

/// One file of the open data.
#[derive(Serialize)]
struct DataFile<'a, R> {
    format: String,
    version: &'static str,
    site: &'a str,
    url: &'a str,
    as_of: String,
    records: R,
}

/// Records that are made while they are written, so that a large county's never stand in memory all at once.
struct Records<F>(F);

impl<F, I> Serialize for Records<F>
where
    F: Fn() -> I,
    I: Iterator<Item = Data>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Writes a record as it stands in the list of a file, two levels deep.
fn in_a_list(record: &Data) -> String {
    const BEFORE: &str = "[\n  [\n    ";
    const AFTER: &str = "\n  ]\n]\n";
    let mut text = pretty(&[[record]]);
    text.truncate(text.len().saturating_sub(AFTER.len()));
    text.drain(..BEFORE.len().min(text.len()));
    text
}

fn person(person: &Person) -> Data {
    record! {"name": person.name, "post": person.post, "unit": person.unit}
}

fn structure(structure: Structure) -> Data {
    record! {
        "households": structure.households,
        "residents": structure.residents,
        "members": structure.members,
        "grids": structure.grids,
        "branches": structure.branches,
        "building_groups": structure.building_groups,
        "grid_members": structure.grid_members,
        "building_heads": structure.building_heads,
    }
}

fn totals(totals: &Totals) -> Data {
    let [national, provincial, municipal, county, township] = totals.awards;
    let states = totals.milestones;
    record! {
        "communities": totals.communities,
        "projects": totals.projects,
        "completed": totals.completed,
        "percent": totals.percent,
        "structure" => structure(totals.structure),
        "awards" => record! {
            "national": national, "provincial": provincial, "municipal": municipal, "county": county, "township": township,
        },
        "milestones" => record! {
            "done": states.done, "doing": states.doing, "todo": states.todo,
            "overdue": states.overdue, "postponed": states.postponed, "cancelled": states.cancelled,
        },
        "services": totals.services.iter().sum::<u32>(),
        "beneficiaries": totals.beneficiaries,
        "teams": totals.teams,
    }
}

/// Writes one row; a field that a spreadsheet would take for a formula is kept text by a leading `'`.
fn csv_row<const N: usize>(csv: &mut String, fields: &[String; N]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            csv.push(',');
        }
        let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        if field.contains([',', '"', '\n', '\r']) {
            let _ = write!(csv, "\"{guard}{}\"", field.replace('"', "\"\""));
        } else {
            let _ = write!(csv, "{guard}{field}");
        }
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_reads_every_field_as_text() {
        let mut csv = String::new();
        csv_row(&mut csv, &["=1+1".into(), "a,\"b\"".into(), "秋浦".into()]);
        assert_eq!(csv, "'=1+1,\"a,\"\"b\"\"\",秋浦\r\n");
    }
}
