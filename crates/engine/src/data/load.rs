// Reads data files into a pack. Compiled into the build script too.

use super::pack::{Ask, Bearing, CueData, LanguageData, LineMarkers, Located, MoveData, Negation, Pack, Pattern, SituationData, Tap, Wording};
use crate::error::Error;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

const AXES: [(&str, [&str; 2]); 2] = [("energy", ["introvert", "extravert"]), ("feeling", ["rational", "emotional"])];
const SITUATIONS: [&str; 8] = ["pleasant", "lost", "resistant", "smart", "busy", "frustrated", "nervous", "relaxed"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    about: String,
    family: String,
    bears_on: Vec<Spanned<BearingRow>>,
    negation: Negation,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BearingRow {
    on: String,
    toward: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveFile {
    about: String,
    rank: u16,
    #[expect(dead_code, reason = "required of every move, read by people")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SituationFile {
    about: String,
    source: String,
    name: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TapFile {
    about: String,
    cue: Spanned<String>,
    source: String,
    name: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskFile {
    tells: String,
    about: String,
    source: String,
    say: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordingFile {
    pattern: Vec<Spanned<PatternRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternRow {
    any: Vec<Spanned<String>>,
    flags: Vec<Spanned<String>>,
    passes: Vec<Spanned<String>>,
    region: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageFile {
    code: Spanned<String>,
    name: String,
    regions: Vec<String>,
    negators: Vec<String>,
    clause_breaks: Vec<String>,
    quote_headers: Vec<String>,
    closings: Vec<String>,
    sent_from: Vec<String>,
    disclaimers: Vec<String>,
    fillers: Vec<String>,
    greetings: Vec<String>,
    speakers: BTreeMap<String, Vec<String>>,
    region_words: BTreeMap<String, Vec<String>>,
}

/// Reads `(path below data/, text)` pairs into a pack. Paths use `/`; files that are not `.toml` are passed over.
///
/// # Errors
/// The first file that does not hold what its folder asks for.
pub fn load(files: &[(String, String)]) -> Result<Pack, Error> {
    let mut pack = Pack { version: fingerprint(files), ..Pack::default() };
    let mut files: Vec<&(String, String)> = files.iter().filter(|(path, _)| path.ends_with(".toml")).collect();
    files.sort();
    for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("lang/")) {
        definition(&mut pack, path, text)?;
    }
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("/language.toml") && !path.starts_with("lang/_")) {
        pack.languages.push(language(path, text)?);
    }
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("lang/") && !path.ends_with("/language.toml")) {
        add_wording(&mut pack, path, text)?;
    }
    check_taps(&pack, &files)?;
    Ok(pack)
}

fn definition(pack: &mut Pack, path: &str, text: &str) -> Result<(), Error> {
    let id = stem(path);
    match path.split('/').next().unwrap_or("") {
        "cues" => {
            let file: CueFile = parse(path, text)?;
            let bears_on = file.bears_on.into_iter().map(|row| bearing(path, text, row)).collect::<Result<_, _>>()?;
            pack.cues.push(CueData { id, about: file.about, family: file.family, bears_on, negation: file.negation, source: file.source });
        }
        "moves" => {
            let file: MoveFile = parse(path, text)?;
            pack.moves.push(MoveData { id, about: file.about, rank: file.rank });
        }
        "situations" => {
            let file: SituationFile = parse(path, text)?;
            pack.situations.push(SituationData { id, about: file.about, source: file.source, name: file.name });
        }
        "taps" => {
            let file: TapFile = parse(path, text)?;
            pack.taps.push(Tap { id, about: file.about, cue: file.cue.into_inner(), source: file.source, name: file.name });
        }
        "asks" => {
            let file: AskFile = parse(path, text)?;
            pack.asks.push(Ask { id, tells: file.tells, about: file.about, source: file.source, say: file.say });
        }
        _ => {} // Other folders (messages, models) are read by those who use them.
    }
    Ok(())
}

fn bearing(path: &str, text: &str, row: Spanned<BearingRow>) -> Result<Bearing, Error> {
    let offset = row.span().start;
    let row = row.into_inner();
    let axis = AXES.iter().find(|(axis, _)| *axis == row.on);
    match (axis, row.toward.as_deref()) {
        (Some((_, poles)), Some(pole)) if poles.contains(&pole) => {}
        (Some((axis, poles)), _) => {
            return Err(Error::at(path, text, offset, format!("an axis needs a pole: `{axis}` goes toward {} or {}", poles[0], poles[1])));
        }
        (None, None) if SITUATIONS.contains(&row.on.as_str()) => {}
        (None, _) => {
            let hint = format!("an axis (energy, feeling) with `toward`, or a situation alone: {}", SITUATIONS.join(", "));
            return Err(Error::at(path, text, offset, format!("nothing called `{}` to bear on", row.on)).hint(hint));
        }
    }
    Ok(Bearing { on: row.on, toward: row.toward })
}

fn language(path: &str, text: &str) -> Result<LanguageData, Error> {
    let file: LanguageFile = parse(path, text)?;
    let folder = path.split('/').nth(1).unwrap_or("");
    if file.code.get_ref() != folder {
        return Err(Error::at(path, text, file.code.span().start, format!("the code must be the folder's name, `{folder}`")));
    }
    let lines = LineMarkers { quote_headers: file.quote_headers, closings: file.closings, sent_from: file.sent_from, disclaimers: file.disclaimers };
    Ok(LanguageData {
        code: file.code.into_inner(),
        name: file.name,
        regions: file.regions,
        negators: file.negators,
        clause_breaks: file.clause_breaks,
        lines,
        fillers: file.fillers,
        greetings: file.greetings,
        speakers: file.speakers,
        region_words: file.region_words,
        cues: Vec::new(),
        moves: Vec::new(),
    })
}

fn add_wording(pack: &mut Pack, path: &str, text: &str) -> Result<(), Error> {
    let mut parts = path.split('/').skip(1);
    let (code, kind) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    if code.starts_with('_') {
        return Ok(()); // The template to copy.
    }
    let id = stem(path);
    let known = match kind {
        "cues" => pack.cues.iter().any(|cue| cue.id == id),
        "moves" => pack.moves.iter().any(|m| m.id == id),
        _ => return Ok(()),
    };
    if !known {
        return Err(Error::file(path, format!("no `data/{kind}/{id}.toml` says what this is")).hint("add that file, or rename this one after an existing one"));
    }
    let Some(language) = pack.languages.iter_mut().find(|l| l.code == code) else {
        return Err(Error::file(path, format!("the folder lang/{code}/ has no language.toml")).hint("copy data/lang/_template/language.toml"));
    };
    let wording = Wording { of: id, file: path.to_owned(), patterns: wording(path, text)? };
    if kind == "cues" {
        language.cues.push(wording);
    } else {
        language.moves.push(wording);
    }
    Ok(())
}

fn wording(path: &str, text: &str) -> Result<Vec<Pattern>, Error> {
    let file: WordingFile = parse(path, text)?;
    let mut patterns = Vec::new();
    for row in file.pattern {
        let offset = row.span().start;
        let row = row.into_inner();
        if row.any.is_empty() || row.flags.is_empty() || row.passes.is_empty() {
            return Err(Error::at(path, text, offset, "`any`, `flags` and `passes` must each hold at least one text")
                .hint("an example that must match and one that must not keep a wording honest"));
        }
        let locate = |list: Vec<Spanned<String>>| list.into_iter().map(|s| located(text, s)).collect();
        patterns.push(Pattern { any: locate(row.any), flags: locate(row.flags), passes: locate(row.passes), region: row.region });
    }
    Ok(patterns)
}

fn located(text: &str, value: Spanned<String>) -> Located {
    let before = &text[..value.span().start];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    Located { text: value.into_inner(), line, column }
}

fn check_taps(pack: &Pack, files: &[&(String, String)]) -> Result<(), Error> {
    for tap in &pack.taps {
        if !pack.cues.iter().any(|cue| cue.id == tap.cue) {
            let path = format!("taps/{}.toml", tap.id);
            let text = files.iter().find(|(p, _)| *p == path).map_or("", |(_, text)| text.as_str());
            let offset = text.find("cue").unwrap_or(0);
            return Err(Error::at(&path, text, offset, format!("no cue `{}`", tap.cue)).hint("a tap counts as one of data/cues/"));
        }
    }
    Ok(())
}

fn parse<T: serde::de::DeserializeOwned>(path: &str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|e| match e.span() {
        Some(span) => Error::at(path, text, span.start, e.message()),
        None => Error::file(path, e.message()),
    })
}

fn stem(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml").to_owned()
}

/// FNV-1a over all paths and texts, in hexadecimal: same files, same version.
fn fingerprint(files: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".toml")).collect();
    sorted.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in sorted.iter().flat_map(|(path, text)| path.bytes().chain([0]).chain(text.bytes()).chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{:012x}", hash >> 16)
}
