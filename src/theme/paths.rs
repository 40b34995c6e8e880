//! The paths an expression reads: `community.brand.name`, `page.columns[0].title`.

use super::scan::{Name, begins_call, dotted_length, is_key_word};
use super::tokens::{Token, TokenKind};

/// A variable and the way into it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Path {
    pub root: Name,
    pub steps: Vec<Step>,
}

/// One step into a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// `.name`, or `["name"]`.
    Field(Name),
    /// `[index]`.
    Index,
    /// `[from:to]`.
    Slice,
}

/// Returns every path in an expression, those inside brackets and arguments too, but not what a comprehension binds.
pub(super) fn paths(text: &str, tokens: &[Token]) -> Vec<Path> {
    let bound = comprehension_names(text, tokens);
    let all = places(text, tokens).map(|at| path_at(text, tokens, at).0);
    all.filter(|path| !bound.contains(&path.root.name.as_str())).collect()
}

/// Returns where the paths in an expression begin.
pub(super) fn places<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = usize> + use<'a> {
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < tokens.len() {
            let at = next;
            let skip = not_a_variable(text, tokens, at);
            next += skip.max(1);
            if skip == 0 {
                return Some(at);
            }
        }
        None
    })
}

/// Reads a whole expression as one path followed by filters, without anything else; returns the filters' names.
pub(super) fn pure_path<'a>(text: &'a str, tokens: &[Token]) -> Option<(Path, Vec<&'a str>)> {
    if tokens.is_empty() || not_a_variable(text, tokens, 0) > 0 {
        return None;
    }
    let (path, mut at) = path_at(text, tokens, 0);
    let mut filters = Vec::new();
    while at < tokens.len() {
        if word(text, tokens, at) != "|" {
            return None;
        }
        filters.push(word(text, tokens, at + 1));
        at += 2;
        if word(text, tokens, at) == "(" {
            at = closing(text, tokens, at) + 1;
        }
    }
    Some((path, filters))
}

pub(super) fn word<'a>(text: &'a str, tokens: &[Token], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| &text[token.range.clone()])
}

/// Returns how many tokens to pass over when no variable begins at `at`; 0 when one does.
pub(super) fn not_a_variable(text: &str, tokens: &[Token], at: usize) -> usize {
    let own = word(text, tokens, at);
    if tokens[at].kind != TokenKind::Word || is_key_word(own) {
        return 1;
    }
    let before = if at == 0 { "" } else { word(text, tokens, at - 1) };
    let before_that = if at < 2 { "" } else { word(text, tokens, at - 2) };
    if before == "<" && begins_call(text, tokens, at - 1) {
        return dotted_length(text, &tokens[at..]);
    }
    let is_name = matches!(before, "." | "?." | "|" | "is") || (before == "not" && before_that == "is");
    let is_called = matches!(word(text, tokens, at + 1), "(" | "=");
    usize::from(is_name || is_called)
}

/// Reads the path that begins at `at`; returns the place after it too.
pub(super) fn path_at(text: &str, tokens: &[Token], at: usize) -> (Path, usize) {
    let name = |at: usize| Name { name: word(text, tokens, at).to_owned(), range: tokens[at].range.clone() };
    let mut path = Path { root: name(at), steps: Vec::new() };
    let mut next = at + 1;
    loop {
        match word(text, tokens, next) {
            "." | "?." if tokens.get(next + 1).is_some_and(|token| token.kind == TokenKind::Word) => {
                path.steps.push(Step::Field(name(next + 1)));
                next += 2;
            }
            "[" | "?[" => {
                let close = closing(text, tokens, next);
                path.steps.push(bracket(text, &tokens[next + 1..close.min(tokens.len())]));
                next = close + 1;
            }
            _ => return (path, next),
        }
    }
}

fn bracket(text: &str, inside: &[Token]) -> Step {
    match inside {
        [one] if one.kind == TokenKind::Quoted => {
            let range = one.range.start + 1..one.range.end - 1;
            Step::Field(Name { name: text[range.clone()].to_owned(), range })
        }
        tokens if tokens.iter().any(|token| &text[token.range.clone()] == ":") => Step::Slice,
        _ => Step::Index,
    }
}

/// Returns the place of the bracket that closes the one at `open`, or the end.
pub(super) fn closing(text: &str, tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for at in open..tokens.len() {
        match word(text, tokens, at) {
            "(" | "[" | "?[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

/// Returns the names that `[… for a, b in …]` binds.
fn comprehension_names<'a>(text: &'a str, tokens: &[Token]) -> Vec<&'a str> {
    let words = (0..tokens.len()).map(|at| word(text, tokens, at));
    let mut bound = Vec::new();
    let mut binding = false;
    for word in words {
        match word {
            "for" => binding = true,
            "in" => binding = false,
            "," => {}
            word if binding => bound.push(word),
            _ => {}
        }
    }
    bound
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{Piece, pieces};
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let Some(Piece::Print(tokens)) = pieces(text).into_iter().next() else { panic!("{text}") };
        tokens
    }

    fn shown(expression: &str) -> Vec<String> {
        let text = format!("{{{{ {expression} }}}}");
        let show = |path: &Path| {
            path.steps.iter().fold(path.root.name.clone(), |shown, step| match step {
                Step::Field(name) => format!("{shown}.{}", name.name),
                Step::Index => format!("{shown}[]"),
                Step::Slice => format!("{shown}[:]"),
            })
        };
        paths(&text, &tokens(&text)).iter().map(show).collect()
    }

    #[test]
    fn paths_are_found_and_nothing_else() {
        assert_eq!(shown("a.b?.c | default(value=d.e) ~ 'x.y'"), ["a.b.c", "d.e"]);
        assert_eq!(shown("a[b.c]['d'].e[1:f]"), ["a[].d.e[:]", "b.c", "f"]);
        assert_eq!(shown("f(x=a.b) if c is not defined and not d else none"), ["a.b", "c", "d"]);
        assert_eq!(shown("<ui.card a={b.c} d {...e} g=\"h\" />"), ["b.c", "d", "e"]);
        assert_eq!(shown("[x.a for x in xs if x.b]"), ["xs"]);
        assert_eq!(shown("{\"k\": v, \"l\": [w]}"), ["v", "w"]);
        assert_eq!(shown("a < b"), ["a", "b"]);
    }

    #[test]
    fn a_path_with_filters_is_told_from_other_expressions() {
        for (expression, filters) in [
            ("a.b", Some(0)),
            ("a | sort(attribute='x') | first", Some(2)),
            ("a + b", None),
            ("f(x=a)", None),
            ("'x'", None),
        ] {
            let text = format!("{{{{ {expression} }}}}");
            assert_eq!(
                pure_path(&text, &tokens(&text)).map(|(_, filters)| filters.len()),
                filters,
                "{expression}"
            );
        }
    }
}
