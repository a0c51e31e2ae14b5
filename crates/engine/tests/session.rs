//! Taps, corrections, regions, languages that are not read.

use tuntuma_engine::{Channel, Colour, Correction, Engine, Opening, Reading, Role, Session, Situation, Utterance};

fn say(session: &mut Session<'_>, text: &str) -> Reading {
    session.push(&Utterance { role: Role::Customer, at: None, text: text.into() }).expect("a customer utterance gives a reading")
}

fn open<'e>(engine: &'e Engine, language: Option<&str>) -> Session<'e> {
    engine.open(Opening { id: "t".into(), language: language.map(str::to_owned), region: None, channel: Channel::Chat })
}

#[test]
fn a_tap_counts_with_the_next_utterance_and_shows_as_evidence() {
    let engine = Engine::embedded().unwrap();
    let (mut plain, mut tapped) = (open(&engine, Some("nl")), open(&engine, Some("nl")));
    tapped.tap("raised-voice").unwrap();
    let (without, with) = (say(&mut plain, "Mijn bestelling is er nog niet."), say(&mut tapped, "Mijn bestelling is er nog niet."));
    assert!(with.axes.feeling.value > without.axes.feeling.value);
    assert!(with.evidence.iter().any(|e| e.cue == "raised-voice"), "{:?}", with.evidence);
    assert!(tapped.tap("typing-rhythm").unwrap_err().to_string().contains("no tap"));
}

#[test]
fn the_agents_correction_wins_from_there_on_and_is_recorded_apart() {
    let engine = Engine::embedded().unwrap();
    let mut session = open(&engine, Some("en"));
    let before = say(&mut session, "This is the third time I call and nobody listens!!");
    assert!(before.corrections.is_empty());
    session.correct(Correction::Colour(Colour::Green));
    session.correct(Correction::Strike(Situation::Frustrated));
    let after = say(&mut session, "Still nothing, this is ridiculous, I want my money back!");
    assert_eq!(after.colour, Some(Colour::Green));
    assert_eq!(after.situations.frustrated, 0.0);
    assert!(!after.active.contains(&Situation::Frustrated));
    assert_eq!(after.corrections.colour, Some(Colour::Green));
    assert_eq!(after.corrections.struck, [Situation::Frustrated]);
    session.correct(Correction::Clear);
    assert!(say(&mut session, "Hello?").corrections.is_empty());
}

#[test]
fn a_correction_touches_one_conversation_only() {
    let engine = Engine::embedded().unwrap();
    let mut corrected = open(&engine, Some("en"));
    corrected.correct(Correction::Colour(Colour::Blue));
    let mut other = open(&engine, Some("en"));
    assert!(say(&mut other, "Hi there, lovely day!").corrections.is_empty());
}

#[test]
fn a_language_that_is_not_read_says_so() {
    let engine = Engine::embedded().unwrap();
    for text in [
        "Guten Tag, meine Bestellung ist leider immer noch nicht angekommen, was soll ich tun?",
        "Bonjour, je n'ai toujours pas reçu ma commande et je suis très déçue.",
        "Здравствуйте, где мой заказ?",
    ] {
        let reading = say(&mut open(&engine, None), text);
        assert_eq!(reading.language, None, "{text}");
        assert_eq!((reading.colour, reading.active.len(), reading.evidence.len()), (None, 0, 0));
    }
}

#[test]
fn languages_are_told_apart_and_a_hint_wins() {
    let engine = Engine::embedded().unwrap();
    let cases = [("Waar blijft mijn pakketje nou eigenlijk?", "nl"), ("Missä mun paketti oikein viipyy?", "fi"), ("Where on earth is my parcel?", "en")];
    for (text, language) in cases {
        assert_eq!(say(&mut open(&engine, None), text).language.as_deref(), Some(language));
    }
    assert_eq!(say(&mut open(&engine, Some("fi")), "ok thanks").language.as_deref(), Some("fi"));
    let mut mixed = open(&engine, None);
    say(&mut mixed, "Hei, tilasin teiltä kengät viime viikolla.");
    assert_eq!(say(&mut mixed, "Actually my husband will write now, he does not speak Finnish.").language.as_deref(), Some("en"));
}

#[test]
fn flemish_is_inferred_with_doubt_and_a_given_region_stands() {
    let engine = Engine::embedded().unwrap();
    let reading = say(&mut open(&engine, Some("nl")), "Amai, ge gaat dat niet geloven zenne, mijn gsm is alweer kapot.");
    assert_eq!((reading.region.as_deref(), reading.region_inferred), (Some("BE"), true));
    let mut given = engine.open(Opening { id: "t".into(), language: Some("nl".into()), region: Some("NL".into()), channel: Channel::Chat });
    let reading = say(&mut given, "Amai, ge gaat dat niet geloven zenne.");
    assert_eq!((reading.region.as_deref(), reading.region_inferred), (Some("NL"), false));
}

#[test]
fn signatures_and_quoted_mail_are_not_read() {
    let engine = Engine::embedded().unwrap();
    let own = "Mijn lamp is stuk.";
    let mail = "Mijn lamp is stuk.\n\nMet vriendelijke groet,\nPiet Boos\n\n> Op 3 maart schreef u:\n> Wat een schandalige, belachelijke bende!!";
    let (a, b) = (say(&mut open(&engine, Some("nl")), own), say(&mut open(&engine, Some("nl")), mail));
    let end = own.encode_utf16().count();
    assert!(b.evidence.iter().all(|e| e.end <= end), "{:?}", b.evidence);
    assert_eq!(a.active, b.active);
}

#[test]
fn an_opening_of_nothing_but_a_greeting_or_a_number_tells_nothing_and_asks() {
    let engine = Engine::embedded().unwrap();
    for (language, text) in
        [(Some("nl"), "Hoi!"), (None, "hoi"), (Some("nl"), "goedemiddag,"), (Some("fi"), "Hei"), (Some("fi"), "Hyvää päivää"), (Some("en"), "good morning"), (Some("en"), "48213")]
    {
        let reading = say(&mut open(&engine, language), text);
        assert_eq!((reading.colour, reading.axes.energy.pole, reading.active.len()), (None, None, 0), "{text}");
        assert!(reading.ask.is_some(), "{text}");
    }
    assert_eq!(say(&mut open(&engine, None), "hoi").language.as_deref(), Some("nl"));
    assert!(say(&mut open(&engine, Some("nl")), "Hoi, waar blijft mijn pakket?").axes.energy.low > -1.0);
}

#[test]
fn fillers_of_a_transcript_do_not_part_the_words_around_them() {
    let engine = Engine::embedded().unwrap();
    let hear = |text: &str| {
        let mut session = engine.open(Opening { id: "t".into(), language: Some("nl".into()), region: None, channel: Channel::Phone });
        say(&mut session, text)
    };
    let (plain, filled) = (hear("ik snap er niks van"), hear("ik eh snap er uhm niks eh van"));
    assert_eq!(plain.axes, filled.axes);
    assert_eq!(filled.evidence[0].quote, "snap er uhm niks");
}
