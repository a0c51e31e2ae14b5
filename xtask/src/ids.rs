//! Requirement ids in running text: `S0-R22`, and the short forms `S0-R22/R23`, `S0-R22, R23`, `S0-R48…R52`.

/// All ids a text names, in order.
pub fn named(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, article) in starts(text) {
        let mut rest = &text[at..];
        let mut range_from = None;
        while let Some((number, after)) = number(rest) {
            let first = range_from.take().map_or(number, |from: u32| from + 1);
            out.extend((first..=number).map(|n| format!("{article}-R{n}")));
            let joined =
                [("…R", true), ("…S0-R", true), ("…S1-R", true), ("/R", false), (", R", false)].into_iter().find_map(|(joint, range)| Some((after.strip_prefix(joint)?, range)));
            let Some((next, is_range)) = joined else { break };
            range_from = is_range.then_some(number);
            rest = next;
        }
    }
    out
}

/// Where the number of each `S0-R` or `S1-R` begins, and the article.
fn starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    ["S0-R", "S1-R"].into_iter().flat_map(|head| text.match_indices(head).map(|(at, found)| (at + found.len(), &found[..2])))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn short_forms_are_written_out() {
        assert_eq!(named("S0-R22/R23 and S1-R7"), ["S0-R22", "S0-R23", "S1-R7"]);
        assert_eq!(named("source = [\"S0-R49…R52\"]"), ["S0-R49", "S0-R50", "S0-R51", "S0-R52"]);
        assert_eq!(named("S1-R33…S1-R35")[..3], ["S1-R33", "S1-R34", "S1-R35"]);
        assert_eq!(named("S0-R1, R3, S1-R2"), ["S0-R1", "S0-R3", "S1-R2"]);
        assert_eq!(named("S0-Rx, nothing"), Vec::<String>::new());
    }
}
