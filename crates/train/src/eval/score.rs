//! One reader's scores on one set, and on slices of it.

use super::metric::{Counts, average_precision, calibration_error, macro_f1, mean, spearman};
use super::{Prediction, sign};
use crate::corpus::{Annotation, Labelled, consensus};
use serde::{Deserialize, Serialize};
use tuntuma_engine::{Colour, Situation};

/// Everything measured of a reader on a set. Missing where it cannot be computed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Scores {
    pub turns: usize,
    pub energy_rho: Option<f64>,
    pub energy_pole: Option<f64>,
    pub feeling_rho: Option<f64>,
    pub feeling_pole: Option<f64>,
    pub colour: Option<f64>,
    pub situations: Option<f64>,
    pub situations_ap: Option<f64>,
    pub by_situation: Vec<Option<f64>>,
    pub shift: Option<f64>,
    pub lead: Option<f64>,
    pub calibration_error: Option<f64>,
    /// Mean number of customer turns until the first right colour, over conversations that have one.
    pub earliness: Option<f64>,
    /// Situations said to hold per 100 turns where none does.
    pub false_alarms: Option<f64>,
}

/// One conversation's truth and a reader's predictions, turn by turn.
#[derive(Debug, Clone)]
pub struct Judged<'l> {
    /// The conversation.
    pub labelled: &'l Labelled,
    /// The truth of each labelled customer turn.
    pub truth: Vec<Annotation>,
    /// What the reader says of each.
    pub predicted: Vec<Prediction>,
}

/// The truth of a conversation's turns.
pub fn truth(labelled: &Labelled) -> Vec<Annotation> {
    labelled.labels.iter().map(|l| consensus(l)).collect()
}

