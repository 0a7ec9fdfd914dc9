//! Whether the experts agree.

use super::experts::{Experts, Source};
use super::linear::{generalised_inverse, spread};
use super::loss::{squared_distance, sum};
use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::{Test, TestKind};
use crate::information::{Information, Observed, eigen};
use nalgebra::{DMatrix, DVector};
use std::fmt;

/// The test that all experts estimate the same parameters, and who or what speaks against it.
///
/// ```math
/// Q = \sum_k (\hat\theta_k - \bar\theta)^{\mathsf T} F_k\, (\hat\theta_k - \bar\theta)
/// ```
///
/// with θ̄ the full merge. If they do, and each estimate is normal with covariance Fₖ⁻¹, Q has the law of χ² with Σ rank Fₖ − rank Σ Fₖ degrees of
/// freedom: (K − 1)p of K experts who know all p parameters.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Consistency {
    /// The K experts.
    pub labels: Vec<String>,
    /// The p parameters.
    pub names: Vec<String>,
    /// Q against χ².
    pub test: Test,
    /// The K × p shares of Q, none negative, whose sum it is.
    ///
    /// With D the diagonal of Fₖ, expert k and parameter j have zⱼ², z = (D^(−1/2)FₖD^(−1/2))^(1/2) D^(1/2)(θ̂ₖ − θ̄). The zⱼ are the
    /// uncorrelated variables of variance 1 that are nearest to the scores: each belongs to one parameter, they depend neither on units nor
    /// on the order of the parameters, and where parameters are orthogonal zⱼ² is the share that is plainly theirs.
    /// Source: Kessy, Lewin and Strimmer, *Optimal whitening and decorrelation*, Am. Statist. 72 (2018), 309–314 (ZCA-cor whitening).
    pub contributions: DMatrix<f64>,
    /// Every expert against the merge of all others: Q less that of the others alone, with as many degrees of freedom as the two share.
    /// Nothing for one that shares no parameter with them.
    pub against_others: Vec<Option<Test>>,
}

impl Consistency {
    /// The share of Q of every expert, (θ̂ₖ − θ̄)ᵀFₖ(θ̂ₖ − θ̄).
    #[must_use]
    pub fn by_expert(&self) -> Vec<f64> {
        self.contributions.row_iter().map(|row| row.sum()).collect()
    }

    /// The share of Q of every parameter.
    #[must_use]
    pub fn by_parameter(&self) -> Vec<f64> {
        self.contributions.column_iter().map(|column| column.sum()).collect()
    }

    /// The expert and the parameter with the largest share, and the share.
    #[must_use]
    pub fn largest(&self) -> (&str, &str, f64) {
        let (mut place, mut largest) = ((0, 0), f64::NEG_INFINITY);
        for k in 0..self.labels.len() {
            for j in 0..self.names.len() {
                if self.contributions[(k, j)] > largest {
                    (place, largest) = ((k, j), self.contributions[(k, j)]);
                }
            }
        }
        (&self.labels[place.0], &self.names[place.1], largest)
    }

    /// H² = Q over its degrees of freedom, about 1 if the experts agree (Higgins and Thompson 2002).
    #[must_use]
    pub fn h_squared(&self) -> f64 {
        h_squared(&self.test)
    }

    /// I² = 1 − 1/H², or 0 if that is negative: the share of the variation between the estimates that chance does not explain.
    #[must_use]
    pub fn i_squared(&self) -> f64 {
        i_squared(&self.test)
    }
}

/// Q over its degrees of freedom.
#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ degrees of freedom
pub(super) fn h_squared(test: &Test) -> f64 {
    test.statistic.value / test.degrees_of_freedom() as f64
}

/// max(0, 1 − 1/H²)
pub(super) fn i_squared(test: &Test) -> f64 {
    let h_squared = h_squared(test);
    if h_squared > 1.0 { 1.0 - 1.0 / h_squared } else { 0.0 }
}

