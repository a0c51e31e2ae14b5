//! The neutral conversation every format is mapped to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who contributes an utterance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The one who asks for service; the only one who is read.
    Customer,
    /// The human who serves; read for moves, never for mood.
    Agent,
    /// An automatic participant, an "AI agent" included.
    Bot,
    /// Notices of the platform.
    System,
}

impl Role {
    /// All roles, in the order messages list them.
    pub const ALL: [Role; 4] = [Role::Customer, Role::Agent, Role::Bot, Role::System];

    /// The wire name.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Customer => "customer",
            Role::Agent => "agent",
            Role::Bot => "bot",
            Role::System => "system",
        }
    }
}

/// Where the conversation takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// Live chat.
    #[default]
    Chat,
    /// Mail thread.
    Email,
    /// Transcript of a call: punctuation and capitals are artefacts.
    Phone,
    /// Help-desk ticket or form.
    Ticket,
    /// Public or direct message on a social network.
    Social,
}

impl Channel {
    /// All channels, in the order the model numbers them.
    pub const ALL: [Channel; 5] = [Channel::Chat, Channel::Email, Channel::Phone, Channel::Ticket, Channel::Social];

    /// The wire name.
    pub const fn name(self) -> &'static str {
        match self {
            Channel::Chat => "chat",
            Channel::Email => "email",
            Channel::Phone => "phone",
            Channel::Ticket => "ticket",
            Channel::Social => "social",
        }
    }
}

/// One contribution as delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    /// Who says it.
    pub role: Role,
    /// When, RFC 3339 with offset; `None` when the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The text as delivered, quoted mail and signature included.
    pub text: String,
}

impl Utterance {
    /// The moment it was said, when known and well-formed.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.at.as_deref()?.parse().ok()
    }
}

/// Everything said on one case by its participants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Stable name, unique within its source.
    pub id: String,
    /// BCP 47 code of the conversation's language, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Country code of the customer, when known (`NL`, `BE`, `FI` …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Where it takes place.
    #[serde(default)]
    pub channel: Channel,
    /// When it started, RFC 3339 with offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<String>,
    /// The utterances in order.
    pub turns: Vec<Utterance>,
}
