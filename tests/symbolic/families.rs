//! Exponential families: T, η and A as text, and the identities that hold among them.

use fisher_information::distributions::*;
use fisher_information::expectation::{AnyFunction, Method, Provenance, Settings, expectation};
use fisher_information::model::{
    Fixed, LogLikelihood, Observation, Parameter, ParameterSpace, SampleSpace, Sampler, Support,
};
use fisher_information::scalar::Scalar;
use fisher_information::symbolic::{
    ExponentialFamily, Expression, LogDensity, Rank, Refusal, expected_information, exponential_family,
};
use num_dual::{Dual64, HyperDual64};
use rand::SeedableRng;
use std::borrow::Borrow;

/// An identity, relative to the terms in it.
const IDENTITY: f64 = 1e-11;

/// A sufficient statistic in Unicode, [i] for the indicator of branch i.
fn statistics(family: &ExponentialFamily) -> Vec<String> {
    let term = |term: &fisher_information::symbolic::StatisticTerm| match term.branch {
        None => term.function.to_string(),
        Some(branch) => format!("{} [{branch}]", term.function),
    };
    family.statistics.iter().map(|t| t.terms.iter().map(term).collect::<Vec<_>>().join(" + ")).collect()
}

fn texts(expressions: &[Expression]) -> Vec<String> {
    expressions.iter().map(ToString::to_string).collect()
}

/// The branch of the density that an observation is on: one that consists of it alone, or else the last.
fn branch(density: &LogDensity, x: &[f64]) -> usize {
    let branches = density.branches();
    let own = branches.iter().position(|branch| branch.isolated && branch.at[0] == x);
    own.unwrap_or_else(|| branches.iter().position(|branch| !branch.isolated).unwrap_or(branches.len() - 1))
}

/// T(x)
fn statistic(family: &ExponentialFamily, density: &LogDensity, x: &[f64]) -> Vec<f64> {
    let on = branch(density, x);
    let value = |t: &fisher_information::symbolic::Statistic| {
        let terms = t.terms.iter().filter(|term| term.branch.is_none_or(|branch| branch == on));
        terms.map(|term| term.function.evaluate::<f64>(&[], x)).sum()
    };
    family.statistics.iter().map(value).collect()
}

fn close(what: &str, got: f64, want: f64, terms: f64) {
    assert!((got - want).abs() <= IDENTITY * (terms + want.abs()), "{what}: {got} for {want}, terms of {terms}");
}

