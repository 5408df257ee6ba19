//! What the answer of an address, or the end of a program, means for a delivery.

use std::time::Duration;

/// Characters of a reason that are kept.
const REASON_CHARS: usize = 300;

/// The outcome of an attempt to deliver a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The receiver has it.
    Taken,
    /// The receiver may take the message later. `asked` is the wait that the receiver asks for.
    Failed { why: String, asked: Option<Duration> },
    /// The receiver will never take the message, so it is not sent again.
    Refused { why: String },
}

impl Attempt {
    /// A failure without a wish for a certain wait.
    pub fn failed(why: impl Into<String>) -> Attempt {
        Attempt::Failed { why: why.into(), asked: None }
    }
}

/// What an HTTP status means. A redirect is not followed, because it may lead to somebody whom the user did not name. Only a status that
/// rejects this very news ends the attempts: a wrong address or an expired token can be mended, and no news is lost until then.
pub fn of_answer(status: u16, retry_after: Option<Duration>) -> Attempt {
    let failed = |why: String| Attempt::Failed { why, asked: retry_after };
    match status {
        200..=299 => Attempt::Taken,
        300..=399 => failed(format!(
            "the server answered {status} (redirect), which is not followed: write the address that it leads to"
        )),
        // Bad Request, Content Too Large, Unsupported Media Type, Unprocessable Content: RFC 9110, 15.5.1, 15.5.14, 15.5.16, 15.5.21.
        400 | 413 | 415 | 422 => Attempt::Refused { why: format!("the server answered {status}") },
        401 | 403 => failed(format!("the server answered {status}: does the address have a valid token?")),
        404 | 405 | 410 => failed(format!("the server answered {status}: is the address still right?")),
        _ => failed(format!("the server answered {status}")),
    }
}

/// What the end of a program means. `said` is the beginning of what it wrote to its standard error, whose first line is the reason.
pub fn of_exit(status: Option<i32>, signal: Option<i32>, said: &[u8]) -> Attempt {
    let how = match (status, signal) {
        (Some(0), _) => return Attempt::Taken,
        (Some(status), _) => format!("the program ended with exit status {status}"),
        (None, Some(signal)) => format!("the program was ended by signal {signal}"),
        (None, None) => "the program ended without an exit status".to_owned(),
    };
    Attempt::failed(match first_line(said) {
        Some(line) => format!("{how}: {line}"),
        None => how,
    })
}

/// The first line with a text, shortened and without control characters.
fn first_line(said: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(said);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(REASON_CHARS).collect())
}