/// Scores a reader.
pub fn score(judged: &[Judged<'_>]) -> Scores {
    let pairs: Vec<(&Prediction, &Annotation)> = judged.iter().flat_map(|j| j.predicted.iter().zip(&j.truth)).collect();
    if pairs.is_empty() {
        return Scores::default();
    }
    let axis = |i: usize| {
        let gold = |t: &Annotation| if i == 0 { t.energy } else { t.feeling };
        let rho = spearman(&pairs.iter().map(|(p, _)| p.axes[i]).collect::<Vec<_>>(), &pairs.iter().map(|(_, t)| gold(t)).collect::<Vec<_>>());
        (rho, macro_f1(&pairs.iter().map(|(p, t)| (p.poles[i], sign(gold(t)))).collect::<Vec<_>>(), &[-1, 0, 1]))
    };
    let colours: Vec<_> = pairs.iter().map(|(p, t)| (p.colour(), Prediction::from(*t).colour())).collect();
    let by_situation: Vec<Option<f64>> = Situation::ALL.into_iter().map(|s| situation_f1(&pairs, s)).collect();
    let leads: Vec<_> = pairs.iter().map(|(p, t)| (p.lead.as_str(), t.lead.as_str())).collect();
    let given: Vec<(f32, bool)> =
        pairs.iter().flat_map(|(p, t)| Situation::ALL.map(|s| p.probabilities.as_ref().map(|q| (q[s as usize], t.types.contains(&s))))).flatten().collect();
    let plain: Vec<_> = pairs.iter().filter(|(_, t)| t.types.is_empty()).collect();
    let ((energy_rho, energy_pole), (feeling_rho, feeling_pole)) = (axis(0), axis(1));
    Scores {
        turns: pairs.len(),
        energy_rho,
        energy_pole,
        feeling_rho,
        feeling_pole,
        colour: macro_f1(&colours, &[Some(Colour::Red), Some(Colour::Blue), Some(Colour::Yellow), Some(Colour::Green), None]),
        situations: mean(&by_situation.iter().flatten().copied().collect::<Vec<_>>()),
        situations_ap: mean(&Situation::ALL.into_iter().filter_map(|s| situation_ap(&pairs, s)).collect::<Vec<_>>()),
        by_situation,
        shift: Some(shift_counts(judged).f1()),
        lead: macro_f1(&leads, &["agent", "customer", "shared"]),
        calibration_error: calibration_error(&given),
        earliness: earliness(judged),
        false_alarms: (!plain.is_empty()).then(|| 100.0 * plain.iter().map(|(p, _)| p.active.len()).sum::<usize>() as f64 / plain.len() as f64),
    }
}

fn situation_f1(pairs: &[(&Prediction, &Annotation)], s: Situation) -> Option<f64> {
    let c = Counts::of(pairs.iter().map(|(p, t)| (p.active.contains(&s), t.types.contains(&s))));
    (c.hits + c.misses > 0).then(|| c.f1())
}

fn situation_ap(pairs: &[(&Prediction, &Annotation)], s: Situation) -> Option<f64> {
    average_precision(&pairs.iter().filter_map(|(p, t)| Some((p.probabilities.as_ref()?[s as usize], t.types.contains(&s)))).collect::<Vec<_>>())
}

/// Turns at which an axis changed sign against its last sign: turn, axis, sign reached.
pub fn shifts_of(poles: &[[i8; 2]]) -> Vec<(usize, usize, i8)> {
    let (mut last, mut out) = ([0; 2], Vec::new());
    for (i, turn) in poles.iter().enumerate() {
        for axis in 0..2 {
            let s = turn[axis];
            if s != 0 {
                if last[axis] != 0 && last[axis] != s {
                    out.push((i, axis, s));
                }
                last[axis] = s;
            }
        }
    }
    out
}

/// Shifts found within one customer turn of where they are.
fn shift_counts(judged: &[Judged<'_>]) -> Counts {
    let mut c = Counts::default();
    for j in judged {
        let told = j.predicted.iter().any(|p| p.shifts.is_some());
        let said: Vec<_> = if told {
            j.predicted.iter().enumerate().flat_map(|(i, p)| p.shifts.iter().flatten().map(move |&(axis, s)| (i, axis, s))).collect()
        } else {
            shifts_of(&j.predicted.iter().map(|p| p.poles).collect::<Vec<_>>())
        };
        let real = shifts_of(&j.truth.iter().map(|t| [sign(t.energy), sign(t.feeling)]).collect::<Vec<_>>());
        let mut used = vec![false; real.len()];
        for (i, axis, s) in said {
            match (0..real.len()).find(|&k| !used[k] && real[k].1 == axis && real[k].2 == s && real[k].0.abs_diff(i) <= 1) {
                Some(k) => {
                    used[k] = true;
                    c.hits += 1;
                }
                None => c.alarms += 1,
            }
        }
        c.misses += used.iter().filter(|u| !**u).count();
    }
    c
}

fn earliness(judged: &[Judged<'_>]) -> Option<f64> {
    let first = |j: &Judged<'_>| {
        let right = |(p, t): (&Prediction, &Annotation)| p.colour().is_some() && p.colour() == Prediction::from(t).colour();
        j.predicted.iter().zip(&j.truth).position(right).map(|i| i as f64 + 1.0)
    };
    mean(&judged.iter().filter_map(first).collect::<Vec<_>>())
}

/// Each annotator against the others, averaged: the upper mark.
pub fn one_reader(set: &[Labelled]) -> Scores {
    let n = set.iter().flat_map(|l| &l.labels).map(Vec::len).max().unwrap_or(0);
    let each: Vec<Scores> = (0..n).map(|k| score(&leave_one_out(set, k))).collect();
    average(&each)
}

fn leave_one_out(set: &[Labelled], k: usize) -> Vec<Judged<'_>> {
    set.iter()
        .map(|labelled| {
            let others = |l: &Vec<Annotation>| consensus(&l.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, a)| a.clone()).collect::<Vec<_>>());
            let rows: Vec<_> = labelled.labels.iter().filter(|l| l.len() > k && l.len() > 1).collect();
            Judged { labelled, truth: rows.iter().map(|l| others(l)).collect(), predicted: rows.iter().map(|l| Prediction::from(&l[k])).collect() }
        })
        .collect()
}

fn average(each: &[Scores]) -> Scores {
    let over = |get: fn(&Scores) -> Option<f64>| mean(&each.iter().filter_map(get).collect::<Vec<_>>());
    Scores {
        turns: each.first().map_or(0, |s| s.turns),
        energy_rho: over(|s| s.energy_rho),
        energy_pole: over(|s| s.energy_pole),
        feeling_rho: over(|s| s.feeling_rho),
        feeling_pole: over(|s| s.feeling_pole),
        colour: over(|s| s.colour),
        situations: over(|s| s.situations),
        situations_ap: None,
        by_situation: (0..8).map(|i| mean(&each.iter().filter_map(|s| s.by_situation.get(i).copied().flatten()).collect::<Vec<_>>())).collect(),
        shift: over(|s| s.shift),
        lead: over(|s| s.lead),
        calibration_error: None,
        earliness: over(|s| s.earliness),
        false_alarms: over(|s| s.false_alarms),
    }
}