/// The identities of a family at some θ.
fn check<M: SampleSpace + Sampler>(name: &str, model: &M, points: &[&[f64]]) -> ExponentialFamily {
    let family = exponential_family(model).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    let density = LogDensity::of(model).unwrap();
    let order = family.order();
    assert_eq!(family.natural.len(), order);
    let information = expected_information(model).ok();
    let mut stream = chacha20::ChaCha8Rng::seed_from_u64(1936);
    for &theta in points {
        let at = format!("{name} at {theta:?}");
        let point = M::Parameters::from_slice(theta).unwrap();
        let of = |expression: &Expression| expression.evaluate::<f64>(theta, &[]);
        let eta: Vec<f64> = family.natural.iter().map(of).collect();
        let a = of(&family.ln_partition);

        // ln f = η·T − A + ln h
        for _ in 0..20 {
            let x = model.sample(point.borrow(), &mut stream);
            let coordinates = M::Observation::coordinates(x.borrow()).to_vec();
            let t = statistic(&family, &density, &coordinates);
            let base = family.ln_base_measure[branch(&density, &coordinates).min(family.ln_base_measure.len() - 1)]
                .evaluate::<f64>(theta, &coordinates);
            let product: f64 = eta.iter().zip(&t).map(|(eta, t)| eta * t).sum();
            let terms = eta.iter().zip(&t).map(|(eta, t)| (eta * t).abs()).sum::<f64>() + a.abs() + base.abs();
            close(
                &format!("{at}, ln f({coordinates:?})"),
                product - a + base,
                model.ln_likelihood::<f64>(point.borrow(), x.borrow()),
                terms,
            );
        }

        // E[T], by the density.
        let Some(mean) = &family.mean else { continue };
        let mean: Vec<f64> = mean.iter().map(of).collect();
        let t: AnyFunction<'_, M> = &|x, values| {
            values.copy_from_slice(&statistic(&family, &density, M::Observation::coordinates(x)));
        };
        if let Ok(found) = expectation(model, point.borrow(), order, t, Method::Automatic, &Settings::default()) {
            // The error of an average over draws is one standard deviation.
            let deviations = if matches!(found.provenance, Provenance::MonteCarlo { .. }) { 5.0 } else { 1.0 };
            for (j, (got, want)) in mean.iter().zip(&found.values).enumerate() {
                let error = (got - want.value).abs();
                assert!(
                    error <= deviations * want.error + 1e-10 * want.value.abs(),
                    "{at}: E[T{j}] is {got}, by the density {want:?}"
                );
            }
        }

        // Jᵀ ∇²A J = I with J = ∂η/∂θ, which is Jᵀ ∂E[T]/∂θ.
        let slope = |of: &Expression, i: usize| of.derivative(&family.parameters[i]).evaluate::<f64>(theta, &[]);
        if let (Some(information), Some(means)) = (&information, &family.mean) {
            let matrix = information.evaluate(theta);
            for (i, row) in matrix.iter().enumerate() {
                for (k, &entry) in row.iter().enumerate() {
                    let terms: Vec<f64> =
                        (0..order).map(|j| slope(&family.natural[j], i) * slope(&means[j], k)).collect();
                    let scale = terms.iter().map(|term| term.abs()).sum();
                    close(&format!("{at}: I({i}, {k})"), terms.iter().sum(), entry, scale);
                }
            }
        }

        // ∂A*/∂θ = η·∂E[T]/∂θ, by duals.
        if let (Some(dual), Some(means)) = (family.dual_potential(), &family.mean) {
            for i in 0..theta.len() {
                let along: Vec<Dual64> =
                    theta.iter().enumerate().map(|(k, &t)| Dual64::new(t, f64::from(i == k))).collect();
                let terms: Vec<f64> = (0..order).map(|j| eta[j] * means[j].evaluate(&along, &[]).eps).collect();
                let scale = terms.iter().map(|term| term.abs()).sum();
                close(&format!("{at}: ∂A*/∂θ{i}"), dual.evaluate(&along, &[]).eps, terms.iter().sum(), scale);
            }
        }

        // θ(η(θ)) = θ, A(η(θ)) = A(θ), ∇A = E[T], ∇²A = ∂E[T]/∂η
        let Some(canonical) = &family.canonical else { continue };
        assert_eq!(canonical.parameters.len(), order);
        for (i, original) in canonical.original.iter().enumerate() {
            close(&format!("{at}: θ{i}(η)"), original.evaluate(&eta, &[]), theta[i], 10.0 * theta[i].abs());
        }
        close(&format!("{at}: A(η)"), canonical.ln_partition.evaluate(&eta, &[]), a, 10.0 * a.abs() + 1.0);
        for (j, &mean) in mean.iter().enumerate() {
            let along = |axis: usize| -> Vec<Dual64> {
                eta.iter().enumerate().map(|(k, &eta)| Dual64::new(eta, f64::from(axis == k))).collect()
            };
            let gradient = canonical.ln_partition.evaluate(&along(j), &[]).eps;
            close(&format!("{at}: ∂A/∂η{j}"), gradient, mean, 100.0 * mean.abs() + 1.0);
            for l in 0..order {
                let twice: Vec<HyperDual64> = eta
                    .iter()
                    .enumerate()
                    .map(|(k, &eta)| HyperDual64::new(eta, f64::from(j == k), f64::from(l == k), 0.0))
                    .collect();
                let hessian = canonical.ln_partition.evaluate(&twice, &[]).eps1eps2;
                // ∂E[Tⱼ]/∂ηₗ by the chain rule through θ(η).
                let theta_along: Vec<Dual64> =
                    canonical.original.iter().map(|original| original.evaluate(&along(l), &[])).collect();
                let through = family.mean.as_ref().unwrap()[j].evaluate(&theta_along, &[]).eps;
                close(&format!("{at}: ∂²A/∂η{j}∂η{l}"), hessian, through, 100.0 * through.abs() + 1.0);
            }
        }
    }
    family
}

