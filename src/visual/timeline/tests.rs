//! Claims about timelines: where things stand, and that nothing covers anything.

use proptest::prelude::*;

use super::super::svg::tests::parsed;
use super::*;

const WORDS: Words<'static> = Words {
    today: "今天 7月1日",
    planned: "计划时间",
    update: "动态",
    unstaged: "其他",
    states: ["已完成", "进行中", "逾期", "延期", "未开始", "取消"],
};

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap()
}

fn milestone<'a>(title: &'a str, due: &str, done: Option<&str>, state: State) -> Milestone<'a> {
    Milestone {
        title, stage: None, due: date(due), done: done.map(date), state, note: format!("计划{due}")
    }
}

fn input<'a>(milestones: &'a [Milestone<'a>], updates: &'a [Moment]) -> Timeline<'a> {
    Timeline {
        title: "计划与实际",
        summary: "共几个节点。",
        milestones,
        updates,
        filed: None,
        today: date("2026-07-01").first(),
        words: WORDS,
        lang: Lang::Zh,
    }
}

fn laid_out<'a>(input: &Timeline<'a>) -> (Axis, Vec<Band<'a>>) {
    let left = if input.milestones.iter().any(|m| m.stage.is_some()) { STAGES } else { 8.0 };
    let axis = axis(input, left);
    let bands = bands(input, &axis, left);
    (axis, bands)
}

/// Asserts that no two milestones of a lane touch and that all is inside the picture.
fn assert_clear(input: &Timeline<'_>) {
    let (_, bands) = laid_out(input);
    let mut lowest = TOP;
    for band in &bands {
        assert!(band.top >= lowest && band.bottom > band.top);
        lowest = band.bottom;
        for (at, a) in band.placed.iter().enumerate() {
            assert!(a.extent.0 >= -0.1 && a.extent.1 <= WIDTH + 0.1, "{a:?}");
            assert!(a.y > band.top && a.y < band.bottom);
            for b in &band.placed[at + 1..] {
                let apart = a.extent.1 < b.extent.0 || b.extent.1 < a.extent.0 || (a.y - b.y).abs() > 20.0;
                assert!(apart, "{a:?}\n{b:?}");
            }
        }
    }
}

#[test]
fn todays_line_stands_between_what_was_before_and_what_comes_after() {
    let milestones = [
        milestone("前", "2026-06-30", Some("2026-06-30"), State::Done),
        milestone("后", "2026-07-02", None, State::Todo),
    ];
    let input = input(&milestones, &[]);
    let (axis, bands) = laid_out(&input);
    let today = axis.noon(input.today);
    let marks: Vec<f64> = bands[0].placed.iter().map(|placed| placed.mark).collect();
    assert!(marks[0] < today && today < marks[1], "{marks:?} {today}");
}

#[test]
fn a_late_milestone_stands_after_its_plan_and_an_overdue_one_at_today() {
    let milestones = [
        milestone("晚", "2026-03-01", Some("2026-05-01"), State::Done),
        milestone("逾期", "2026-04-01", None, State::Overdue),
    ];
    let input = input(&milestones, &[]);
    let (axis, bands) = laid_out(&input);
    let placed = &bands[0].placed;
    assert!(placed[0].mark > placed[0].planned.1);
    assert!((placed[1].mark - axis.noon(input.today)).abs() < 0.01);
    assert_eq!(timeline(&input).matches("v-gap").count(), 2);
}

#[test]
fn a_month_is_a_bar_from_its_first_to_its_last_day() {
    let milestones =
        [milestone("月", "2026-03", None, State::Doing), milestone("日", "2026-09-01", None, State::Todo)];
    let input = input(&milestones, &[]);
    let (axis, bands) = laid_out(&input);
    let (from, to) = bands[0].placed[0].planned;
    let edges = (axis.x(date("2026-03-01").first()), axis.x(date("2026-04-01").first()));
    assert!((from - edges.0).abs() < 0.01 && (to - edges.1).abs() < 0.01);
}

#[test]
fn a_finished_project_of_long_ago_is_not_squeezed_by_todays_line() {
    let milestones = [milestone("完", "2016-03-01", Some("2016-03-01"), State::Done)];
    let svg = timeline(&input(&milestones, &[]));
    assert!(!svg.contains("v-today") && svg.contains("2016年") && !svg.contains("2026年"), "{svg}");
}

#[test]
fn an_english_axis_has_english_months_and_plain_years() {
    let milestones = [milestone("Survey", "2026-03-01", None, State::Todo)];
    let svg = timeline(&Timeline { lang: Lang::En, ..input(&milestones, &[]) });
    assert!(svg.contains(">Mar<") && svg.contains(">2026<") && !svg.contains(">3月<"), "{svg}");
}

