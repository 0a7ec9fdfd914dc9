//! Lines: which to run, and how to print them.

use crate::clock::{SHORTEST, WARM, Way, medians};

/// What was asked for on the command line.
pub struct Report {
    filters: Vec<String>,
    /// Whether to measure; `cargo test` only wants to see that the ways agree.
    timed: bool,
}

impl Report {
    /// `cargo bench` adds `--bench`; all that is no option is the beginning of a name.
    pub fn from_arguments() -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let timed = arguments.iter().any(|argument| argument == "--bench");
        Self { filters: arguments.into_iter().filter(|argument| !argument.starts_with('-')).collect(), timed }
    }

    /// Whether a line is asked for: T1 asks for "T1 normal" and not for "T10 multinomial", T3 for "T3a logistic".
    pub fn wants(&self, name: &str) -> bool {
        let begins = |filter: &String| {
            name.strip_prefix(filter.as_str()).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
        };
        self.filters.is_empty() || self.filters.iter().any(begins)
    }

    /// Plain duals, kernels and hand-written loops: that they agree within two tolerances, and their times.
    pub fn three(&self, name: &str, observations: usize, tolerances: [f64; 2], ways: &mut [Way<'_>; 3]) {
        let [plain, kernel, hand] = ways.each_mut().map(Way::result);
        let distances = [&plain, &hand].map(|other| kernel.distance(other, observations as f64));
        for (distance, tolerance) in distances.into_iter().zip(tolerances) {
            assert!(distance <= tolerance, "{name}: the ways differ by {distances:?}");
        }
        if self.timed {
            let times = medians(ways, SHORTEST);
            let [plain, kernel, hand] = [0, 1, 2].map(|way| times[way]);
            println!(
                "{name:33} plain {} kernel {} hand {}   plain/kernel {:>7}   kernel/hand {:>6}",
                time(plain),
                time(kernel),
                time(hand),
                ratio(plain / kernel),
                ratio(kernel / hand)
            );
        }
    }

    /// One thread and two.
    pub fn threads(&self, name: &str, ways: &mut [Way<'_>; 2]) {
        let [one, two] = ways.each_mut().map(Way::result);
        assert_eq!(one, two, "{name}: the threads change the result");
        if self.timed {
            let times = medians(ways, WARM);
            println!(
                "{name:33} one thread {} two threads {}   one/two {:>6}",
                time(times[0]),
                time(times[1]),
                ratio(times[0] / times[1])
            );
        }
    }
}

/// Three digits and a unit.
fn time(seconds: f64) -> String {
    let (number, unit) = match seconds {
        s if s < 1e-6 => (s * 1e9, "ns"),
        s if s < 1e-3 => (s * 1e6, "µs"),
        s if s < 1.0 => (s * 1e3, "ms"),
        s => (s, "s "),
    };
    format!("{:>5} {unit}", ratio(number))
}

/// Three digits.
fn ratio(number: f64) -> String {
    match number {
        x if x < 0.1 => format!("{x:.1e}"),
        x if x < 10.0 => format!("{x:.2}"),
        x if x < 100.0 => format!("{x:.1}"),
        x => format!("{x:.0}"),
    }
}
