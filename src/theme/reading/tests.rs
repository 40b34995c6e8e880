//! What is followed is told apart from what is not, and leaving fields out never changes a page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::{Theme, ThemeFiles, load_files};
use crate::diagnostic::{Diagnostic, Report};
use crate::view::describe::{Described, Html, Shape};
use crate::view::reads::Reads;

crate::view! {
    /// The page at hand.
    pub struct Whole {
        /// Its name.
        pub name: String,
        /// Its brand.
        pub brand: Brand,
        /// Its parts.
        pub cards: Vec<Card>,
        /// The best part.
        pub best: Option<Card>,
        /// Links by name.
        pub links: BTreeMap<String, Link>,
    }
    /// A brand.
    pub struct Brand {
        /// Its slogan.
        pub slogan: String,
        /// Its picture.
        pub logo: Option<Image>,
    }
    /// A part.
    pub struct Card {
        /// A mark.
        pub mark: Html,
        /// Its title.
        pub title: String,
        /// Where it belongs.
        pub town: Link,
        /// Its picture.
        pub photo: Option<Image>,
    }
    /// A link.
    pub struct Link {
        /// Its title.
        pub title: String,
        /// Its address.
        pub url: String,
    }
    /// A picture.
    pub struct Image {
        /// Its address.
        pub url: String,
        /// Its width.
        pub width: u32,
    }
    /// The frame.
    pub struct Frame {
        /// Its title.
        pub title: String,
        /// The way to it.
        pub way: Vec<Link>,
    }
}

fn link(name: &str) -> Link {
    Link { title: format!("{name}社区"), url: format!("{name}/") }
}

fn image(width: u32) -> Image {
    Image { url: format!("{width}.jpg"), width }
}

fn card(name: &str, photo: Option<Image>) -> Card {
    Card { mark: Html(format!("<b>{name}</b>")), title: name.into(), town: link("东"), photo }
}

fn whole() -> Whole {
    Whole {
        name: "秋浦".into(),
        brand: Brand { slogan: "红".into(), logo: Some(image(9)) },
        cards: vec![card("乙", Some(image(1))), card("甲", None), card("乙", None)],
        best: Some(card("甲", Some(image(2)))),
        links: [("南".to_owned(), link("南")), ("北".to_owned(), link("北"))].into(),
    }
}

/// Components and an include for the template at hand to call.
const PARTS: &str = "{% component card(item, @page) %}{{ item.title }}{{ page.title }}{{ <town item={item.town} /> }}{% endcomponent %}\
     {% component town(item, @root) %}{{ root }}{{ item.url }}{% endcomponent %}\
     {% component shown(item) %}{{ item }}{% endcomponent %}\
     {% component box(item, ...rest) %}{% if item %}{{ body }}{% endif %}{{ rest }}{% endcomponent %}\
     {% component inner(@x) %}{{ x.title }}{% endcomponent %}\
     {% component outer(item) %}{{ <inner /> }}{{ item.mark }}{% endcomponent %}";

fn theme(text: &str) -> Option<Theme> {
    let files = [("theme.yaml", ""), ("templates/a.html", text), ("templates/parts.html", PARTS)];
    let row = ("templates/row.html", "{{ c.town.title }}");
    let files = files.into_iter().chain([row]);
    let files = files.map(|(path, text)| (path.to_owned(), Cow::Owned(text.as_bytes().to_vec())));
    let files = ThemeFiles { name: "own".into(), place: "themes/own".into(), files: files.collect() };
    load_files(&[files], "own", "zh-CN", &mut Report::new())
}

fn follow(theme: &mut Theme) {
    theme.follow(&[("a.html", "v", Whole::shape())], Frame::shape());
}

fn drawn(theme: &Theme) -> Result<String, Box<Diagnostic>> {
    let page = Frame { title: "页".into(), way: vec![link("首")] };
    theme.render("a.html", "v", &page, &whole(), "../").map(|bytes| String::from_utf8(bytes).unwrap())
}

/// Names the fields of all records that are read.
fn read(reads: &Reads) -> Vec<String> {
    let records =
        [Whole::shape(), Brand::shape(), Card::shape(), Link::shape(), Image::shape(), Frame::shape()];
    let fields = records.into_iter().filter_map(Shape::record).flat_map(|record| {
        let read = reads.fields(record);
        let fields = record.fields.iter().enumerate().filter(move |(at, _)| read >> at & 1 != 0);
        fields.map(|(_, field)| format!("{}.{}", record.name, field.name))
    });
    // The first field of each record is always there.
    let first = ["Whole.name", "Brand.slogan", "Card.mark", "Link.title", "Image.url", "Frame.title"];
    fields.filter(|field| !first.contains(&field.as_str())).collect()
}

