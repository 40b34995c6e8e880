//! Tables: in a frame that scrolls sideways, with column heads and alignments as classes.

use pulldown_cmark::Alignment;

use super::render::Renderer;

/// The table being written; tables do not nest.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Renderer<'_> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.not_prose += 1;
        self.table.alignments = alignments;
        self.open_line("<div");
        self.out.own_attribute("class", "table-wrap");
        self.out.own_attribute("role", "group");
        self.out.own_attribute("tabindex", "0");
        self.out.own_attribute("aria-label", self.words.table);
        self.out.push("><table>");
    }

    pub(super) fn start_row(&mut self, html: &str, is_head: bool) {
        self.table.in_head = is_head;
        self.table.column = 0;
        self.out.push(html);
    }

    pub(super) fn start_cell(&mut self) {
        self.out.push(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => Some("align-left"),
            Some(Alignment::Center) => Some("align-center"),
            Some(Alignment::Right) => Some("align-right"),
            _ => None,
        };
        if let Some(class) = class {
            self.out.own_attribute("class", class);
        }
        self.out.push(">");
    }

    pub(super) fn end_cell(&mut self) {
        self.out.push(if self.table.in_head { "</th>" } else { "</td>" });
        self.table.column += 1;
        self.visible.end_cell();
    }
}
