//! Texts as YAML values: plain where that is safe, quoted or as a block where it is not.

/// Writes one line of text as a value.
pub(super) fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.trim();
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Writes a text of several lines as a block below its key, indented by `indent`.
pub(super) fn block(text: &str, indent: usize) -> String {
    let mut out = String::from("|\n");
    for line in text.trim_end().lines() {
        if !line.trim().is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

fn is_plain(text: &str) -> bool {
    let starts_well = text.starts_with(char::is_alphanumeric);
    let is_word_of_yaml = ["null", "true", "false", "yes", "no"].contains(&text.to_lowercase().as_str());
    starts_well
        && !is_word_of_yaml
        && !text.ends_with(':')
        && ![": ", " #", "\""].iter().any(|part| text.contains(part))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_stays_plain() {
        for text in ["秋浦社区", "2024-03-05", "周一至周五 8:00—17:30", "https://www.example.gov.cn/"]
        {
            assert_eq!(one_line(text), text);
        }
    }

    #[test]
    fn what_would_be_read_otherwise_is_quoted() {
        assert_eq!(one_line("注意: 停水"), "\"注意: 停水\"");
        assert_eq!(one_line("- 一"), "\"- 一\"");
        assert_eq!(one_line("null"), "\"null\"");
        assert_eq!(one_line("“一社\n一品”"), "\"“一社 一品”\"");
        assert_eq!(one_line(r#"“a\"b"#), r#""“a\\\"b""#);
    }

    #[test]
    fn a_block_has_no_blanks_on_empty_lines() {
        assert_eq!(block("一\n\n二\n", 2), "|\n  一\n\n  二\n");
    }
}
