//! Names of months.

/// The beginnings of each month's names in the languages of feeds: English, German, Dutch, Scandinavian, French,
/// Spanish, Portuguese, Italian, Polish, Czech, Finnish, Romanian, Indonesian, Russian, Ukrainian, Bulgarian,
/// Hungarian, Turkish and Greek. If several match, the longest counts.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen", "sty", "led", "tammi", "ian", "янв", "січ", "яну", "oca", "ιαν"],
    &["feb", "fév", "fev", "lut", "úno", "helmi", "фев", "лют", "şub", "φεβ"],
    &["mar", "mär", "mrz", "mrt", "maa", "bře", "мар", "бер", "már", "μάρ", "μαρ"],
    &["apr", "avr", "abr", "kwi", "dub", "huhti", "апр", "кві", "ápr", "nis", "απρ"],
    &["may", "mai", "mei", "maj", "mag", "kvě", "touko", "май", "мая", "тра", "máj", "μάι", "μαι", "μαϊ", "μαΐ"],
    &["jun", "juin", "giu", "cze", "červn", "kesä", "iun", "июн", "чер", "юни", "jún", "haz", "ιον", "ιουν", "ιούν"],
    &["jul", "juil", "lug", "lip", "červenc", "heinä", "iul", "июл", "лип", "юли", "júl", "tem", "ιολ", "ιουλ", "ιούλ"],
    &["aug", "aoû", "aou", "ago", "sie", "srp", "elo", "agu", "авг", "сер", "ağu", "αυγ", "αύγ"],
    &["sep", "set", "wrz", "zář", "syys", "сен", "вер", "sze", "eyl", "σεπ"],
    &["oct", "okt", "out", "ott", "paź", "říj", "loka", "окт", "жов", "eki", "οκτ"],
    &["nov", "lis", "marras", "noi", "ноя", "лис", "kas", "νοέ", "νοε"],
    &["dec", "dez", "des", "déc", "dic", "gru", "pros", "joulu", "дек", "гру", "ara", "δεκ"],
];

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let names = (1..).zip(MONTHS).flat_map(|(number, names)| names.iter().map(move |name| (number, *name)));
    names.filter(|(_, name)| word.starts_with(name)).max_by_key(|(_, name)| name.len()).map(|(number, _)| number)
}