#[test]
fn only_what_is_named_is_read_as_long_as_values_are_followed() {
    let cases: [(&str, &[&str]); 18] = [
        ("{{ v.name }}", &[]),
        ("{% for c in v.cards %}{{ c.title }}{% endfor %}", &["Whole.cards", "Card.title"]),
        (
            "{% set b = v.best %}{% if b %}{{ b.photo?.width }}{% endif %}",
            &["Whole.best", "Card.photo", "Image.width"],
        ),
        ("{% if v.best and not v.cards %}{% endif %}", &["Whole.cards", "Whole.best"]),
        ("{% if v.cards | length > 1 %}{% endif %}", &["Whole.cards"]),
        ("{% if (v.best) and v.brand is defined %}{% endif %}", &["Whole.brand", "Whole.best"]),
        ("{{ v.cards | sort(attribute='town.url') | length }}", &["Whole.cards", "Card.town", "Link.url"]),
        ("{% set c = v.cards | first %}{{ c.town.title }}", &["Whole.cards", "Card.town"]),
        ("{{ v.cards[0].title }}", &["Whole.cards", "Card.title"]),
        ("{{ <card item={v.best} /> }}", &["Whole.best", "Card.title", "Card.town", "Link.url"]),
        ("{% for c in v.cards %}{% include 'row.html' %}{% endfor %}", &["Whole.cards", "Card.town"]),
        ("{% set x = v.best %}{{ <outer item={v.best} /> }}", &["Whole.best", "Card.title"]),
        ("{{ v.best.title if v.best else page.title }}", &["Whole.best", "Card.title"]),
        ("{% for k, l in v.links %}{{ l.url }}{% endfor %}", &["Whole.links", "Link.url"]),
        ("{{ v['best']['title'] }}", &["Whole.best", "Card.title"]),
        ("{% if false %}{{ v.brand.logo.width }}{% endif %}", &["Whole.brand", "Brand.logo", "Image.width"]),
        (
            "{% set c = v.best %}{% if v.name %}{% set c = v.brand %}{% endif %}{{ c.title }}",
            &["Whole.brand", "Whole.best", "Card.title"],
        ),
        ("{% if v.best.title == v.name %}{% endif %}", &["Whole.best", "Card.title"]),
    ];
    for (text, fields) in cases {
        let mut theme = theme(text).expect(text);
        follow(&mut theme);
        assert_eq!(read(theme.reads("a.html")), fields, "{text}");
    }
}

#[test]
fn everything_is_read_of_what_goes_where_it_is_not_followed() {
    for text in [
        "{{ v.best }}",
        "{{ v.best | json }}",
        "{% set x = [v.best] %}",
        "{% set x = {'a': v.best} %}",
        "{% set_global x = v.best %}",
        "{% if v.best == page %}{% endif %}",
        "{% if v.best in v.name %}{% endif %}",
        "{{ <shown item={v.best} /> }}",
        "{{ <box item={v.name} other={v.best} /> }}",
        "{{ <card {...v.best} /> }}",
        "{% for k, f in v.best %}{% endfor %}",
        "{{ v.best[v.name] }}",
        "{{ v.best | length }}",
        "{{ v.name | default(value=v.best) }}",
        "{{ v.best ~ v.name }}",
    ] {
        let mut theme = theme(text).expect(text);
        follow(&mut theme);
        for field in ["Card.title", "Card.town", "Card.photo", "Link.url", "Image.width"] {
            assert!(read(theme.reads("a.html")).iter().any(|read| read == field), "{text}: {field}");
        }
    }
    let mut all = theme("{{ __tera_context }}").unwrap();
    follow(&mut all);
    assert_eq!(read(all.reads("a.html")).len(), 11);
}

#[test]
fn of_a_template_that_was_not_followed_everything_is_read() {
    let theme = theme("{{ v.name }}").unwrap();
    assert_eq!(read(theme.reads("a.html")).len(), 11);
}