/// The test, and a row for each expert: its share of Q, the parameter with the largest part of that, and its p-value against the others.
impl fmt::Display for Consistency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = crate::information::digits;
        writeln!(f, "{}, I² = {}", self.test, digits(self.i_squared(), 2))?;
        let head = ["", "share", "most by", "p against the others"].map(str::to_owned).to_vec();
        let mut rows = vec![head];
        for (k, label) in self.labels.iter().enumerate() {
            let row = self.contributions.row(k);
            let parameter = &self.names[row.transpose().imax()];
            let p = self.against_others[k].as_ref().map_or("–".into(), |test| digits(test.p_value(), 3));
            rows.push(vec![label.clone(), digits(row.sum(), 3), parameter.clone(), p]);
        }
        crate::information::table(f, &rows)
    }
}

/// Two experts and the test that they agree.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pair {
    /// Their labels.
    pub labels: [String; 2],
    /// (θ̂₁ − θ̂₂)ᵀ(F₁⁻¹ + F₂⁻¹)⁻¹(θ̂₁ − θ̂₂) if both know all parameters. Nothing if there is no parameter of which both know something.
    pub test: Option<Test>,
}

/// Where some experts would meet, and how far they are from there.
struct Meeting {
    theta: DVector<f64>,
    statistic: Estimate,
    degrees: usize,
}

impl Experts {
    /// Whether the experts agree, whatever their weights and without the base.
    ///
    /// ```
    /// use fisher_information::geometry::merging::{Expert, Experts};
    ///
    /// let expert = |label, mean| Expert::from_standard_errors(label, &[("mean", mean, 1.0), ("shape", 2.0, 1.0)]);
    /// let consistency = Experts::new([expert("a", 0.0)?, expert("b", 0.0)?, expert("c", 6.0)?])?.consistency()?;
    /// // The mean of the means is 2: Q = 2² + 2² + 4² with (3 − 1)·2 degrees of freedom
    /// assert!((consistency.test.statistic.value - 24.0).abs() < 1e-12);
    /// assert_eq!(consistency.test.degrees_of_freedom(), 4);
    /// assert!(consistency.test.rejects(1e-4));
    /// let (expert, parameter, share) = consistency.largest();
    /// assert_eq!((expert, parameter), ("c", "mean"));
    /// assert!((share - 16.0).abs() < 1e-12);
    /// assert!((consistency.i_squared() - (1.0 - 4.0 / 24.0)).abs() < 1e-12);
    /// // c against the mean of a and b, 0 ± √½: 6²/(1 + ½)
    /// let alone = consistency.against_others[2].as_ref().map(|test| test.statistic.value);
    /// assert!(alone.is_some_and(|statistic| (statistic - 24.0).abs() < 1e-12));
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Sources: Cochran (1954); for several parameters, Becker and Wu, *The synthesis of regression slopes in meta-analysis*, Statist. Sci. 22
    /// (2007), 414–429.
    ///
    /// # Errors
    /// [`Error::NothingToTest`] if no two experts know something of the same parameter; [`Error::EntryNotFinite`] if a sum overflows.
    pub fn consistency(&self) -> Result<Consistency, Error> {
        let count = self.experts().len();
        let all: Vec<usize> = (0..count).collect();
        let meeting = self.meeting(&all)?;
        let Some(test) = self.test(&meeting) else {
            return Err(Error::NothingToTest { entries: self.names().to_vec() });
        };
        let mut contributions = DMatrix::zeros(count, self.names().len());
        for k in 0..count {
            let source = self.alone(k);
            for (&place, share) in source.places.iter().zip(shares(&source, &meeting.theta)) {
                contributions[(k, place)] = share;
            }
        }
        let without = |k: usize| {
            let others: Vec<usize> = all.iter().copied().filter(|&other| other != k).collect();
            let others = self.meeting(&others)?;
            let value = (meeting.statistic.value - others.statistic.value).max(0.0);
            let statistic = Estimate::new(value, meeting.statistic.error + others.statistic.error);
            let degrees = meeting.degrees.saturating_sub(others.degrees);
            Ok(self.test(&Meeting { statistic, degrees, ..others }))
        };
        let against_others = (0..count).map(without).collect::<Result<_, Error>>()?;
        Ok(Consistency { labels: self.labels(), names: self.names().to_vec(), test, contributions, against_others })
    }

