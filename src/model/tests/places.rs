//! Markdown inside records knows where it stands.

use super::{clean, fixture_zh, owned, sources};

#[test]
fn a_link_in_a_brand_is_found_in_its_file() {
    let files = owned(fixture_zh::FILES);
    let site = clean(&files);
    let prose = &site.communities.records()[0].brand.connotation;
    let link = &prose.document.links()[0];
    let place = prose.places.locate(link.range.clone());
    let file = &sources(&files).files[prose.source as usize];
    assert_eq!(&file.text()[place.clone()], "[方案](/files/plan.pdf)");
    let span = file.span(place);
    assert_eq!((span.line, span.column), (31, 6));
}

#[test]
fn a_link_in_an_article_is_found_in_its_file() {
    let mut files = owned(fixture_zh::FILES);
    let news = files.iter_mut().find(|(path, _)| path.starts_with("news/")).unwrap();
    news.1.push_str("\n见[老街](@community/laojie)。\n");
    let site = clean(&files);
    let body = &site.news.records()[0].article.body;
    let place = body.places.locate(body.document.links()[0].range.clone());
    assert_eq!(&sources(&files).files[body.source as usize].text()[place], "[老街](@community/laojie)");
}

#[test]
fn headings_start_below_the_one_they_stand_under() {
    let site = clean(&owned(fixture_zh::FILES));
    let story = site.communities.records()[0].story.as_ref().unwrap();
    let heading = &story.prose.document.headings()[0];
    assert_eq!((heading.level, heading.id.starts_with("story-")), (3, true));
    assert_eq!(site.pages.records()[0].article.body.document.headings()[0].level, 2);
}
