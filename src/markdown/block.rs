//! Blocks: paragraphs, headings, lists, quotations, tables, code, footnotes.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Tag, TagEnd};

use super::alert::{self, Alert};
use super::render::Renderer;
use super::visible::one_line;
use super::{Heading, code};

/// A paragraph being written.
pub(super) struct Paragraph {
    /// Where it begins in the output, before and after its tag.
    at: usize,
    inside: usize,
    /// The image it consists of, so far.
    pub(super) sole_image: Option<SoleImage>,
}

/// An image that stands alone in a paragraph and has a title.
pub(super) struct SoleImage {
    pub(super) link: u32,
    pub(super) alt: String,
    pub(super) title: String,
    /// Where it ends in the output.
    pub(super) end: usize,
}

impl Paragraph {
    /// Returns whether nothing is in it yet.
    pub(super) fn is_empty_at(&self, end: usize) -> bool {
        end == self.inside
    }
}

/// A heading being written.
pub(super) struct OpenHeading {
    level: u8,
    id: Option<String>,
    range: Range<usize>,
    /// Where its id goes in the output.
    id_at: usize,
    text_from: usize,
}

impl Renderer<'_> {
    pub(super) fn start(&mut self, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.out.push("<em>"),
            Tag::Strong => self.out.push("<strong>"),
            Tag::Strikethrough => self.out.push("<del>"),
            Tag::Subscript => self.out.push("<sub>"),
            Tag::Superscript => self.out.push("<sup>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, &dest_url, &title, &range);
            }
            Tag::Image { dest_url, title, .. } => self.start_image(&dest_url, &title, &range),
            Tag::TableCell => {
                self.depth += 1;
                self.start_cell();
            }
            block => {
                self.depth += 1;
                self.end_block();
                self.start_block(block, range);
            }
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.out.push("</em>"),
            TagEnd::Strong => self.out.push("</strong>"),
            TagEnd::Strikethrough => self.out.push("</del>"),
            TagEnd::Subscript => self.out.push("</sub>"),
            TagEnd::Superscript => self.out.push("</sup>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => {}
            block => {
                self.depth -= 1;
                self.end_of_block(block);
            }
        }
    }

    fn start_block(&mut self, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { level, id, .. } => self.start_heading(level as u8, id, &range),
            Tag::BlockQuote(kind) => {
                let known = kind.map(alert::of_kind);
                self.start_quotation(known, &range);
            }
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.start_raw(),
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.open_line("<li>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_row("<thead><tr>", true),
            Tag::TableRow => self.start_row("<tr>", false),
            Tag::DefinitionList => self.open_line("<dl>\n"),
            Tag::DefinitionListTitle => self.open_line("<dt>"),
            Tag::DefinitionListDefinition => self.open_line("<dd>"),
            _ => {}
        }
    }

    fn end_of_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => return self.end_cell(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::HtmlBlock => self.end_raw(),
            TagEnd::BlockQuote(_) => {
                let end = self.quotation_ends.pop().unwrap_or("</blockquote>\n");
                self.out.push(end);
            }
            TagEnd::List(true) => self.out.push("</ol>\n"),
            TagEnd::List(false) => self.out.push("</ul>\n"),
            TagEnd::Item => self.out.push("</li>\n"),
            TagEnd::TableHead => self.out.push("</tr></thead><tbody>\n"),
            TagEnd::TableRow => self.out.push("</tr>\n"),
            TagEnd::Table => self.out.push("</tbody></table></div>\n"),
            TagEnd::DefinitionList => self.out.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push("</dd>\n"),
            _ => {}
        }
        self.end_block();
        if matches!(tag, TagEnd::Heading(_) | TagEnd::Table | TagEnd::FootnoteDefinition) {
            self.not_prose -= 1;
        }
    }

    pub(super) fn open_line(&mut self, html: &str) {
        self.out.fresh_line();
        self.out.push(html);
    }

    fn start_paragraph(&mut self) {
        self.out.fresh_line();
        let at = self.out.len();
        self.out.push("<p>");
        self.paragraph = Some(Paragraph { at, inside: self.out.len(), sole_image: None });
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraph.take() else { return };
        // Only an alert's opening line leaves one empty.
        if paragraph.is_empty_at(self.out.len()) {
            return self.out.truncate(paragraph.at);
        }
        match paragraph.sole_image {
            Some(image) if image.end == self.out.len() => {
                self.out.truncate(paragraph.at);
                self.write_figure(&image);
            }
            _ => self.out.push("</p>\n"),
        }
    }

    fn start_heading(&mut self, typed: u8, id: Option<CowStr>, range: &Range<usize>) {
        let level = self.outline.level(typed);
        self.not_prose += 1;
        self.open_line(["<h1", "<h2", "<h3", "<h4", "<h5", "<h6"][usize::from(level - 1)]);
        let id_at = self.out.len();
        self.out.push(">");
        self.heading = Some(OpenHeading {
            level,
            id: id.map(|id| self.marked.clean(&id).into_owned()),
            range: self.source_range(range),
            id_at,
            text_from: self.visible.len(),
        });
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let text = one_line(self.visible.since(heading.text_from));
        let id = self.outline.id(heading.id.as_deref(), &text);
        let attribute = self.out.own("id", &id);
        self.out.insert(heading.id_at, &attribute);
        self.out.push(
            ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"]
                [usize::from(heading.level - 1)],
        );
        self.headings.push(Heading { level: heading.level, id, text, range: heading.range });
    }

    fn start_quotation(&mut self, known: Option<Alert>, range: &Range<usize>) {
        let chinese =
            if known.is_none() { alert::in_chinese(&self.marked.text()[range.clone()]) } else { None };
        if let Some((_, used)) = chinese {
            self.skip_to = range.start + used;
        }
        let Some(alert) = known.or(chinese.map(|(alert, _)| alert)) else {
            self.quotation_ends.push("</blockquote>\n");
            return self.open_line("<blockquote>\n");
        };
        self.quotation_ends.push("</div>\n");
        self.open_line("<div");
        self.out.own_attribute("class", &format!("alert {}", alert.class));
        self.out.own_attribute("role", "note");
        self.out.push(">\n<p");
        self.out.own_attribute("class", "alert-title");
        self.out.push(">");
        self.out.push(self.words.alerts[alert.title]);
        self.out.push("</p>\n");
    }

    fn start_list(&mut self, first: Option<u64>) {
        match first {
            None => self.open_line("<ul>\n"),
            Some(1) => self.open_line("<ol>\n"),
            Some(first) => self.open_line(&format!("<ol start=\"{first}\">\n")),
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        let item = ["<li>", "<li>\n<p>"].into_iter().find(|item| self.out.ends_with(item));
        if let Some(item) = item {
            let class = self.out.own("class", "task");
            let at = self.out.len() - item.len() + "<li".len();
            self.out.insert(at, &class);
            if let Some(paragraph) = &mut self.paragraph {
                paragraph.shift(class.len());
            }
        }
        let (checked, label) =
            if done { (" checked", self.words.task_done) } else { ("", self.words.task_open) };
        self.out.finished(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\">"));
        self.out.push("\n");
    }

    pub(super) fn rule(&mut self) {
        self.end_block();
        self.open_line("<hr>\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => self.marked.clean(info).into_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        self.has_code = true;
        self.code = Some((info, String::new()));
    }

    fn end_code(&mut self) {
        let Some((info, text)) = &self.code else { return };
        let html = code::block(info, text);
        self.out.fresh_line();
        self.out.finished(&html);
        self.out.push("\n");
        self.visible.push(text);
        self.end_block();
        self.code = None;
    }

    fn start_footnote(&mut self, label: &str) {
        self.not_prose += 1;
        let beside = self.out.beside();
        let body = std::mem::replace(&mut self.out, beside);
        self.suspended.push((self.marked.clean(label).into_owned(), body));
    }

    fn end_footnote(&mut self) {
        if let Some((label, body)) = self.suspended.pop() {
            let content = std::mem::replace(&mut self.out, body);
            self.footnotes.define(&label, content);
        }
    }
}

impl Paragraph {
    fn shift(&mut self, by: usize) {
        self.at += by;
        self.inside += by;
    }
}
