//! The conversation as people read it: who said what, how the customer comes across, why, and where that stands on the wheel.

use super::messages::Messages;
use super::wheel;
use super::wrap::wrap;
use anstyle::{AnsiColor, Color, Style};
use std::fmt::Write;
use tuntuma_archive::import::Head;
use tuntuma_engine::reading::{Axes, Evidence, Lead};
use tuntuma_engine::{Axis, Colour, Engine, Reading, Role, Situation, Utterance};
use unicode_width::UnicodeWidthStr;

/// Narrowest and widest the read-out is set.
const WIDTHS: (usize, usize) = (48, 110);
/// From this width on, the wheel stands beside the words.
const BESIDE: usize = 92;
/// Pieces of evidence named under an utterance.
const REASONS: usize = 4;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const EVIDENCE: Style = Style::new().underline();

/// Prints one conversation after the other.
pub struct Human<'e> {
    engine: &'e Engine,
    messages: &'e Messages,
    width: usize,
    trail: Vec<Axes>,
    utterance: usize,
}

impl<'e> Human<'e> {
    /// A printer as wide as the terminal, or 80 columns into a file.
    pub fn new(engine: &'e Engine, messages: &'e Messages) -> Self {
        let asked = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = asked.or_else(|| terminal_size::terminal_size().map(|(w, _)| w.0 as usize)).unwrap_or(80);
        Self { engine, messages, width: width.clamp(WIDTHS.0, WIDTHS.1), trail: Vec::new(), utterance: 0 }
    }

    /// The heading of a conversation.
    pub fn open(&mut self, head: &Head, out: &mut String) {
        self.trail.clear();
        self.utterance = 0;
        let facts = [Some(head.channel.name().to_owned()), head.lang.clone(), head.region.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "{BOLD}{} {}{BOLD:#} {FAINT}({facts}){FAINT:#}\n", self.messages.get("conversation"), head.id);
    }

    /// An utterance, and the reading behind it when there is one.
    pub fn said(&mut self, said: &Utterance, reading: Option<&Reading>, out: &mut String) {
        let marks = reading.map(|r| marks(r, &said.text)).unwrap_or_default();
        let who = self.messages.get(said.role.name());
        let time = said.at.as_deref().and_then(|at| at.split_once('T')).and_then(|(_, t)| t.get(..5)).unwrap_or("");
        let style = if said.role == Role::Customer { BOLD } else { FAINT };
        let number = self.utterance;
        let _ = writeln!(out, "{style}{who}{style:#} {FAINT}{number} {time}{FAINT:#}");
        for line in wrap(&said.text, self.width - 2, &marks, EVIDENCE) {
            let _ = writeln!(out, "  {line}");
        }
        if let Some(reading) = reading {
            if reading.language.is_some() {
                self.trail.push(reading.axes);
            }
            self.reading(reading, out);
        }
        out.push('\n');
        self.utterance += 1;
    }

    /// The wheel at the end, where it did not stand beside every reading.
    pub fn close(&mut self, out: &mut String) {
        if self.trail.is_empty() || self.width >= BESIDE {
            return;
        }
        for line in self.wheel_lines() {
            let _ = writeln!(out, "  {line}");
        }
        out.push('\n');
    }

    fn reading(&self, reading: &Reading, out: &mut String) {
        let lines = self.lines(reading);
        if self.width < BESIDE || reading.language.is_none() {
            for (line, _) in lines {
                let _ = writeln!(out, "  {line}");
            }
            return;
        }
        let wheel = self.wheel_lines();
        let left = self.width - wheel::WIDTH - 18;
        let blank = (String::new(), 0);
        for i in 0..lines.len().max(wheel.len()) {
            let (line, columns) = lines.get(i).unwrap_or(&blank);
            let gap = " ".repeat((left + 2).saturating_sub(*columns).max(1));
            match wheel.get(i) {
                Some(w) => {
                    let _ = writeln!(out, "  {line}{gap}{w}");
                }
                None => {
                    let _ = writeln!(out, "  {line}");
                }
            }
        }
    }

