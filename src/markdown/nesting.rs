//! How deep raw HTML nests: cleaning takes time that grows with it.

/// The deepest nesting that is still cleaned; deeper raw HTML is shown as text.
const DEEPEST: usize = 40;

/// The raw tags that are open.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    open: Vec<String>,
    exceeded: bool,
}

impl Nesting {
    /// Reads a stretch of raw HTML; near enough, for tags in attribute values count too.
    pub(super) fn read(&mut self, html: &str) {
        for tag in html.split('<').skip(1) {
            let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
            let name = tag[..end].to_ascii_lowercase();
            if closing {
                self.close(&name);
            } else if !name.is_empty() && !matches!(&*name, "br" | "hr" | "img" | "wbr" | "col" | "input") {
                self.open(name);
            }
        }
    }

    /// Returns whether it was ever too deep.
    pub(super) fn is_exceeded(&self) -> bool {
        self.exceeded
    }

    fn open(&mut self, name: String) {
        // These may be left unclosed: the next one of the kind closes them.
        let closes_itself = matches!(&*name, "p" | "li" | "td" | "th" | "tr" | "dt" | "dd");
        if closes_itself && self.open.last() == Some(&name) {
            return;
        }
        self.exceeded |= self.open.len() >= DEEPEST;
        if !self.exceeded {
            self.open.push(name);
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.open.truncate(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_tags_do_not_count() {
        let mut nesting = Nesting::default();
        nesting.read(&"<tr><td>1<td>2</tr><br>".repeat(1000));
        assert!(!nesting.is_exceeded());
        nesting.read(&"<b></i>".repeat(DEEPEST + 1));
        assert!(nesting.is_exceeded());
    }
}
