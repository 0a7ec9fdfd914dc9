//! The source of kernels: compiled and run, it gives the sums of the dual numbers.

use super::logistic::Logistic;
use super::mixture::Mixture;
use fisher_information::distributions::Normal;
use fisher_information::information::DataLikelihood;
use fisher_information::kernel::{NoSource, Obstacle, Path, to_rust};
use fisher_information::model::{Opaque, Subset, Table, Weighted};
use fisher_information::prelude::*;
use std::fmt::Write;
use std::process::Command;

/// No density, but every elementary function of θ and x.
struct Everything;

impl LogLikelihood for Everything {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        let (u, v) = (x * a * 0.3, x * x * b + 1.5);
        let angles =
            (u * 1e3).sin() + (u * 2.0).cos() * u.tan() + u.atan() + u.atan2(v) + (u * 0.1).asin() + (u * 0.1).acos();
        let exponentials = u.exp() + u.exp2() + u.exp_m1() + u.sinh() + u.cosh() + u.tanh() + u.asinh();
        let logarithms = v.ln() + v.log2() + v.log10() + v.ln_1p() + v.acosh() + (u * 0.1).atanh();
        let powers = v.powd(u) + v.powf(1.3) + v.powi(-3) + u.powi(7) + v.sqrt() + v.cbrt() + u.abs();
        let others = u.ln_1p_exp() + u.logistic() + (-v).ln_1m_exp() + v.recip();
        angles + exponentials + logarithms + powers + others
    }
}

/// Student's t distribution: location, scale, degrees of freedom.
struct Student;

impl LogLikelihood for Student {
    type Parameters = Fixed<3>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[location, scale, freedom]: &[D; 3], &x: &D) -> D {
        let (z, half) = ((x - location) / scale, (freedom + 1.0) * 0.5);
        half.ln_gamma()
            - (freedom * 0.5).ln_gamma()
            - (freedom * std::f64::consts::PI).ln() * 0.5
            - scale.ln()
            - half * (z * z / freedom).ln_1p()
    }
}

/// A normal density times 1 + erf(ax): Azzalini's, with ln Φ written out.
struct Skewed;

impl LogLikelihood for Skewed {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[a]: &[D; 1], &x: &D) -> D {
        x * x * -0.5 + (a * x).erf().ln_1p() - 0.918_938_533_204_672_8
    }
}

/// The double exponential distribution on either side, which decides by its datum; and by its parameters, if they are both large.
struct TwoSided;

impl LogLikelihood for TwoSided {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[below, above]: &[D; 2], &x: &D) -> D {
        let scale = if below > D::from(10.0) { below } else { below + above };
        let slope = if x < D::from(0.25) { below * x } else { -above * x };
        slope + (below * above / scale).ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("below \"0\""), Parameter::positive("above")]
    }
}

/// Numbers between 0 and 1 that fill the interval evenly.
fn fractions(count: u32, step: f64) -> impl Iterator<Item = f64> {
    (1..=count).map(move |k| (f64::from(k) * step).fract())
}

/// A few hundred numbers, more in the middle than far out.
fn numbers(shift: f64, scale: f64) -> Vec<f64> {
    fractions(300, 0.618_033_988_749_894_9).map(|u| shift + scale * (u / (1.0 - u)).ln()).collect()
}

/// Programs that print the sums, with what they should print.
#[derive(Default)]
struct Sources {
    modules: String,
    main: String,
    expected: Vec<(String, Vec<f64>)>,
}

impl Sources {
    /// A module with this source, called `name`.
    fn module(&mut self, name: &str, source: &str) {
        writeln!(self.modules, "mod {name} {{\n{source}}}").unwrap();
    }