    /// The lines of a reading with their widths in columns.
    fn lines(&self, reading: &Reading) -> Vec<(String, usize)> {
        let m = self.messages;
        let text_width = if self.width < BESIDE { self.width - 4 } else { self.width - wheel::WIDTH - 18 };
        let mut lines = Vec::new();
        let mut add = |style: Style, bar: &str, text: &str| {
            for (i, line) in wrap(text, text_width - 2, &[], Style::new()).into_iter().enumerate() {
                let lead = if i == 0 { bar } else { " " };
                lines.push((format!("{style}{lead} {line}{style:#}"), 2 + line.width()));
            }
        };
        if reading.language.is_none() {
            add(FAINT, "○", m.get("not_read"));
            return lines;
        }
        for shift in &reading.shifts {
            let mut text = format!("{}: {}", m.get("shift"), m.fill("shift_line", &[("from", m.get(shift.from.name())), ("to", m.get(shift.to.name()))]));
            if let Some(at) = shift.after_utterance {
                let _ = write!(text, ", {}", m.fill("after", &[("n", &at.to_string())]));
            }
            if let Some(kind) = &shift.agent_move {
                let _ = write!(text, " ({kind})");
            }
            add(BOLD, "↪", &text);
        }
        match reading.colour {
            Some(colour) => add(style_of(colour), "●", &m.fill("comes_across", &[("colour", m.get(colour.name()))])),
            None => add(FAINT, "○", &format!("{} ({})", m.get("no_colour"), self.likeliest(reading))),
        }
        for axis in Axis::ALL {
            let e = reading.axes.get(axis);
            let pole = e.pole.map_or("–", |p| m.get(p.name()));
            add(Style::new(), " ", &format!("{:9} {} {:+.2} [{:+.2} … {:+.2}] {pole}", m.get(axis.name()), gauge(e.value, e.low, e.high), e.value, e.low, e.high));
        }
        let mut situations: Vec<Situation> = Situation::ALL.into_iter().filter(|s| reading.active.contains(s)).collect();
        situations.sort_by(|a, b| reading.situations.get(*b).total_cmp(&reading.situations.get(*a)));
        if !situations.is_empty() {
            let named = situations.iter().map(|s| format!("{} {:.0} %", self.situation(*s), 100.0 * reading.situations.get(*s))).collect::<Vec<_>>();
            add(BOLD, " ", &named.join(", "));
        }
        self.reasons(reading, false, "why", &mut add);
        self.reasons(reading, true, "against", &mut add);
        let lead = match reading.lead {
            Lead::Agent => "lead_agent",
            Lead::Customer => "lead_customer",
            Lead::Shared => "lead_shared",
        };
        add(Style::new(), " ", &format!("{}: {}", m.get("lead"), m.get(lead)));
        if let Some(ask) = &reading.ask {
            add(Style::new().italic(), "?", &format!("{}: “{}”", m.get("ask"), ask.say));
        }
        lines
    }

    fn reasons(&self, reading: &Reading, counter: bool, key: &str, add: &mut impl FnMut(Style, &str, &str)) {
        let shown: Vec<&Evidence> = reading.evidence.iter().filter(|e| e.counter == counter).take(if counter { 2 } else { REASONS }).collect();
        for (i, e) in shown.iter().enumerate() {
            let bears = match e.bears_on.as_str() {
                "energy" => self.messages.get(if e.contribution < 0.0 { "introvert" } else { "extravert" }).to_owned(),
                "feeling" => self.messages.get(if e.contribution < 0.0 { "rational" } else { "emotional" }).to_owned(),
                other => Situation::ALL.into_iter().find(|s| s.name() == other).map_or_else(|| other.to_owned(), |s| self.situation(s)),
            };
            let quote = e.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            let quote = if quote.is_empty() { e.cue.clone() } else { format!("“{quote}”") };
            let head = if i == 0 { format!("{}: ", self.messages.get(key)) } else { "  ".to_owned() };
            let cue = if e.cue == "wording" { self.messages.get("wording") } else { &e.cue };
            add(FAINT, " ", &format!("{head}{quote} → {bears} ({cue}, {:+.2})", e.contribution));
        }
    }

