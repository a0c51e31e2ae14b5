//! The words of the read-out, from `data/messages/`.

use anyhow::{Context, Result};
use std::collections::BTreeMap;

/// Code, words of the read-out, faults; faults are written in English.
const FILES: [(&str, &str, &str); 3] = [
    ("en", include_str!("../../../../data/messages/en.toml"), ""),
    ("nl", include_str!("../../../../data/messages/nl.toml"), include_str!("../../../../data/messages/faults/nl.toml")),
    ("fi", include_str!("../../../../data/messages/fi.toml"), include_str!("../../../../data/messages/faults/fi.toml")),
];

/// Messages of one language.
pub struct Messages {
    /// Its code.
    pub code: &'static str,
    texts: BTreeMap<String, String>,
    /// What the language says for each English fault; `{}` stands for what varies.
    pub faults: BTreeMap<String, String>,
}

impl Messages {
    /// The messages of a language.
    pub fn load(code: &str) -> Result<Self> {
        let (code, texts, faults) = FILES.iter().find(|(c, ..)| *c == code).with_context(|| format!("no messages in `{code}`: en, nl, fi"))?;
        Ok(Self { code, texts: toml::from_str(texts)?, faults: toml::from_str(faults)? })
    }

    /// The text of a key; the key itself where a file lacks it.
    pub fn get<'m>(&'m self, key: &'m str) -> &'m str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with its slots filled.
    pub fn fill(&self, key: &str, slots: &[(&str, &str)]) -> String {
        slots.iter().fold(self.get(key).to_owned(), |text, (slot, value)| text.replace(&format!("{{{slot}}}"), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_keys() {
        let keys = |code| Messages::load(code).unwrap().texts.into_keys().collect::<Vec<_>>();
        assert_eq!(keys("en"), keys("nl"));
        assert_eq!(keys("en"), keys("fi"));
    }
}