#[test]
fn an_error_offers_the_nearest_of_all_fields() {
    let text = "{% component c(item) %}{{ item.tiitle }}{% endcomponent %}{{ <c item={v.best} /> }}";
    let mut theme = theme(text).unwrap();
    follow(&mut theme);
    assert!(drawn(&theme).unwrap_err().help.unwrap().en.contains("`title`"));
}

/// A path; some lead to nothing.
fn path() -> impl Strategy<Value = String> {
    let root = prop::sample::select(vec!["v", "x", "c", "g", "page", "v.cards[0]", "v.best"]);
    let step = prop::sample::select(vec![
        ".name", ".brand", ".cards", ".best", ".links", ".title", ".town", ".photo", ".logo", ".url", ".way",
        "?.photo", "['town']", "[0]", "[1:]", "[v.name]", "?.mark",
    ]);
    (root, prop::collection::vec(step, 0..3)).prop_map(|(root, steps)| root.to_owned() + &steps.concat())
}

fn expression() -> impl Strategy<Value = String> {
    let filter = prop::sample::select(vec![
        "",
        "",
        "",
        " | first",
        " | length",
        " | json",
        " | sort(attribute='title')",
        " | reverse",
        " | last",
        " | unique",
        " | group_by(attribute='title')",
        " | default(value=v.best)",
        " | sort",
        " | values",
        " | safe",
    ]);
    let joined = prop::sample::select(vec![
        "P",
        "P",
        "P",
        "P if P else P",
        "P == P",
        "P and P",
        "not P",
        "P or P",
        "(P)",
        "[P]",
        "{'k': P}",
        "P in P",
        "P is defined",
        "P is map",
        "P ~ P",
        "[i.title for i in P]",
    ]);
    let paths = prop::collection::vec((path(), filter).prop_map(|(path, filter)| path + filter), 3);
    (joined, paths).prop_map(|(joined, paths)| fill(joined, 'P', &paths))
}

fn statements() -> impl Strategy<Value = String> {
    let shape = prop::sample::select(vec![
        "{{ E }}",
        "{{ E }}",
        "{% if E %}S{% else %}S{% endif %}",
        "{% if E %}S{% elif E and E %}S{% endif %}",
        "{% set x = E %}",
        "{% set c = E %}",
        "{% set_global g = E %}",
        "{% for c in E %}S{% endfor %}",
        "{% for k, c in E %}{{ k }}S{% endfor %}",
        "{{ <card item={E} /> }}",
        "{{ <shown item={E} /> }}",
        "{% <box item={E} other={E}> %}S{% </box> %}",
        "{{ <box item={E} {...v.brand} /> }}",
        "{{ <outer item={E} /> }}",
        "{{ <inner x={E} /> }}",
        "{% include 'row.html' %}",
        "{% set y %}S{% endset %}{{ y }}",
        "{{ <town item={E} /> if E else E }}",
        "{% filter upper %}S{% endfilter %}",
        "{% for c in E %}{% set x = E %}S{% else %}S{% endfor %}",
    ]);
    let expressions = || prop::collection::vec(expression(), 3);
    let leaf = (shape.clone(), expressions()).prop_map(|(shape, e)| fill(&shape.replace('S', ""), 'E', &e));
    leaf.prop_recursive(3, 12, 2, move |inner| {
        (shape.clone(), expressions(), prop::collection::vec(inner, 2)).prop_map(
            |(shape, expressions, inner)| {
                let filled = fill(shape, 'E', &expressions);
                let inner: Vec<String> = inner.into_iter().map(|text| text.replace('S', "")).collect();
                fill(&filled, 'S', &inner)
            },
        )
    })
}

/// Puts texts in the places of a letter, in order.
fn fill(shape: &str, place: char, texts: &[String]) -> String {
    let mut texts = texts.iter();
    let mut out = String::new();
    for letter in shape.chars() {
        match texts.as_slice().first() {
            Some(text) if letter == place => {
                out.push_str(text);
                texts.next();
            }
            _ => out.push(letter),
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_page_is_the_same_whether_what_nobody_reads_is_left_out_or_not(
        parts in prop::collection::vec(statements(), 1..4),
    ) {
        let text = format!("{{% set x = v.cards[0] %}}{{% set c = v.best %}}{{% set g = v.brand %}}{}", parts.concat());
        let Some(mut theme) = theme(&text) else { return Ok(()) };
        let whole = drawn(&theme);
        follow(&mut theme);
        prop_assert_eq!(drawn(&theme), whole, "{}", text);
    }
}
