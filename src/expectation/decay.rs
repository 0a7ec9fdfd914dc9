//! How fast the terms of a sum fall off, and what that says about those not yet added.

/// How many successive terms are looked at together, so that a component may change its sign among them.
pub(super) const BLOCK: usize = 16;

/// What the last blocks of terms foretell of one component.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outlook {
    /// A bound on the sum of the absolute values of all terms to come; ∞ as long as there is none.
    pub(super) bound: f64,
    /// −ln of the ratio of successive terms.
    rate: f64,
}

impl Outlook {
    const UNKNOWN: Self = Self { bound: f64::INFINITY, rate: 0.0 };

    /// About how many more terms it takes until those still to come are bounded by `floor`.
    pub(super) fn terms_to_come(&self, floor: f64) -> f64 {
        if self.bound <= floor {
            0.0
        } else if self.rate > 0.0 && self.bound < f64::INFINITY {
            (self.bound / floor).ln() / self.rate
        } else {
            f64::INFINITY
        }
    }
}

/// The sums of |f g_c| over successive blocks of terms, going outwards from a mode.
pub(super) struct Decay {
    current: Vec<f64>,
    previous: Vec<f64>,
    ratios: Vec<f64>,
    /// The largest |g_c| so far.
    largest: Vec<f64>,
}

impl Decay {
    pub(super) fn new(width: usize) -> Self {
        Self {
            current: vec![0.0; width],
            previous: vec![0.0; width],
            ratios: vec![0.0; width],
            largest: vec![0.0; width],
        }
    }

    pub(super) fn add(&mut self, term: &[f64]) {
        let density = term[0];
        for (c, term) in term.iter().map(|term| term.abs()).enumerate() {
            self.current[c] += term;
            if density > 0.0 {
                self.largest[c] = self.largest[c].max(term / density);
            }
        }
    }

    /// The outlook of every component once a block is full, `n` terms away from the mode.
    ///
    /// If the blocks A₁, A₂ fall with a ratio R = A₂/A₁ that is not larger than the one before, those to come are below
    /// A₂ R/(1 − R). If the ratio grows, as it does for a power law n⁻ˢ and for such things as pᵏ/k, or if it is the first, they
    /// are below the power law with the present exponent s, which is A₂ n/(16(s − 1)), and twice that leaves room for an
    /// exponent that still moves. Neither is allowed to be less than the bound of the mass times the largest |g_c| so far, since
    /// a block in which g_c changes its sign looks smaller than it is.
    pub(super) fn close_block(&mut self, n: usize) -> Vec<Outlook> {
        let mass = self.outlook(0, n).bound;
        let outlooks = (0..self.current.len())
            .map(|c| {
                let own = self.outlook(c, n);
                let with_mass = if mass > 0.0 { mass * self.largest[c] } else { 0.0 };
                Outlook { bound: own.bound.max(with_mass), ..own }
            })
            .collect();
        for c in 0..self.current.len() {
            self.ratios[c] = self.current[c] / self.previous[c];
        }
        std::mem::swap(&mut self.previous, &mut self.current);
        self.current.fill(0.0);
        outlooks
    }

    fn outlook(&self, c: usize, n: usize) -> Outlook {
        #[allow(clippy::cast_precision_loss)] // sums are shorter than 2⁵² terms
        let (n, length) = (n as f64, BLOCK as f64);
        if n <= length {
            return Outlook::UNKNOWN;
        }
        if self.current[c] == 0.0 {
            return Outlook { bound: 0.0, rate: 0.0 };
        }
        let ratio = self.current[c] / self.previous[c];
        if ratio.is_nan() || ratio >= 1.0 {
            return Outlook::UNKNOWN;
        }
        let rate = -ratio.ln() / length;
        let steady = self.ratios[c].is_finite() && ratio <= self.ratios[c] * (1.0 + 1e-9);
        let bound = if steady {
            self.current[c] * ratio / (1.0 - ratio)
        } else {
            let centre = n - 0.5 * length;
            let exponent = rate * length / (centre / (centre - length)).ln();
            if exponent <= 1.0 {
                return Outlook { bound: f64::INFINITY, rate };
            }
            2.0 * self.current[c] * n / (length * (exponent - 1.0))
        };
        Outlook { bound, rate }
    }
}
