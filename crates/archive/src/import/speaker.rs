//! Who is who: labels of the languages, and what the caller says.

use tuntuma_engine::data::Pack;
use tuntuma_engine::{Channel, Error, Role};

/// What the caller knows beyond the file.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    labels: Vec<(String, Role)>,
    /// Columns of a delimited file: `conversation`, `role`, `text`, `at`, and what they are called there.
    pub columns: Vec<(String, String)>,
    /// Channel that wins over the format's own.
    pub channel: Option<Channel>,
    /// Language that wins over the file's own.
    pub lang: Option<String>,
    /// Country that wins over the file's own.
    pub region: Option<String>,
}

impl Mapping {
    /// The labels that the language files know.
    pub fn new(pack: &Pack) -> Self {
        let mut labels = Vec::new();
        for role in Role::ALL {
            labels.push((role.name().to_owned(), role));
            let named = pack.languages.iter().filter_map(|l| l.speakers.get(role.name()));
            labels.extend(named.flatten().map(|label| (label.to_lowercase(), role)));
        }
        Self { labels, ..Self::default() }
    }

    /// Adds a name, an address or (for mail) a domain for a role; wins over what is known.
    pub fn add(&mut self, label: &str, role: Role) {
        self.labels.insert(0, (label.to_lowercase(), role));
    }

    /// The role a label stands for.
    pub fn role(&self, label: &str) -> Option<Role> {
        let label = label.trim().to_lowercase();
        self.labels.iter().find(|(known, _)| *known == label).map(|(_, role)| *role)
    }

    /// The role of a mail address: as named, or by its domain.
    pub fn role_of_address(&self, address: &str) -> Option<Role> {
        let address = address.to_lowercase();
        let domain = address.rsplit('@').next().unwrap_or("");
        let hit = |known: &str| known == address || known.trim_start_matches('@') == domain;
        self.labels.iter().find(|(known, _)| hit(known)).map(|(_, role)| *role)
    }
}

/// The remedy for an unknown label.
pub fn unknown(error: Error, label: &str) -> Error {
    error.hint(format!("say who that is with --speaker \"{label}=customer\" or \"{label}=agent\"; roles are customer, agent, bot, system"))
}