    /// The same test of every pair of experts: K(K − 1)/2 of them, in the order (1, 2), (1, 3), …, (2, 3), ….
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows.
    pub fn pairwise(&self) -> Result<Vec<Pair>, Error> {
        let labels = self.labels();
        let pairs = (0..labels.len()).flat_map(|j| (j + 1..labels.len()).map(move |k| (j, k)));
        let compare = |(j, k): (usize, usize)| {
            let test = self.test(&self.meeting(&[j, k])?);
            Ok(Pair { labels: [labels[j].clone(), labels[k].clone()], test })
        };
        pairs.map(compare).collect()
    }

    /// A point where the sum of the quadratic losses of some experts is least, unique but for what none of them knows, twice the sum there, and
    /// how many restrictions it takes for the sum to be zero.
    fn meeting(&self, chosen: &[usize]) -> Result<Meeting, Error> {
        let size = self.names().len();
        let sources: Vec<Source<'_>> = chosen.iter().map(|&k| self.alone(k)).collect();
        let (mut matrix, mut error) = (DMatrix::zeros(size, size), DMatrix::zeros(size, size));
        let (mut middle, mut known) = (DVector::zeros(size), DVector::<f64>::zeros(size));
        let mut ranks = 0;
        for source in &sources {
            let own = source.expert.curvature();
            matrix += spread(own.matrix(), source.places, size);
            error += spread(own.error(), source.places, size);
            middle += source.estimates(&DVector::zeros(size));
            source.places.iter().for_each(|&place| known[place] += 1.0);
            ranks += own.rank();
        }
        middle.component_div_assign(&known.map(|count| count.max(1.0)));
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ experts
        let error = error + matrix.abs() * (sources.len() as f64 * f64::EPSILON);
        let provenance = crate::expectation::Provenance::Derived;
        let spectrum = Information::<Observed>::new(self.names(), matrix, error, 1.0, provenance)?.spectrum();
        let inverse = generalised_inverse(&spectrum);

        let mut theta = middle;
        for _ in 0..2 {
            let mut slope = DVector::zeros(size);
            for source in &sources {
                let matrix = spread(source.expert.curvature().matrix(), source.places, size);
                slope += matrix * (source.estimates(&theta) - &theta);
            }
            theta += &inverse * slope;
        }
        let slack = DVector::zeros(size);
        let distances: Vec<Estimate> =
            sources.iter().map(|source| squared_distance(source, &theta, &slack)).collect::<Result<_, _>>()?;
        Ok(Meeting { theta, statistic: sum(&distances), degrees: ranks.saturating_sub(spectrum.rank()) })
    }

    /// The test of a meeting, if there is anything to test.
    fn test(&self, meeting: &Meeting) -> Option<Test> {
        (meeting.degrees > 0).then(|| {
            Test::chi_squared(TestKind::Homogeneity, self.names().to_vec(), meeting.statistic, meeting.degrees)
        })
    }
}

/// zⱼ² with z = S^(1/2)D^(1/2)δ for F = D^(1/2)SD^(1/2), the parameters of one expert.
fn shares(source: &Source<'_>, theta: &DVector<f64>) -> Vec<f64> {
    let matrix = source.expert.information().matrix();
    let scale = DVector::from_fn(matrix.nrows(), |i, _| matrix[(i, i)].max(0.0).sqrt());
    let inverse = scale.map(|scale| if scale > 0.0 { 1.0 / scale } else { 0.0 });
    let scaled = DMatrix::from_fn(scale.len(), scale.len(), |i, j| matrix[(i, j)] * inverse[i] * inverse[j]);
    let delta = DVector::from_column_slice(source.expert.estimates()) - source.part(theta);
    let standardised = delta.component_mul(&scale);
    let (values, vectors) = eigen(scaled);
    let mut z = DVector::zeros(scale.len());
    for (k, value) in values.iter().enumerate() {
        let vector = vectors.column(k);
        z += vector * (value.max(0.0).sqrt() * vector.dot(&standardised));
    }
    z.iter().map(|z| z * z).collect()
}
