//! Articles, and the copies that other sources make of them.

use super::stream::Dice;

/// A piece as its publisher wrote it: a title, and paragraphs of words.
#[derive(Debug, Clone)]
pub struct Article {
    pub title: String,
    pub paragraphs: Vec<Vec<String>>,
}

impl Article {
    /// An article of meaningless words, some of which are far more frequent than others, as in real texts.
    pub fn made_up(dice: &mut Dice, number: usize) -> Article {
        let word = |dice: &mut Dice| {
            let limit = dice.below(6_000) + 1;
            let rank = dice.below(limit);
            let syllables =
                ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "che"];
            let mut rest = rank + 16;
            let mut word = String::new();
            while rest > 0 {
                word.push_str(syllables[rest % syllables.len()]);
                rest /= syllables.len();
            }
            word
        };
        let count = 120 + dice.below(300);
        let mut paragraphs = vec![Vec::new()];
        for at in 0..count {
            if at % 60 == 59 {
                paragraphs.push(Vec::new());
            }
            let word = if dice.below(40) == 0 { (dice.below(90) + 10).to_string() } else { word(dice) };
            paragraphs.last_mut().expect("there is one").push(word);
        }
        let title: Vec<String> = (0..5 + dice.below(4)).map(|_| word(dice)).collect();
        Article { title: format!("{} {}", title.join(" "), word(&mut Dice(number as u64 * 77 + 5))), paragraphs }
    }

    pub fn words(&self) -> Vec<String> {
        self.paragraphs.concat()
    }

    pub fn html(&self) -> String {
        self.paragraphs.iter().map(|words| format!("<p>{}</p>", plain(words))).collect()
    }
}

fn plain(words: &[String]) -> String {
    words.join(" ").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The ways in which sources copy.
pub const WAYS: [&str; 12] = [
    "whole",
    "link",
    "typography",
    "markup",
    "byline",
    "lead",
    "truncated",
    "edited 5 %",
    "edited 12 %",
    "headline",
    "suffix",
    "bare",
];

/// The title and HTML of a copy. `site` is the copying site.
pub fn copy(dice: &mut Dice, article: &Article, way: &str, site: &str) -> (String, String) {
    let title = article.title.clone();
    let words = article.words();
    let first = |share: usize| {
        let count = (words.len() * share / 100).max(40).min(words.len());
        format!("<p>{}</p>", plain(&words[..count]))
    };
    let edited = |dice: &mut Dice, percent: usize| {
        let edit =
            |word: &String| if dice.below(100) < percent { format!("x{}", dice.below(9_000)) } else { word.clone() };
        format!("<p>{}</p>", plain(&words.iter().map(edit).collect::<Vec<_>>()))
    };
    match way {
        "typography" => {
            let text = words.join(" ").replace('\'', "’").replace(" - ", " — ").replace("...", "…");
            (title.to_uppercase(), format!("<div>{}</div>", plain(&[text])))
        }
        "markup" => {
            let bold: Vec<String> = words
                .chunks(9)
                .map(|some| format!("<b>{}</b> <i>{}</i>", plain(&some[..1]), plain(&some[1..])))
                .collect();
            (title, format!("<table><tr><td>{}</td></tr></table>", bold.join("<br>")))
        }
        "byline" => (
            title,
            format!("<p>By the staff of {site}, with the agencies, in the night to this day</p>{}", article.html()),
        ),
        "lead" => (title, first(30)),
        "truncated" => (title, first(60)),
        "edited 5 %" => (title, edited(dice, 5)),
        "edited 12 %" => (title, edited(dice, 12)),
        "headline" => (words.iter().skip(8).take(7).cloned().collect::<Vec<_>>().join(" "), article.html()),
        "suffix" => (format!("{title} - {site}"), article.html()),
        "bare" => (format!("{title} - {site}"), String::new()),
        _ => (title, article.html()),
    }
}

/// The boilerplate that a site puts under or above all its texts.
pub fn with_footer(html: &str, site: &str) -> String {
    format!(
        "<p>You read {site}, the paper of the people of {site} since the days of old, every morning and every night.</p>{html}\
         <hr><p>Subscribe to {site} for more of this, tell your friends about it, and follow us wherever you are. All rights \
         are reserved by {site} and its owners, no part of it may be copied without a permission in writing.</p>"
    )
}