/// The text of a family.
struct Text<'t> {
    statistics: &'t [&'t str],
    natural: &'t [&'t str],
    ln_partition: &'t str,
    mean: &'t [&'t str],
    /// θ(η) and A(η)
    canonical: Option<(&'t [&'t str], &'t str)>,
    /// A*; not compared where it is long.
    dual: Option<&'t str>,
}

fn compare(failures: &mut Vec<String>, name: &str, family: &ExponentialFamily, text: &Text<'_>) {
    let mut expect = |what: &str, got: String, want: String| {
        if got != want {
            failures.push(format!("{name}: {what} is {got} instead of {want}"));
        }
    };
    let list = |texts: &[String]| texts.join(", ");
    expect("T", list(&statistics(family)), text.statistics.join(", "));
    expect("η", list(&texts(&family.natural)), text.natural.join(", "));
    expect("A", family.ln_partition.to_string(), text.ln_partition.into());
    expect("E[T]", list(&texts(family.mean.as_deref().unwrap_or_default())), text.mean.join(", "));
    if let Some(dual) = text.dual {
        expect("A*", family.dual_potential().map_or_else(String::new, |dual| dual.to_string()), dual.into());
    }
    let canonical = family.canonical.as_ref();
    expect(
        "θ(η)",
        canonical.map_or_else(String::new, |c| list(&texts(&c.original))),
        text.canonical.map_or_else(String::new, |(theta, _)| theta.join(", ")),
    );
    expect(
        "A(η)",
        canonical.map_or_else(String::new, |c| c.ln_partition.to_string()),
        text.canonical.map_or_else(String::new, |(_, a)| a.into()),
    );
}