    fn likeliest(&self, reading: &Reading) -> String {
        let c = reading.colours;
        let mut all = [(c.red, "red"), (c.blue, "blue"), (c.yellow, "yellow"), (c.green, "green")];
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        if all[0].0 < 0.4 {
            return self.messages.get("too_little").to_owned();
        }
        let name = |i: usize| format!("{} {:.0} %", self.messages.get(all[i].1), 100.0 * all[i].0);
        format!("{} {}, {}", self.messages.get("likely"), name(0), name(1))
    }

    fn situation(&self, situation: Situation) -> String {
        let known = self.engine.pack().situations.iter().find(|s| s.id == situation.name());
        known.and_then(|s| s.name.get(self.messages.code)).map_or_else(|| situation.name().to_owned(), Clone::clone)
    }

    /// The wheel with its poles named, coloured by quadrant.
    fn wheel_lines(&self) -> Vec<String> {
        let m = self.messages;
        let grid = wheel::draw(&self.trail);
        let (rows, half) = (grid.len(), wheel::WIDTH / 2);
        let mut lines = vec![format!("{}{}", " ".repeat(half.saturating_sub(m.get("emotional").width() / 2)), m.get("emotional"))];
        for (y, row) in grid.into_iter().enumerate() {
            let mut line = String::new();
            for (x, c) in row.into_iter().enumerate() {
                let colour = match (x > half, y < rows / 2) {
                    (true, true) => Colour::Red,
                    (true, false) => Colour::Yellow,
                    (false, true) => Colour::Green,
                    (false, false) => Colour::Blue,
                };
                if matches!(c, ' ' | '─' | '│' | '┼') {
                    line.push(c);
                } else {
                    let style = if c == '●' { style_of(colour).bold() } else { style_of(colour) };
                    let _ = write!(line, "{style}{c}{style:#}");
                }
            }
            if y == rows / 2 {
                let _ = write!(line, " {}", m.get("extravert"));
            }
            lines.push(line);
        }
        lines.push(format!("{}{}", " ".repeat(half.saturating_sub(m.get("rational").width() / 2)), m.get("rational")));
        lines
    }
}

/// Where a value and its interval stand between −1 and 1.
fn gauge(value: f32, low: f32, high: f32) -> String {
    const CELLS: usize = 15;
    let cell = |v: f32| ((f32::midpoint(v, 1.0) * (CELLS - 1) as f32).round() as usize).min(CELLS - 1);
    (0..CELLS)
        .map(|i| match i {
            i if i == cell(value) => '●',
            i if (cell(low)..=cell(high)).contains(&i) => '━',
            i if i == CELLS / 2 => '┼',
            _ => '─',
        })
        .collect()
}

fn style_of(colour: Colour) -> Style {
    let ansi = match colour {
        Colour::Red => AnsiColor::Red,
        Colour::Blue => AnsiColor::Blue,
        Colour::Yellow => AnsiColor::Yellow,
        Colour::Green => AnsiColor::Green,
    };
    Style::new().fg_color(Some(Color::Ansi(ansi)))
}

/// Byte ranges of the evidence in the text, merged.
fn marks(reading: &Reading, text: &str) -> Vec<(usize, usize)> {
    let mut bytes = Vec::new();
    let mut utf16 = 0;
    for (i, c) in text.char_indices() {
        for _ in 0..c.len_utf16() {
            bytes.push(i);
        }
        utf16 += c.len_utf16();
    }
    bytes.push(text.len());
    let mut marks: Vec<(usize, usize)> = reading.evidence.iter().filter(|e| e.end <= utf16 && e.start < e.end).map(|e| (bytes[e.start], bytes[e.end])).collect();
    marks.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (from, to) in marks {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}
