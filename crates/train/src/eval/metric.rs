//! Metrics as pure functions. "Not computable" is `None`, never a number.

/// Spearman's rank correlation; ties share their mean rank.
pub fn spearman(x: &[f32], y: &[f32]) -> Option<f64> {
    pearson(&ranks(x), &ranks(y))
}

fn ranks(v: &[f32]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..v.len()).collect();
    order.sort_by(|&a, &b| v[a].total_cmp(&v[b]));
    let mut ranks = vec![0.0; v.len()];
    let mut i = 0;
    while i < order.len() {
        let mut j = i;
        while j + 1 < order.len() && v[order[j + 1]].total_cmp(&v[order[i]]).is_eq() {
            j += 1;
        }
        for &k in &order[i..=j] {
            ranks[k] = (i + j) as f64 / 2.0;
        }
        i = j + 1;
    }
    ranks
}

fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(y).map(|(a, b)| f(a - mx, b - my)).sum::<f64>();
    let (sx, sy) = (sum(&|a, _| a * a).sqrt(), sum(&|_, b| b * b).sqrt());
    (sx > 0.0 && sy > 0.0).then(|| sum(&|a, b| a * b) / sx / sy)
}

/// Hits, false alarms and misses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Counts {
    pub hits: usize,
    pub alarms: usize,
    pub misses: usize,
}

impl Counts {
    /// Counts predicted against true.
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut c = Self::default();
        for (predicted, truth) in pairs {
            c.hits += usize::from(predicted && truth);
            c.alarms += usize::from(predicted && !truth);
            c.misses += usize::from(!predicted && truth);
        }
        c
    }

    /// F1; 1 when there was nothing to find and nothing was found.
    pub fn f1(self) -> f64 {
        if self.hits + self.alarms + self.misses == 0 { 1.0 } else { 2.0 * self.hits as f64 / (2 * self.hits + self.alarms + self.misses) as f64 }
    }
}

/// Macro-averaged F1 over the classes that occur in the truth.
pub fn macro_f1<T: PartialEq + Copy>(pairs: &[(T, T)], classes: &[T]) -> Option<f64> {
    let mut scores = Vec::new();
    for class in classes {
        let c = Counts::of(pairs.iter().map(|(p, t)| (p == class, t == class)));
        if c.hits + c.misses > 0 {
            scores.push(c.f1());
        }
    }
    mean(&scores)
}

/// Average precision of scores against truth.
pub fn average_precision(scored: &[(f32, bool)]) -> Option<f64> {
    let mut order: Vec<usize> = (0..scored.len()).collect();
    order.sort_by(|&a, &b| scored[b].0.total_cmp(&scored[a].0));
    let (mut hits, mut sum) = (0.0, 0.0);
    for (rank, &i) in order.iter().enumerate() {
        if scored[i].1 {
            hits += 1.0;
            sum += hits / (rank + 1) as f64;
        }
    }
    (hits > 0.0).then(|| sum / hits)
}

/// One bin of a reliability diagram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Mean predicted probability.
    pub predicted: f64,
    /// Share that was true.
    pub observed: f64,
    /// How many.
    pub count: usize,
}

/// Ten bins of predicted probability.
pub fn reliability(scored: &[(f32, bool)]) -> Vec<Option<Bin>> {
    (0..10)
        .map(|b| {
            let own: Vec<_> = scored.iter().filter(|(p, _)| ((p * 10.0) as usize).min(9) == b).collect();
            let n = own.len();
            (n > 0).then(|| Bin {
                predicted: own.iter().map(|(p, _)| f64::from(*p)).sum::<f64>() / n as f64,
                observed: own.iter().filter(|(_, y)| *y).count() as f64 / n as f64,
                count: n,
            })
        })
        .collect()
}

/// Expected calibration error over the bins.
pub fn calibration_error(scored: &[(f32, bool)]) -> Option<f64> {
    let n = scored.len();
    (n > 0).then(|| reliability(scored).into_iter().flatten().map(|b| (b.predicted - b.observed).abs() * b.count as f64).sum::<f64>() / n as f64)
}

/// The arithmetic mean.
pub fn mean(v: &[f64]) -> Option<f64> {
    (!v.is_empty()).then(|| v.iter().sum::<f64>() / v.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_with_ties() {
        assert!((spearman(&[1.0, 2.0, 2.0, 4.0], &[1.0, 3.0, 3.0, 9.0]).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
    }

    #[test]
    fn classes_that_never_occur_do_not_count() {
        assert_eq!(macro_f1(&[(1, 1), (2, 2)], &[1, 2, 3]), Some(1.0));
        assert_eq!(macro_f1(&[(1, 2), (2, 2)], &[1, 2]), Some(f64::midpoint(2.0 / 3.0, 2.0 / 3.0)));
    }

    #[test]
    fn a_perfect_ranking_has_average_precision_one() {
        assert_eq!(average_precision(&[(0.9, true), (0.8, true), (0.1, false)]), Some(1.0));
        assert_eq!(average_precision(&[(0.9, false)]), None);
    }
}