#[test]
fn families_and_their_identities() {
    let mut failures = Vec::new();
    macro_rules! families {
        ($($name:literal, $model:expr, $points:expr => $text:expr;)*) => {$(
            let points: &[&[f64]] = &$points;
            let family = check($name, &$model, points);
            assert_eq!(family.rank(), Rank::Full, $name);
            compare(&mut failures, $name, &family, &$text);
        )*};
    }
    families! {
        "normal", Normal, [&[0.3, 1.2], &[-2.0, 0.4], &[5.0, 3.0]] => Text {
            statistics: &["x", "x²"],
            natural: &["μ/σ²", "−1/(2σ²)"],
            ln_partition: "ln σ + μ²/(2σ²)",
            mean: &["μ", "μ² + σ²"],
            canonical: Some((&["−η₁/(2η₂)", "1/√(2(−η₂))"], "−ln(−2η₂)/2 − η₁²/(4η₂)")),
            dual: Some("−1/2 − ln σ"),
        };
        "exponential", Exponential, [&[0.3], &[4.0]] => Text {
            statistics: &["x"],
            natural: &["−λ"],
            ln_partition: "−ln λ",
            mean: &["1/λ"],
            canonical: Some((&["−η"], "−ln(−η)")),
            dual: Some("ln λ − 1"),
        };
        "gamma", Gamma, [&[2.5, 0.7], &[0.6, 3.0], &[20.0, 4.0]] => Text {
            statistics: &["x", "ln x"],
            natural: &["−β", "α"],
            ln_partition: "ln Γ(α) − α ln β",
            mean: &["α/β", "ψ(α) − ln β"],
            canonical: Some((&["η₂", "−η₁"], "ln Γ(η₂) − η₂ ln(−η₁)")),
            dual: Some("αψ(α) − ln Γ(α) − α"),
        };
        "beta", Beta, [&[2.5, 0.7], &[3.0, 4.0]] => Text {
            statistics: &["ln x", "ln(1 − x)"],
            natural: &["a", "b"],
            ln_partition: "ln Γ(a) + ln Γ(b) − ln Γ(a + b)",
            mean: &["ψ(a) − ψ(a + b)", "ψ(b) − ψ(a + b)"],
            canonical: Some((&["η₁", "η₂"], "ln Γ(η₁) + ln Γ(η₂) − ln Γ(η₁ + η₂)")),
            dual: Some("aψ(a) − (a + b)ψ(a + b) + bψ(b) − ln Γ(a) − ln Γ(b) + ln Γ(a + b)"),
        };
        "inverse Gaussian", InverseGaussian, [&[1.2, 0.7], &[0.5, 4.0]] => Text {
            statistics: &["x", "1/x"],
            natural: &["−λ/(2μ²)", "−λ/2"],
            ln_partition: "−ln(λ)/2 − λ/μ",
            mean: &["μ", "1/μ + 1/λ"],
            canonical: Some((&["√(η₂/η₁)", "−2η₂"], "−ln(−2η₂)/2 − 2√(η₁η₂)")),
            dual: Some("(ln λ − 1)/2"),
        };
        "Bernoulli", Bernoulli, [&[0.3], &[0.9]] => Text {
            statistics: &["x"],
            natural: &["ln p − ln(1 − p)"],
            ln_partition: "−ln(1 − p)",
            mean: &["p"],
            canonical: Some((&["e^η/(1 + e^η)"], "ln(1 + e^η)")),
            dual: Some("p ln p + (1 − p) ln(1 − p)"),
        };
        "Poisson", Poisson, [&[0.3], &[7.0]] => Text {
            statistics: &["x"],
            natural: &["ln λ"],
            ln_partition: "λ",
            mean: &["λ"],
            canonical: Some((&["e^η"], "e^η")),
            dual: Some("λ(ln λ − 1)"),
        };
        "geometric", Geometric, [&[0.3], &[0.9]] => Text {
            statistics: &["x"],
            natural: &["ln(1 − p)"],
            ln_partition: "ln(1 − p) − ln p",
            mean: &["1/p"],
            canonical: Some((&["1 − e^η"], "η − ln(1 − e^η)")),
            dual: Some("(1 − p) ln(1 − p)/p + ln p"),
        };
        "logarithmic", Logarithmic, [&[0.3], &[0.9]] => Text {
            statistics: &["x"],
            natural: &["ln p"],
            ln_partition: "ln(−ln(1 − p))",
            mean: &["−p/((1 − p) ln(1 − p))"],
            canonical: Some((&["e^η"], "ln(−ln(1 − e^η))")),
            dual: Some("−p ln(p)/((1 − p) ln(1 − p)) − ln(−ln(1 − p))"),
        };
        "categorical", Categorical::<2>, [&[0.3, 0.5], &[0.1, 0.2]] => Text {
            statistics: &["1 [0]", "1 [1]"],
            natural: &["ln p₁ − ln(1 − p₁ − p₂)", "ln p₂ − ln(1 − p₁ − p₂)"],
            ln_partition: "−ln(1 − p₁ − p₂)",
            mean: &["p₁", "p₂"],
            canonical: Some((&["e^η₁/(1 + e^η₁ + e^η₂)", "e^η₂/(1 + e^η₁ + e^η₂)"], "ln(1 + e^η₁ + e^η₂)")),
            dual: Some("p₁ ln p₁ + (1 − p₁ − p₂) ln(1 − p₁ − p₂) + p₂ ln p₂"),
        };
        "zero-inflated Poisson", ZeroInflatedPoisson, [&[0.3, 2.0], &[0.1, 0.6]] => Text {
            statistics: &["1 [0]", "x [1]"],
            natural: &["ln(1 − ω + ωe^λ) − ln(1 − ω)", "ln λ"],
            ln_partition: "λ − ln(1 − ω)",
            mean: &["ω + e^(−λ) (1 − ω)", "λ(1 − ω)"],
            canonical: Some((&["(1 − e^η₁)/(1 − e^η₁ − e^(e^η₂))", "e^η₂"], "ln(e^η₁ + e^(e^η₂) − 1)")),
            dual: None,
        };
        "von Mises", VonMises, [&[0.3, 2.0], &[-1.0, 0.6]] => Text {
            statistics: &["cos x", "sin x"],
            natural: &["κ cos μ", "κ sin μ"],
            ln_partition: "ln I₀(κ)",
            mean: &["A(κ) cos μ", "A(κ) sin μ"],
            canonical: None,
            dual: Some("κA(κ) − ln I₀(κ)"),
        };
        "Dirichlet", Dirichlet::<3>, [&[0.7, 2.0, 1.1]] => Text {
            statistics: &["ln x₁", "ln x₂", "ln(1 − x₁ − x₂)"],
            natural: &["α₁", "α₂", "α₃"],
            ln_partition: "ln Γ(α₁) + ln Γ(α₂) + ln Γ(α₃) − ln Γ(α₁ + α₂ + α₃)",
            mean: &["ψ(α₁) − ψ(α₁ + α₂ + α₃)", "ψ(α₂) − ψ(α₁ + α₂ + α₃)", "ψ(α₃) − ψ(α₁ + α₂ + α₃)"],
            canonical: Some((&["η₁", "η₂", "η₃"], "ln Γ(η₁) + ln Γ(η₂) + ln Γ(η₃) − ln Γ(η₁ + η₂ + η₃)")),
            dual: None,
        };
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Those whose text nobody reads: the identities alone.
#[test]
fn identities_of_larger_families() {
    check("bivariate normal", &BivariateNormal, &[&[0.3, -1.0, 1.2, 0.7, 0.4]]);
    check("zero-inflated gamma", &ZeroInflated::new(Gamma), &[&[0.3, 2.0, 1.5]]);
    check("truncated normal", &Truncated::new(Normal, -1.0, 3.0).unwrap(), &[&[0.3, 1.2]]);
    check("Zipf", &Zipf::new(std::num::NonZeroU32::new(10).unwrap()), &[&[1.3]]);
    check("multinomial", &Multinomial::<2>::new(std::num::NonZeroU32::new(5).unwrap()), &[&[0.3, 0.5]]);
    check("Wishart", &Wishart::new(2), &[&[5.0, 1.0, 0.3, 2.0]]);
    check("inverse gamma", &InverseGamma, &[&[3.0, 1.5]]);
    check("Nakagami", &Nakagami, &[&[3.0, 1.5]]);
    check("lognormal", &LogNormal, &[&[0.4, 0.5]]);
    check(
        "negative binomial",
        &fisher_information::model::Known::<_, Fixed<1>>::new(NegativeBinomial, &[("size", 2.5)]).unwrap(),
        &[&[0.4]],
    );
}

/// N(a + b, 1): of a and b only the sum is identified.
struct Redundant;

/// N(θ, θ²): two statistics for one parameter.
struct Curved;

macro_rules! normals {
    ($($name:ident, $count:literal: $theta:pat => $mean:expr, $deviation:expr;)*) => {$(
        impl LogLikelihood for $name {
            type Parameters = Fixed<$count>;
            type Observation = f64;

            fn ln_likelihood<D: Scalar>(&self, &$theta: &[D; $count], &x: &D) -> D {
                let (mean, deviation): (D, D) = ($mean, $deviation);
                let z = (x - mean) / deviation;
                z * z * -0.5 - deviation.ln() - 0.5 * std::f64::consts::TAU.ln()
            }

            fn parameters(&self) -> Vec<Parameter> {
                ["a", "b"].into_iter().take($count).map(Parameter::positive).collect()
            }
        }

        impl SampleSpace for $name {
            fn support(&self, _: &[f64; $count]) -> Support {
                Support::real()
            }
        }
    )*};
}

normals! {
    Redundant, 2: [a, b] => a + b, D::from(1.0);
    Curved, 1: [a] => a, a;
}

#[test]
fn ranks() {
    assert_eq!(exponential_family(&Normal).unwrap().rank(), Rank::Full);
    let curved = exponential_family(&Curved).unwrap();
    assert_eq!((curved.rank(), curved.order()), (Rank::Curved, 2));
    assert_eq!(texts(&curved.natural), ["1/a", "−1/(2a²)"]);
    assert!(curved.mean.is_none() && curved.canonical.is_none() && curved.dual_potential().is_none());
    let redundant = exponential_family(&Redundant).unwrap();
    assert_eq!((redundant.rank(), redundant.order()), (Rank::Redundant, 1));
    assert_eq!(statistics(&redundant), ["x"]);
    assert_eq!(texts(&redundant.natural), ["a + b"]);
    assert_eq!(redundant.mean.as_deref().map(texts), Some(vec!["a + b".to_string()]));
    // The information of a and b is singular: ones everywhere.
    let information = expected_information(&Redundant).unwrap();
    assert_eq!(information.matrix().to_string().matches('1').count(), 4);
    assert_eq!(information.matrix().inverse().unwrap_err(), Refusal::Singular);
}
