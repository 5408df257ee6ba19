//! Reads pages of the manual as mdBook does: fenced blocks, the anchors of headings, and links.

use regex::Regex;

/// A fenced block of a page.
#[derive(Debug)]
pub struct Block {
    /// The words behind the opening fence, such as `toml` and `config`.
    pub info: Vec<String>,
    pub lines: Vec<String>,
    /// The number of the line of the opening fence, from 1.
    pub line: usize,
}

impl Block {
    /// Whether the words behind the fence are these.
    pub fn is(&self, info: &[&str]) -> bool {
        self.info == info
    }

    pub fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

/// The fenced blocks of a page, in order. Blocks in lists may be indented.
pub fn blocks(page: &str) -> Vec<Block> {
    split(page).0
}

/// The blocks of a page, and its other lines.
fn split(page: &str) -> (Vec<Block>, String) {
    let (mut blocks, mut prose) = (Vec::new(), String::new());
    let mut open: Option<(Block, usize)> = None;
    for (at, line) in page.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let fence = line.trim_start().strip_prefix("```");
        open = match (open, fence) {
            (None, Some(info)) => {
                let info = info.split_whitespace().map(str::to_owned).collect();
                Some((Block { info, lines: Vec::new(), line: at + 1 }, indent))
            }
            (None, None) => {
                prose.push_str(line);
                prose.push('\n');
                None
            }
            (Some((block, _)), Some(_)) => {
                blocks.push(block);
                None
            }
            (Some((mut block, indent)), None) => {
                block.lines.push(line.get(indent..).unwrap_or_default().to_owned());
                Some((block, indent))
            }
        };
    }
    assert!(open.is_none(), "a block is not closed: {open:?}");
    (blocks, prose)
}

/// The anchors of the headings of a page.
pub fn anchors(page: &str) -> Vec<String> {
    let link = Regex::new(r"\[([^\]]*)\]\([^)]*\)").expect("the pattern is valid");
    let mut anchors: Vec<String> = Vec::new();
    for heading in split(page).1.lines().filter(|line| line.starts_with('#')) {
        let text = link.replace_all(heading.trim_start_matches('#').trim(), "$1").into_owned();
        let kept = text.chars().filter(|letter| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter));
        let anchor: String = kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect();
        let anchor = anchor.to_lowercase();
        // A heading that occurs again gets a number.
        let before = anchors.iter().filter(|known| **known == anchor).count();
        anchors.push(if before == 0 { anchor } else { format!("{anchor}-{before}") });
    }
    anchors
}

/// The targets of the links and pictures of a page.
pub fn links(page: &str) -> Vec<String> {
    let code = Regex::new(r"`[^`\n]*`").expect("the pattern is valid");
    let link = Regex::new(r"\[[^\]]*\]\(([^)\s]+)\)").expect("the pattern is valid");
    let (_, prose) = split(page);
    let prose = code.replace_all(&prose, "code");
    link.captures_iter(&prose).map(|found| found[1].to_owned()).collect()
}

#[test]
fn markdown_is_read_as_mdbook_does() {
    let page = "# Is `all` well?\n\nSee [`[[output]]`](a.md#b), not `[x](y)`.\n\n- in a list\n\n  ```toml config\n  a = 1\n  ```\n\n\
                ## Again\n\n```sh\n[no](link)\n```\n\n## Again\n\n![shot](b.webp)\n";
    assert_eq!(anchors(page), ["is-all-well", "again", "again-1"]);
    assert_eq!(links(page), ["a.md#b", "b.webp"]);
    let blocks = blocks(page);
    assert!(blocks[0].is(&["toml", "config"]) && blocks[1].is(&["sh"]), "{blocks:?}");
    assert_eq!((blocks[0].text().as_str(), blocks[0].line), ("a = 1\n", 7));
}
