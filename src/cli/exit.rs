//! The exit code: the one place where it is decided.

use crate::diagnostic::{Code, Diagnostic, Severity, codes};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is done.
    Done,
    /// The content, or the place it should go to, has errors.
    Problems,
    /// The command was wrong, or the machine failed.
    Failed,
}

/// Errors that are nobody's content: a wrong command, a full disk, another yipin at work.
const MACHINE: &[Code] =
    &[codes::USAGE, codes::BUSY, codes::CANNOT_LISTEN, codes::WRITE_FAILED, codes::UNFINISHED_WRITE];

impl Exit {
    /// Decides by what was found; with `deny_warnings` a warning counts as an error.
    pub(super) fn of(diagnostics: &[Diagnostic], deny_warnings: bool) -> Self {
        let lowest = if deny_warnings { Severity::Warning } else { Severity::Error };
        let errors: Vec<Code> =
            diagnostics.iter().filter(|found| found.severity >= lowest).map(|found| found.code).collect();
        match errors.iter().any(|code| MACHINE.contains(code)) {
            true => Self::Failed,
            false if errors.is_empty() => Self::Done,
            false => Self::Problems,
        }
    }

    /// Returns the number the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Problems => 1,
            Self::Failed => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn of(found: &[Code], deny_warnings: bool) -> u8 {
        let diagnostics: Vec<Diagnostic> =
            found.iter().map(|code| Diagnostic::new(*code, text!("一", "a"))).collect();
        Exit::of(&diagnostics, deny_warnings).code()
    }

    #[test]
    fn only_errors_end_a_run_badly_unless_warnings_are_denied() {
        assert_eq!(of(&[], true), 0);
        assert_eq!(of(&[codes::RECOVERED], true), 0);
        assert_eq!(of(&[codes::UNKNOWN_FILE], false), 0);
        assert_eq!(of(&[codes::UNKNOWN_FILE], true), 1);
        assert_eq!(of(&[codes::DEAD_LINK], false), 1);
    }

    #[test]
    fn a_target_with_errors_is_1_and_a_failed_machine_2() {
        assert_eq!(of(&[codes::FOREIGN_OUTPUT], false), 1);
        assert_eq!(of(&[codes::BAD_OUTPUT], false), 1);
        assert_eq!(of(&[codes::DEAD_LINK, codes::WRITE_FAILED], false), 2);
        assert_eq!(of(&[codes::USAGE], false), 2);
        assert_eq!(of(&[codes::BUSY], false), 2);
    }
}
