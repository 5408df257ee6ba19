//! Compares the table of limits in `docs/architecture.md` with the constants that it names, so that the two cannot drift apart.

use std::path::Path;

use regex::Regex;

/// Smallest number of limits in the table.
const LISTED_LEAST: usize = 60;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The value of a constant, in seconds where it is a span.
fn constant(file: &str, name: &str) -> f64 {
    let text = read(&format!("src/{file}"));
    let pattern = format!(r"(?m)^ *(?:pub(?:\([a-z]+\))? )?const {name}: [^=;]+ = ([^;]+);");
    let pattern = Regex::new(&pattern).expect("the pattern is valid");
    let found = pattern.captures(&text).unwrap_or_else(|| panic!("src/{file} has no constant {name}"));
    value(file, &found[1])
}

/// The value of an expression of numbers, constants of the same file, products and spans.
fn value(file: &str, expression: &str) -> f64 {
    let expression = expression.trim();
    for (call, seconds) in [("Duration::from_secs(", 1.0), ("Duration::from_millis(", 0.001)] {
        if let Some(inner) = expression.strip_prefix(call).and_then(|rest| rest.strip_suffix(')')) {
            return value(file, inner) * seconds;
        }
    }
    let factor = |factor: &str| -> f64 {
        let factor = factor.trim();
        factor.replace('_', "").parse().unwrap_or_else(|_| constant(file, factor))
    };
    expression.split('*').map(factor).product()
}

/// The value that a cell of the table states, such as `32 MiB`, `10 min` or `1,000`.
fn stated(text: &str) -> f64 {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let unit = match unit {
        "" | "s" => 1.0,
        "KiB" => 1_024.0,
        "MiB" => 1_024.0 * 1_024.0,
        "ms" => 0.001,
        "min" => 60.0,
        "h" => 3_600.0,
        "day" | "days" => 86_400.0,
        "year" | "years" => 365.0 * 86_400.0,
        _ => panic!("{text:?} has a unit that this test does not know"),
    };
    let number: f64 =
        number.replace(',', "").parse().unwrap_or_else(|_| panic!("{text:?} is not a number with its unit"));
    number * unit
}

#[test]
fn the_table_of_limits_says_what_the_constants_say() {
    let page = read("docs/architecture.md");
    let (_, section) = page.split_once("\n## Limits\n").expect("the page has the table");
    let mut listed = 0;
    for row in section.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let &[limit, values, constants] = cells.as_slice() else { panic!("three cells: {row}") };
        if limit == "limit" || constants.is_empty() {
            continue;
        }
        let (file, names) = constants.split_once(": ").expect("a file and its constants");
        let names: Vec<&str> = names.split(", ").collect();
        let values: Vec<&str> = values.split(" / ").collect();
        assert_eq!(names.len(), values.len(), "a value for each constant: {row}");
        for (name, value) in names.iter().zip(values) {
            let (file, name) = (file.trim_matches('`'), name.trim_matches('`'));
            let found = constant(file, name);
            let is_right = (stated(value) - found).abs() < 1e-6;
            assert!(is_right, "docs/architecture.md says {value} of “{limit}”, but {name} in src/{file} is {found}");
            listed += 1;
        }
    }
    assert!(listed >= LISTED_LEAST, "only {listed} limits are listed");
}
