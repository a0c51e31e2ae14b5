//! The data may grow without the model being trained again: what it learned stays tied to names, not to places in a list.

use std::fs;
use std::path::Path;
use tuntuma_engine::data::{Pack, load};
use tuntuma_engine::model::Model;
use tuntuma_engine::{Engine, Opening, Reading, Role, Utterance};

const SAID: [(Role, &str); 7] = [
    (Role::Customer, "Bestelling 55120. Lamp binnengekomen, glas gebroken."),
    (Role::Agent, "Dank u wel. Het beleid is dat breuk binnen 24 uur gemeld moet worden."),
    (Role::Customer, "Ik snap echt niet dat ik daar nu op word afgerekend, dat voelde zó lullig."),
    (Role::Agent, "Dat is ook een rotmoment. Ik stuur vandaag een nieuwe lamp."),
    (Role::Customer, "O gelukkig. Dank je wel, dat scheelt een hoop."),
    (Role::Customer, "Lasku 20933, summa väärin. Sopimuksessa lukee 39,90."),
    (Role::Customer, "hi, im at work and got about five minutes, what do i press"),
];

fn files(dir: &Path, below: &str, out: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), out);
        } else if name.ends_with(".toml") {
            out.push((name, fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

fn engine(more: &[(&str, String)]) -> Engine {
    let mut all = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data"), "", &mut all);
    all.extend(more.iter().map(|(path, text)| ((*path).to_owned(), text.clone())));
    let pack: Pack = load(&all).unwrap();
    Engine::new(pack, Model::embedded().unwrap()).unwrap()
}

fn readings(engine: &Engine) -> Vec<Reading> {
    let mut session = engine.open(Opening::default());
    let said = SAID.map(|(role, text)| Utterance { role, at: None, text: text.to_owned() });
    let mut out: Vec<Reading> = said.iter().filter_map(|s| session.push(s)).collect();
    for reading in &mut out {
        reading.versions.data.clear();
    }
    out
}

#[test]
fn a_move_and_a_language_that_come_first_change_no_reading() {
    let before = engine(&[]);
    let (dutch, cue) = (fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/lang/nl/language.toml")).unwrap(), "about = \"x\"\nsource = \"x\"\nrank = 999\n");
    let language = dutch.replacen("\"nl\"", "\"aa\"", 1);
    let after = engine(&[("moves/aaa.toml", cue.to_owned()), ("lang/aa/language.toml", language)]);
    assert_eq!(after.pack().languages[0].code, "aa");
    assert_eq!(after.pack().moves[0].id, "aaa");
    assert_eq!(readings(&before), readings(&after));
}