#[test]
fn stages_are_bands_in_order_of_appearance() {
    let stage =
        |title, stage, due| Milestone { stage: Some(stage), ..milestone(title, due, None, State::Todo) };
    let milestones = [
        stage("一", "谋划", "2026-07-02"),
        stage("二", "建设", "2026-08-01"),
        stage("三", "谋划", "2026-09-01"),
    ];
    let input = input(&milestones, &[]);
    let (_, bands) = laid_out(&input);
    let shown: Vec<_> = bands.iter().map(|band| (band.stage.unwrap(), band.placed.len())).collect();
    assert_eq!(shown, [("谋划", 2), ("建设", 1)]);
    assert!(bands[0].bottom <= bands[1].top);
}

#[test]
fn milestones_without_a_stage_are_named_as_such_where_others_have_one() {
    let plain = milestone("散", "2026-07-02", None, State::Todo);
    let milestones = [Milestone { stage: Some("谋划"), ..plain.clone() }, plain];
    assert!(timeline(&input(&milestones, &[])).contains(">其他</text>"));
    assert!(!timeline(&input(&milestones[1..], &[])).contains(">其他</text>"));
}

#[test]
fn updates_are_dated_notes_that_keep_clear_and_what_has_no_room_is_a_dot() {
    let milestones = [milestone("节点", "2026-03-01", None, State::Todo)];
    let updates: Vec<Moment> = (0..9)
        .map(|day| Moment { date: date(&format!("2026-07-0{}", day + 1)), label: "7月 居民议事".into() })
        .collect();
    let input = input(&milestones, &updates);
    let (axis, bands) = laid_out(&input);
    let notes = notes(&input, &axis, (STAGES, bands[0].bottom));
    assert_eq!(notes.iter().filter(|note| note.text.is_empty()).count(), 5);
    let mut said: Vec<f64> = notes.iter().filter(|note| !note.text.is_empty()).map(|note| note.y).collect();
    said.dedup();
    assert_eq!(said.len(), 4, "each has a lane of its own");
    assert!(timeline(&input).contains("7月 居民议事"));
}

#[test]
fn every_state_has_a_shape_of_its_own_and_a_word() {
    let milestones: Vec<_> = State::ALL.map(|state| milestone("节点", "2026-05-01", None, state)).into();
    let svg = timeline(&input(&milestones, &[]));
    for word in WORDS.states {
        assert!(svg.contains(&format!(">{word}</text>")), "{word}");
    }
    let shapes: std::collections::BTreeSet<String> = State::ALL
        .map(|state| {
            let mut out = String::new();
            glyph(&mut out, state, (0.0, 0.0), 7.0);
            out
        })
        .into();
    assert_eq!(shapes.len(), 6);
}

#[test]
fn text_is_escaped_and_a_long_title_is_cut_but_kept_whole_in_the_title() {
    let long = "a<b>&\"很长很长很长很长很长很长很长很长很长很长很长很长很长很长的标题".repeat(3);
    let milestones = [milestone(&long, "2026-05-01", None, State::Overdue)];
    let updates = [Moment { date: date("2026-06"), label: "<script>".into() }];
    let svg = timeline(&input(&milestones, &updates));
    parsed(&svg);
    assert!(!svg.contains("<script>") && svg.contains('…'));
    let document = roxmltree::Document::parse(&svg).unwrap();
    let mut titles = document.descendants().filter(|node| node.tag_name().name() == "title");
    assert!(titles.any(|node| node.text().is_some_and(|text| text.starts_with(&long))));
}

#[test]
fn one_and_sixty_milestones_work_and_none_draws_nothing() {
    assert_eq!(timeline(&input(&[], &[])), "");
    let dues: Vec<String> = (0..60).map(|n| format!("2026-{:02}-{:02}", n % 12 + 1, n % 28 + 1)).collect();
    let many: Vec<_> =
        dues.iter().map(|due| milestone("老年居民逐户走访登记", due, None, State::Todo)).collect();
    for count in [1, 6, 16, 17, 60] {
        let input = input(&many[..count], &[]);
        assert_clear(&input);
        parsed(&timeline(&input));
    }
}

fn any_date() -> impl Strategy<Value = PartialDate> {
    let year = prop_oneof![2020..2030_i32, 1900..2101_i32];
    (year, 1..=12_u8, 1..=28_u8, 0..3_u8).prop_map(|(year, month, day, precision)| {
        date(&match precision {
            0 => format!("{year:04}"),
            1 => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_the_dates_and_titles_all_is_inside_and_apart(
        facts in prop::collection::vec(
            ("\\PC{0,40}|[一-龥]{0,40}", any_date(), prop::option::of(any_date()), 0..6_usize, prop::option::of("[一-龥]{0,12}")),
            1..40,
        ),
        happened in prop::collection::vec(any_date(), 0..5),
        today in any_date(),
    ) {
        let milestones: Vec<_> = facts
            .iter()
            .map(|(title, due, done, state, stage)| Milestone {
                title,
                stage: stage.as_deref(),
                due: *due,
                done: *done,
                state: State::ALL[*state],
                note: title.chars().rev().collect(),
            })
            .collect();
        let updates: Vec<_> = happened.iter().map(|date| Moment { date: *date, label: "3月5日 动态".into() }).collect();
        let input = Timeline { today: today.first(), ..input(&milestones, &updates) };
        assert_clear(&input);
        parsed(&timeline(&input));
    }
}