    /// A call of the function of a module, and the sums by dual numbers.
    fn call<M, D>(
        &mut self,
        module: &str,
        model: &M,
        theta: &Theta<M, f64>,
        data: &D,
        strays: usize,
        arguments: Call<'_>,
    ) where
        M: LogLikelihood,
        D: Observations<M::Observation> + ?Sized,
    {
        let sums = DataLikelihood::new(model, data).along(Path::Duals).at(theta).unwrap();
        let p = theta.as_ref().len();
        let (outer, observed) = (sums.empirical().unwrap(), sums.observed().unwrap());
        let mut expected = vec![strays as f64, sums.weight(), sums.log_likelihood().value];
        expected.extend(sums.score().iter().map(|score| score.value));
        expected.extend((0..p * p).map(|k| outer.matrix()[(k / p, k % p)]));
        expected.extend((0..p * p).map(|k| -observed.matrix()[(k / p, k % p)]));
        let Call { columns, weights, special } = arguments;
        writeln!(
            self.main,
            "    let s = {module}::sums(&{:?}, [{}], {}{special}).unwrap();\n    \
             print!(\"{{}} {{:?}} {{:?}}\", s.strays, s.weight, s.log_likelihood);\n    \
             for v in s.score.iter().chain(s.outer.iter().flatten()).chain(s.hessian.iter().flatten()) {{ print!(\" {{v:?}}\"); }}\n    \
             println!();",
            theta.as_ref(),
            columns.iter().map(|column| format!("&{column:?}")).collect::<Vec<_>>().join(", "),
            weights.map_or("None".to_owned(), |weights| format!("Some(&{weights:?})")),
        )
        .unwrap();
        self.expected.push((module.to_owned(), expected));
    }

