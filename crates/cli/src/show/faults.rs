//! Faults in the language of the read-out. The English text is the key, as with gettext: no crate below knows of languages.

use super::messages::Messages;
use std::collections::BTreeMap;
use tuntuma_engine::Error;

/// A fault as people read it: place, message, remedy.
pub fn fault(e: &Error, messages: &Messages) -> String {
    let texts = &messages.faults;
    let style = anstyle::Style::new().bold();
    let place = [Some(say(texts, &e.file)), e.line.map(|n| n.to_string()), e.column.map(|n| n.to_string())];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(":");
    let hint = e.hint.as_ref().map(|h| format!("\n  → {}", say(texts, h))).unwrap_or_default();
    format!("{style}{place}{style:#}: {}{hint}", say(texts, &e.message))
}

/// The text in the language of `texts`; as it is where none fits. What varies may itself be a text that is listed.
fn say(texts: &BTreeMap<String, String>, english: &str) -> String {
    let literal = |key: &str| key.len() - 2 * key.matches("{}").count();
    let fits = texts.iter().filter_map(|(key, text)| Some((key, text, captures(key, english)?)));
    // The key with the most fixed text says most exactly what is meant.
    let Some((_, text, found)) = fits.max_by_key(|(key, ..)| literal(key)) else { return english.to_owned() };
    found.iter().fold(text.clone(), |text, value| text.replacen("{}", &say(texts, value), 1))
}

/// What stands at the `{}` of `key`, when the rest of it is `text`.
fn captures<'t>(key: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = key.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty().then(Vec::new) };
    let mut found = Vec::new();
    for part in parts {
        let (value, after) = rest.split_once(part)?;
        found.push(value);
        rest = after;
    }
    found.push(rest.strip_suffix(last)?);
    found.iter().all(|value| !value.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(code: &str) -> BTreeMap<String, String> {
        Messages::load(code).unwrap().faults
    }

    #[test]
    fn every_language_knows_the_same_faults_and_keeps_what_varies() {
        let (nl, fi) = (texts("nl"), texts("fi"));
        assert_eq!(nl.keys().collect::<Vec<_>>(), fi.keys().collect::<Vec<_>>());
        for (key, text) in nl.iter().chain(&fi) {
            assert_eq!(key.matches("{}").count(), text.matches("{}").count(), "{key}");
        }
    }

    #[test]
    fn what_varies_is_carried_over_and_itself_said_in_the_language() {
        let nl = texts("nl");
        assert_eq!(say(&nl, "no column for `role` among wie, wat"), "geen kolom voor `role` bij wie, wat");
        assert_eq!(say(&nl, "not a ConvoKit utterance: missing field `speaker`"), "geen ConvoKit-uiting: veld `speaker` ontbreekt");
        assert_eq!(say(&nl, "something new"), "something new");
    }

    /// What the importers say: texts given to `hint`, `error` and `Error::file`.
    fn said_by_importers() -> Vec<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../archive/src/import");
        let sources = std::fs::read_dir(folder).unwrap().flatten().map(|file| std::fs::read_to_string(file.path()).unwrap());
        let source = sources.collect::<String>();
        let mut said = Vec::new();
        for call in ["hint(\"", "hint(format!(\"", "error(1, \"", "error(1, format!(\"", "file(name, \"", "file(name, format!(\"", "message = format!(\""] {
            said.extend(source.split(call).skip(1).filter_map(|rest| rest.split("\")").next()).map(|text| text.split("\", ").next().unwrap_or(text).replace("\\\"", "\"")));
        }
        said
    }

    #[test]
    fn whatever_an_importer_says_is_known() {
        let said = said_by_importers();
        assert!(said.len() > 25, "found only {}", said.len());
        let nl = texts("nl");
        let unknown: Vec<_> = said.iter().filter(|text| say(&nl, text) == **text).collect();
        assert!(unknown.is_empty(), "add to data/messages/faults: {unknown:#?}");
    }
}
