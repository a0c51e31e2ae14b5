//! What must hold for any conversation at all.

use proptest::prelude::*;
use std::sync::OnceLock;
use tuntuma_engine::{Channel, Conversation, Engine, Role, Session, Utterance};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::embedded().expect("the embedded data loads"))
}

/// Pieces that meet the cleaner, the tokenizer, the cues and the offsets where they hurt.
const PIECES: [&str; 24] = [
    "Dit is de derde keer dat ik bel!!",
    "En ymmärrä, mitä pitäisi tehdä…",
    "Sorry to bother you, probably a silly question",
    "ok",
    "😕",
    "👩‍👩‍👧",
    "> Op 3 maart schreef u:",
    "-- ",
    "Met vriendelijke groet,\nJan",
    "<br>",
    "[00:12]",
    "https://example.org/a?b=c",
    "a@b.nl",
    "'t Is niet boos bedoeld",
    "IK WACHT NU AL",
    "ﬁ ǅ İ",
    "\u{200d}",
    "\t",
    "\n\n",
    "12.50, 3/4 14:05",
    "amai",
    "kiitos ",
    "thanks ",
    "ja maar ",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..6).prop_map(|p| p.join(" ")),
        1 => any::<String>(),
    ]
}

fn conversation() -> impl Strategy<Value = Conversation> {
    let role = prop::sample::select(vec![Role::Customer, Role::Customer, Role::Agent, Role::Bot, Role::System]);
    let turns = prop::collection::vec((role, text()).prop_map(|(role, text)| Utterance { role, at: None, text }), 1..7);
    let lang = prop::sample::select(vec![None, Some("nl"), Some("fi"), Some("en"), Some("nl-BE"), Some("sv")]);
    (turns, lang, prop::sample::select(Channel::ALL.to_vec())).prop_map(|(turns, lang, channel)| Conversation {
        id: "p".into(),
        lang: lang.map(str::to_owned),
        region: None,
        channel,
        started_at: None,
        turns,
    })
}

fn bytes(c: &Conversation) -> Vec<String> {
    Session::replay(engine(), c).iter().map(|r| serde_json::to_string(r).expect("a reading serialises")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Same input, same bytes.
    #[test]
    fn a_replay_gives_the_same_bytes(c in conversation()) {
        prop_assert_eq!(bytes(&c), bytes(&c));
    }

    /// No look-ahead: a reading never depends on later turns.
    #[test]
    fn a_prefix_reads_the_same_when_turns_are_added(c in conversation(), keep in 1_usize..7) {
        let mut prefix = c.clone();
        prefix.turns.truncate(keep);
        let (short, long) = (bytes(&prefix), bytes(&c));
        prop_assert_eq!(&short[..], &long[..short.len()]);
    }

    /// Every quote is the text its span covers, in UTF-16 code units.
    #[test]
    fn quotes_are_what_their_spans_cover(c in conversation()) {
        for reading in Session::replay(engine(), &c) {
            let units: Vec<u16> = c.turns[reading.utterance].text.encode_utf16().collect();
            for e in &reading.evidence {
                let covered = String::from_utf16(&units[e.start..e.end]).expect("spans lie on character boundaries");
                prop_assert_eq!(&covered, &e.quote);
            }
        }
    }

    /// Numbers stay in their ranges, poles agree with intervals, colours with poles.
    #[test]
    fn readings_are_well_formed(c in conversation()) {
        for r in Session::replay(engine(), &c) {
            for e in [r.axes.energy, r.axes.feeling] {
                prop_assert!(-1.0 <= e.low && e.low <= e.value && e.value <= e.high && e.high <= 1.0);
                prop_assert_eq!(e.pole.is_some(), e.low > 0.0 || e.high < 0.0);
            }
            prop_assert_eq!(r.colour.is_some(), r.axes.energy.pole.is_some() && r.axes.feeling.pole.is_some());
            let sum = r.colours.red + r.colours.blue + r.colours.yellow + r.colours.green;
            prop_assert!((sum - 1.0).abs() < 0.01, "colours add up to {}", sum);
            for s in tuntuma_engine::Situation::ALL {
                prop_assert!((0.0..=1.0).contains(&r.situations.get(s)));
            }
        }
    }

    /// What a bot or the platform says changes no reading but the numbering.
    #[test]
    fn bots_are_not_read(c in conversation()) {
        let mut without = c.clone();
        without.turns.retain(|t| matches!(t.role, Role::Customer | Role::Agent));
        let values = |c: &Conversation| Session::replay(engine(), c).iter().map(|r| (r.axes, r.situations, r.lead)).collect::<Vec<_>>();
        prop_assert_eq!(values(&c), values(&without));
    }
}