    /// Compiles and runs, and compares what is printed.
    fn check(&self) {
        let directory =
            std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("to-rust-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let (source, program) = (directory.join("main.rs"), directory.join("main"));
        std::fs::write(
            &source,
            format!(
                "#![deny(warnings)]\n#![forbid(unsafe_code)]\n#![allow(dead_code)]\n{}\nfn main() {{\n{}}}\n",
                self.modules, self.main
            ),
        )
        .unwrap();
        let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let compiled =
            Command::new(compiler).args(["--edition", "2021", "-O", "-o"]).args([&program, &source]).output().unwrap();
        assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
        let run = Command::new(&program).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        std::fs::remove_dir_all(&directory).unwrap();
        let printed = String::from_utf8(run.stdout).unwrap();
        assert_eq!(printed.lines().count(), self.expected.len());
        let mut wrong = String::new();
        for (line, (module, expected)) in printed.lines().zip(&self.expected) {
            let found: Vec<f64> = line.split(' ').map(|word| word.parse().unwrap()).collect();
            assert_eq!(found.len(), expected.len(), "{module}");
            for (k, (found, expected)) in found.iter().zip(expected).enumerate() {
                let agree = (found - expected).abs() <= 1e-12 * expected.abs();
                if !agree {
                    writeln!(wrong, "{module}, number {k}: {found:e}, not {expected:e}").unwrap();
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }
}

/// What a function is given besides θ.
struct Call<'a> {
    columns: &'a [Vec<f64>],
    weights: Option<&'a [f64]>,
    special: &'a str,
}

impl<'a> Call<'a> {
    fn of(columns: &'a [Vec<f64>]) -> Self {
        Self { columns, weights: None, special: "" }
    }
}

/// erf by its series of positive terms: NIST DLMF 7.6.2.
const ERROR_FUNCTION: &str = r"
struct Series;

impl skewed::Special for Series {
    fn erf(&self, x: f64) -> f64 {
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= 2.0 * x * x / (2.0 * f64::from(n) + 1.0);
            sum += term;
        }
        std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp() * sum
    }
}
";

#[test]
fn sources_compile_and_give_the_sums_of_the_dual_numbers() {
    let mut sources = Sources::default();

    // A few sums, combined; far from the origin of the powers, where digits would be lost, row by row.
    let x = numbers(0.3, 0.9);
    let weights: Vec<f64> = fractions(300, 0.381_966).map(|u| if u < 0.1 { 0.0 } else { u + 0.5 }).collect();
    sources.module("normal", &to_rust(&Normal, &[0.3, 1.5], &0.7).unwrap());
    sources.call("normal", &Normal, &[0.35, 1.7], &x, 0, Call::of(std::slice::from_ref(&x)));
    let weighted = Weighted { data: &x, weights: &weights };
    let mut call = Call::of(std::slice::from_ref(&x));
    call.weights = Some(&weights);
    sources.call("normal", &Normal, &[0.35, 1.7], &weighted, 0, call);
    let far = numbers(1e5, 0.9);
    sources.call("normal", &Normal, &[1e5 + 0.35, 1.7], &far, 0, Call::of(std::slice::from_ref(&far)));

    let components: Vec<f64> = numbers(-1.0, 0.4).into_iter().chain(numbers(1.5, 0.6)).collect();
    sources.module("mixture", &to_rust(&Mixture, &[0.3, -1.0, 1.5, 0.8, 1.2], &0.7).unwrap());
    sources.call(
        "mixture",
        &Mixture,
        &[0.45, -0.9, 1.4, 0.7, 1.1],
        &components,
        0,
        Call::of(std::slice::from_ref(&components)),
    );

    sources.module("student", &to_rust(&Student, &[0.3, 1.5, 4.0], &0.7).unwrap());
    sources.call("student", &Student, &[0.35, 1.1, 5.5], &x, 0, Call::of(std::slice::from_ref(&x)));

    sources.module("skewed", &to_rust(&Skewed, &[0.5], &0.7).unwrap());
    sources.modules += ERROR_FUNCTION;
    let mut call = Call::of(std::slice::from_ref(&x));
    call.special = ", &Series";
    sources.call("skewed", &Skewed, &[0.45], &x, 0, call);

    let columns =
        [vec![1.0; 300], x.clone(), numbers(0.1, 0.7), fractions(300, 0.414).map(f64::round).collect::<Vec<_>>()];
    let rows = Table::new(4, (0..1200).map(|k| columns[k % 4][k / 4]).collect()).unwrap();
    sources.module("logistic", &to_rust(&Logistic, &[0.1, 0.2, 0.3], &[1.0, 0.5, -0.5, 1.0]).unwrap());
    sources.call("logistic", &Logistic, &[-0.2, 0.4, 0.15], &rows, 0, Call::of(&columns));

    sources.module("everything", &to_rust(&Everything, &[0.4, 0.7], &0.7).unwrap());
    sources.call("everything", &Everything, &[0.45, 0.75], &x, 0, Call::of(std::slice::from_ref(&x)));

    // Observations on the other side are left out and counted.
    sources.module("above", &to_rust(&TwoSided, &[1.0, 2.0], &0.7).unwrap());
    sources.module("below", &to_rust(&TwoSided, &[1.0, 2.0], &-0.7).unwrap());
    let below = x.iter().filter(|x| **x < 0.25).count();
    for (module, strays, is_below) in [("above", below, false), ("below", x.len() - below, true)] {
        let served = Subset::of(&x, |x| (*x < 0.25) == is_below);
        sources.call(module, &TwoSided, &[1.1, 1.9], &served, strays, Call::of(std::slice::from_ref(&x)));
    }
    // What is refused.
    sources.main += "    use above::{sums, Refusal};\n    \
        assert_eq!(sums(&[0.0, 1.0], [&[1.0]], None), Err(Refusal::OutsideDomain(0)));\n    \
        assert_eq!(sums(&[1.0, f64::NAN], [&[1.0]], None), Err(Refusal::OutsideDomain(1)));\n    \
        assert_eq!(sums(&[11.0, 1.0], [&[1.0]], None), Err(Refusal::AnotherCourse));\n    \
        assert_eq!(sums(&[1.0, 1.0], [&[1.0]], Some(&[1.0, 2.0])), Err(Refusal::Lengths));\n    \
        assert_eq!(sums(&[1.0, 1.0], [&[1.0, 2.0]], Some(&[1.0, -2.0])), Err(Refusal::Weight(1)));\n    \
        assert_eq!(sums(&[1.0, 1.0], [&[]], None).unwrap().weight, 0.0);\n    \
        assert_eq!(above::PARAMETERS, [\"below \\\"0\\\"\", \"above\"]);\n";
    sources.check();
}

/// Reads a number out of its datum.
struct Reading;

impl LogLikelihood for Reading {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[a]: &[D; 1], &x: &D) -> D {
        a * x.re().floor()
    }
}

/// A count that no number type sees.
struct Hidden;

impl LogLikelihood for Hidden {
    type Parameters = Fixed<1>;
    type Observation = Opaque<u8>;

    fn ln_likelihood<D: Scalar>(&self, &[a]: &[D; 1], &x: &u8) -> D {
        a * f64::from(x)
    }
}

#[test]
fn what_cannot_be_compiled_is_refused() {
    assert_eq!(to_rust(&Reading, &[1.0], &0.5), Err(NoSource::Obstacle(Obstacle::Reads)));
    assert_eq!(to_rust(&Hidden, &[1.0], &3), Err(NoSource::Obstacle(Obstacle::Opaque)));
    assert!(matches!(to_rust(&Normal, &[0.0, -1.0], &0.5), Err(NoSource::Recording(_))));
    let refusal = to_rust(&Hidden, &[1.0], &3).unwrap_err().to_string();
    assert!(refusal.starts_with("the log-likelihood cannot be compiled: "), "{refusal}");
}
