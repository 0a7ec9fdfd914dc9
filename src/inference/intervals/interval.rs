//! An interval, and what its ends may be.

use std::fmt;

/// An end of an interval.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum End {
    /// The interval ends here.
    At(f64),
    /// The interval has no end on this side: however far out, the data do not refute the value at the level asked for.
    Unbounded {
        /// The highest level at which the interval would end: the profile likelihood flattens out there.
        level: f64,
    },
    /// The interval reaches to the bound of the domain, which is not itself allowed.
    AtBound {
        /// The bound.
        bound: f64,
        /// The highest level at which the interval would end before.
        level: f64,
    },
    /// The profile likelihood cannot be followed further, although it has not fallen enough yet.
    Stopped {
        /// The last value reached.
        at: f64,
        /// The level of the interval that ends there.
        level: f64,
        /// Why no step further can be taken, in the words of the error.
        reason: String,
    },
}

impl End {
    /// The value of the end, if it has one.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        if let Self::At(value) = self { Some(*value) } else { None }
    }
}

/// A confidence interval for one number, with an end on either side or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Interval {
    /// What it is about.
    pub name: String,
    /// The estimate.
    pub estimate: f64,
    /// The lower end.
    pub lower: End,
    /// The upper end.
    pub upper: End,
    /// The confidence level, between 0 and 1.
    pub level: f64,
}

impl Interval {
    /// Lower and upper end as numbers: the infinities where the interval is unbounded, the bound where it reaches to one, the last value
    /// reached where it could not be followed.
    #[must_use]
    pub fn ends(&self) -> [f64; 2] {
        [number(&self.lower, f64::NEG_INFINITY), number(&self.upper, f64::INFINITY)]
    }

    /// Whether both ends are known.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.lower.value().is_some() && self.upper.value().is_some()
    }

    /// Whether a value lies in it.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        let [lower, upper] = self.ends();
        lower <= value && value <= upper
    }
}

fn number(end: &End, infinity: f64) -> f64 {
    match *end {
        End::At(value) | End::AtBound { bound: value, .. } | End::Stopped { at: value, .. } => value,
        End::Unbounded { .. } => infinity,
    }
}

/// One line: name, estimate and interval, and at which level an open end would close.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [lower, upper] = self.ends();
        let bracket = |end: &End, closed, open| if end.value().is_some() { closed } else { open };
        let (left, right) = (bracket(&self.lower, '[', '('), bracket(&self.upper, ']', ')'));
        write!(f, "{} = {}, {} ", self.name, written(self.estimate), percent(self.level))?;
        write!(f, "{left}{}, {}{right}", written(lower), written(upper))?;
        for (side, end) in [("below", &self.lower), ("above", &self.upper)] {
            match end {
                End::At(_) => {}
                End::Unbounded { level } | End::AtBound { level, .. } => {
                    write!(f, "; {side} it is flat from a level of {:.2}%", 100.0 * level)?;
                }
                End::Stopped { level, reason, .. } => {
                    write!(f, "; {side} it stops at a level of {:.2}%: {reason}", 100.0 * level)?;
                }
            }
        }
        Ok(())
    }
}

/// A number to about six digits.
fn written(value: f64) -> String {
    match value {
        f64::INFINITY => "∞".to_owned(),
        f64::NEG_INFINITY => "−∞".to_owned(),
        0.0 => "0".to_owned(),
        usual if (1e-3..1e6).contains(&usual.abs()) => format!("{usual:.6}"),
        other => format!("{other:.5e}"),
    }
}

/// A level in per cent, without zeros at its end.
fn percent(level: f64) -> String {
    let text = format!("{:.9}", 100.0 * level);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}
