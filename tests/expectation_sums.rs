//! Expectations by summation, against closed forms and 25-digit references.

use fisher_information::Error;
use fisher_information::expectation::{Estimate, Expectation, Provenance, Settings, summation};
use fisher_information::prelude::*;
use statrs::function::gamma::ln_gamma;

/// A distribution on the integers whose ln f is a plain function of θ and x.
struct Lattice<const P: usize> {
    ln_pmf: fn(&[f64; P], f64) -> f64,
    support: Support,
}

impl<const P: usize> LogLikelihood for Lattice<P> {
    type Parameters = Fixed<P>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, theta: &[D; P], x: &D) -> D {
        D::from((self.ln_pmf)(&theta.map(|t| t.re()), x.re()))
    }
}

impl<const P: usize> SampleSpace for Lattice<P> {
    fn support(&self, _: &[f64; P]) -> Support {
        self.support.clone()
    }
}

fn counts<const P: usize>(ln_pmf: fn(&[f64; P], f64) -> f64) -> Lattice<P> {
    Lattice {
        ln_pmf,
        support: Support::counts(),
    }
}

fn ln_poisson(mean: f64, x: f64) -> f64 {
    x * mean.ln() - mean - ln_gamma(x + 1.0)
}

fn poisson() -> Lattice<1> {
    counts(|&[mean], x| ln_poisson(mean, x))
}

fn ln_negative_binomial(r: f64, p: f64, x: f64) -> f64 {
    ln_gamma(x + r) - ln_gamma(r) - ln_gamma(x + 1.0) + r * p.ln() + x * (-p).ln_1p()
}

fn show(name: &str, found: &Expectation, truth: &[f64]) {
    let Provenance::Summation { terms, tail_bound } = found.provenance else {
        unreachable!()
    };
    let mass = found.mass.unwrap();
    println!(
        "{name}: terms {terms} tail {tail_bound:.1e} mass-1 {:.1e} ± {:.1e}",
        mass.value - 1.0,
        mass.error
    );
    for (v, t) in found.values.iter().zip(truth) {
        let true_error = (v.value - t).abs();
        println!(
            "    {:>24.17e} true err {:.1e} reported {:.1e} {}",
            v.value,
            true_error,
            v.error,
            if true_error <= v.error { "" } else { "!!!!!" }
        );
    }
}

#[test]
fn scratch() {
    let settings = Settings::default();
    for mean in [1e-3, 0.5, 3.0, 30.0, 1e3, 1e4, 1e5, 1e6, 1e8] {
        let t = std::time::Instant::now();
        let found = summation::expectation(
            &poisson(),
            &[mean],
            3,
            |x, g| {
                g[0] = *x;
                g[1] = (x / mean - 1.0).powi(2);
                g[2] = x / mean - 1.0;
            },
            &settings,
        );
        println!("{:?}", t.elapsed());
        match found {
            Ok(f) => show(&format!("poisson {mean}"), &f, &[mean, 1.0 / mean, 0.0]),
            Err(e) => println!("poisson {mean} {e}"),
        }
    }
    let geometric = counts(|&[p], x| p.ln() + x * (-p).ln_1p());
    for p in [0.9, 0.5, 1e-2, 1e-3, 1e-5, 1e-8] {
        let found = summation::expectation(
            &geometric,
            &[p],
            2,
            |x, g| {
                g[0] = *x;
                g[1] = x * x;
            },
            &settings,
        );
        match found {
            Ok(f) => show(
                &format!("geom {p}"),
                &f,
                &[(1.0 - p) / p, (1.0 - p) * (2.0 - p) / p / p],
            ),
            Err(e) => println!("geom {p} {e}"),
        }
    }
    let nb = counts(|&[r, p], x| ln_negative_binomial(r, p, x));
    for (r, p) in [(0.3, 0.5), (0.3, 1e-3), (2.5, 1e-3), (2.5, 1e-6), (100.0, 0.01)] {
        let found = summation::expectation(
            &nb,
            &[r, p],
            1,
            |x, g| {
                g[0] = *x;
            },
            &settings,
        );
        match found {
            Ok(f) => show(&format!("nb {r} {p}"), &f, &[r * (1.0 - p) / p]),
            Err(e) => println!("nb {r} {p} {e}"),
        }
    }
    let zeta = Lattice::<2> {
        ln_pmf: |&[s, lnz], x| -s * x.ln() - lnz,
        support: Support::integers_from(1),
    };
    for (s, lnz, m, i) in [
        (
            2.0,
            0.4977003024707453474743773,
            0.5699609930945328063998644,
            0.88448183396352388519653615387065,
        ),
        (
            3.5,
            0.1193230645957761851859954,
            0.1003956416766439189985165,
            0.094920225380400736747231803507206,
        ),
        (
            1.0625,
            2.808302551067491010449403,
            15.43430759972549361095695,
            255.81874628585059276963067132436,
        ),
        (
            16.0,
            0.00001528214263611525235076434,
            0.00001060228000572094338798301,
            7.3594101345080233406340498308052e-6,
        ),
    ] {
        let found = summation::expectation(
            &zeta,
            &[s, lnz],
            2,
            |x, g| {
                g[0] = x.ln();
                g[1] = (x.ln() - m).powi(2);
            },
            &settings,
        );
        match found {
            Ok(f) => show(&format!("zeta {s}"), &f, &[m, i]),
            Err(e) => println!("zeta {s} {e}"),
        }
        let found = summation::expectation(
            &zeta,
            &[s, lnz],
            1,
            |x, g| {
                g[0] = *x;
            },
            &settings,
        );
        match found {
            Ok(f) => show(&format!("zeta mean {s}"), &f, &[0.0]),
            Err(e) => println!("zeta {s} {e}"),
        }
    }
    let mix = counts(|&[a, b], x| {
        let (u, v) = (ln_poisson(a, x), ln_poisson(b, x));
        let m = u.max(v);
        m + (0.5 * (u - m).exp() + 0.5 * (v - m).exp()).ln()
    });
    let mixn = counts(|&[a, b], x| (0.5 * ln_poisson(a, x).exp() + 0.5 * ln_poisson(b, x).exp()).ln());
    for (a, b) in [(3.0, 3000.0), (3.0, 3e6), (500.0, 700.0), (1e4, 1e5)] {
        for m in [&mix, &mixn] {
            let found = summation::expectation(
                m,
                &[a, b],
                1,
                |x, g| {
                    g[0] = *x;
                },
                &settings,
            );
            match found {
                Ok(f) => show(&format!("mix {a} {b}"), &f, &[(a + b) / 2.0]),
                Err(e) => println!("mix {e}"),
            }
        }
    }
}
