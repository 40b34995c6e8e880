//! The honours communities won through competitions, and those that stand in two places.

use super::site::{Award, Competition, Idx, Site, Win};
use crate::diagnostic::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::read::Sources;
use crate::text;

/// Adds to each community the honours it won; reports those also written in `awards.yaml`; puts all in order.
pub(super) fn add_won(site: &mut Site, sources: &Sources, report: &mut Report) {
    let communities = &mut site.communities;
    for (idx, competition) in site.competitions.iter() {
        for win in &competition.results {
            let awards = &mut communities.record_mut(win.community).awards;
            let won = Award {
                title: title(&competition.title, &win.prize),
                level: competition.level,
                issuer: competition.organiser.clone(),
                date: competition.date,
                document: win.document.clone(),
                photo: None,
                competition: Some(idx),
                origin: win.origin,
            };
            let own = awards.iter().filter(|award| award.competition.is_none());
            for award in own.filter(|award| is_same(award, &won, competition, win)) {
                report.push(duplicate(award, competition, sources));
            }
            awards.push(won);
        }
    }
    for at in 0..communities.len() {
        communities.record_mut(Idx::new(at)).awards.sort_by(|a, b| {
            (a.level, b.date, &a.title, a.origin).cmp(&(b.level, a.date, &b.title, b.origin))
        });
    }
}

/// The ends of a competition's title that its prizes do not repeat.
const ENDINGS: &[&str] = &["评选活动", "推介大赛", "评选", "评比", "大赛", "竞赛", "活动", "表彰"];

fn stem(title: &str) -> &str {
    ENDINGS
        .iter()
        .find_map(|ending| title.strip_suffix(ending))
        .filter(|stem| !stem.is_empty())
        .unwrap_or(title)
}

/// Names an honour: `池州市城市社区十大党建品牌评选·一等奖`; a prize that already says which competition stands alone.
fn title(competition: &str, prize: &str) -> String {
    let (known, said) = (plain(stem(competition)), plain(prize));
    if said.contains(&known) {
        prize.to_owned()
    } else if known.ends_with(&said) {
        stem(competition).to_owned()
    } else {
        format!("{competition}·{prize}")
    }
}

/// Returns whether an honour of `awards.yaml` is the one won: the same year, the same level, nearly the same name.
fn is_same(award: &Award, won: &Award, competition: &Competition, win: &Win) -> bool {
    if award.date.year() != won.date.year() || award.level != won.level {
        return false;
    }
    let (own, known, prize) = (plain(&award.title), plain(stem(&competition.title)), plain(&win.prize));
    let contained = own.contains(&known) || (known.contains(&own) && own.chars().count() >= 4);
    contained
        || own == prize && prize.chars().count() >= 4
        || strsim::normalized_levenshtein(&own, &plain(&won.title)) >= 0.6
}

/// Leaves only letters and Chinese characters: quotation marks, years and numbers differ from writer to writer.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic() && !matches!(c, '年' | '届')).collect()
}

fn duplicate(award: &Award, competition: &Competition, sources: &Sources) -> Diagnostic {
    let path = competition.origin.path(sources);
    Diagnostic::new(
        codes::DUPLICATE_AWARD,
        text!(
            "这项荣誉像是 {path} 里已经写过的结果，会显示两次。",
            "This looks like a result of {path}, and would be shown twice."
        ),
    )
    .at(award.origin.span(sources))
    .help(text!(
        "评选结果会自动成为荣誉，请删去这一条；确实是两项荣誉就不用管。",
        "A result becomes an honour by itself; delete this one, unless they are two."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_honour_says_which_competition_and_does_not_say_it_twice() {
        assert_eq!(
            title("池州市城市社区十大党建品牌评选", "一等奖"),
            "池州市城市社区十大党建品牌评选·一等奖"
        );
        assert_eq!(title("池州市城市社区“十大党建品牌”评选", "十大党建品牌"), "池州市城市社区“十大党建品牌”");
        assert_eq!(title("十大党建品牌评选", "全市十大党建品牌"), "全市十大党建品牌");
        assert_eq!(title("社区品牌推介大赛", "二等奖"), "社区品牌推介大赛·二等奖");
    }
}
