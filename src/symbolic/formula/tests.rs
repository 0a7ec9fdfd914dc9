//! What textbooks print.

use super::super::expression::{Constant, Exponent, Expression, Function, Role, Symbol};
use crate::domain::Domain;

const POSITIVE: Domain = Domain { lower: 0.0, upper: f64::INFINITY };
const UNIT: Domain = Domain { lower: 0.0, upper: 1.0 };
const SIGNED: Domain = Domain { lower: -1.0, upper: 1.0 };

fn symbols<const N: usize>(role: Role, names: [(&str, Domain, f64); N]) -> [Expression; N] {
    let mut index = 0;
    names.map(|(name, domain, sample)| {
        index += 1;
        Expression::symbol(&Symbol::new(role, index - 1, name, domain, sample))
    })
}

fn parameters<const N: usize>(names: [(&str, Domain, f64); N]) -> [Expression; N] {
    symbols(Role::Parameter, names)
}

fn positive<const N: usize>(names: [&str; N]) -> [Expression; N] {
    parameters(names.map(|name| (name, POSITIVE, 1.7)))
}

fn datum(name: &str) -> Expression {
    let [x] = symbols(Role::Datum, [(name, Domain::REAL, 0.3)]);
    x
}

fn n(n: i64) -> Expression {
    Expression::integer(n)
}

fn over(a: &Expression, b: &Expression) -> Expression {
    a.over_expression(b)
}

fn power(base: &Expression, exponent: i64) -> Expression {
    base.power(Exponent::from_integer(exponent))
}

#[track_caller]
fn assert_prints(expression: &Expression, unicode: &str) {
    assert_eq!(expression.unicode(), unicode);
}

#[test]
fn one_parameter() {
    let [alpha, beta] = positive(["α", "β"]);
    assert_prints(&alpha.polygamma(1), "ψ₁(α)");
    assert_prints(&-beta.reciprocal(), "−1/β");
    assert_prints(&over(&alpha, &power(&beta, 2)), "α/β²");
    let [_, v] = positive(["μ", "σ²"]);
    assert_prints(&v.reciprocal(), "1/σ²");
    assert_prints(&over(&n(2), &v), "2/σ²");
    assert_prints(&power(&v, -2).scale(&crate::symbolic::expression::ratio(1, 2)), "1/(2σ⁴)");
    assert_prints(&v.square_root().reciprocal(), "1/σ");
    assert_prints(&power(&v, 2), "σ⁴");
    assert_prints(&v.ln().scale(&crate::symbolic::expression::ratio(-1, 2)), "−ln σ");
    let [nu] = positive(["ν"]);
    let quarter = crate::symbolic::expression::ratio(1, 4);
    assert_prints(&nu.scale(&crate::symbolic::expression::ratio(1, 2)).polygamma(1).scale(&quarter), "ψ₁(ν/2)/4");
    let half_more = &nu.scale(&crate::symbolic::expression::ratio(1, 2)) + &Expression::ratio(1, 2);
    assert_prints(&half_more.polygamma(1), "ψ₁((ν + 1)/2)");
    let [lambda, mu] = positive(["λ", "μ"]);
    assert_prints(&over(&lambda, &power(&mu, 3)), "λ/μ³");
    assert_prints(&over(&n(1), &(&n(2) * &power(&lambda, 2))), "1/(2λ²)");
    assert_prints(&over(&n(9), &(&n(4) * &power(&lambda, 2))), "9/(4λ²)");
    let [kappa] = positive(["κ"]);
    assert_prints(&Expression::apply(Function::BesselRatio, &kappa).derivative(&symbol(&kappa)), "1 − A(κ)/κ − A(κ)²");
}

fn symbol(expression: &Expression) -> Symbol {
    match expression.single().and_then(|(monomial, _)| monomial.single()) {
        Some(super::super::expression::Atom::Symbol(symbol)) => symbol.clone(),
        _ => panic!("{expression} is no variable"),
    }
}

#[test]
fn probabilities() {
    let [p] = parameters([("p", UNIT, 0.3)]);
    let q = &n(1) - &p;
    assert_prints(&q, "1 − p");
    assert_prints(&(&p.reciprocal() + &q.reciprocal()), "1/(p(1 − p))");
    assert_prints(&over(&n(10), &(&p * &q)), "10/(p(1 − p))");
    assert_prints(&(&power(&p, -2) + &over(&n(1), &(&p * &q))), "1/(p²(1 − p))");
    assert_prints(&q.ln(), "ln(1 − p)");
    let [p1, p2] = parameters([("p₁", UNIT, 0.3), ("p₂", UNIT, 0.3)]);
    let rest = &(&n(1) - &p1) - &p2;
    assert_prints(&(&p1.reciprocal() + &rest.reciprocal()), "1/p₁ + 1/(1 − p₁ − p₂)");
    let [eta] = parameters([("η", Domain::REAL, 0.4)]);
    let e = eta.exp();
    assert_prints(&over(&e, &power(&(&n(1) + &e), 2)), "e^η/(1 + e^η)²");
    assert_prints(&power(&e, 2), "e^(2η)");
    assert_prints(&e.reciprocal(), "e^(−η)");
    assert_prints(&(&n(1) + &e), "1 + e^η");
}

#[test]
fn several_parameters() {
    let [a, b] = positive(["a", "b"]);
    let sum = &a + &b;
    assert_prints(&sum, "a + b");
    assert_prints(&(&a.polygamma(1) - &sum.polygamma(1)), "ψ₁(a) − ψ₁(a + b)");
    assert_prints(&-sum.polygamma(1), "−ψ₁(a + b)");
    let [s1, s2, rho] = parameters([("σ₁", POSITIVE, 1.3), ("σ₂", POSITIVE, 0.7), ("ρ", SIGNED, 0.3)]);
    let square = power(&rho, 2);
    let rest = &n(1) - &square;
    assert_prints(&rest, "1 − ρ²");
    assert_prints(&over(&(&n(2) - &square), &(&power(&s1, 2) * &rest)), "(2 − ρ²)/(σ₁²(1 − ρ²))");
    assert_prints(&-over(&rho, &(&(&s1 * &s2) * &rest)), "−ρ/(σ₁σ₂(1 − ρ²))");
    assert_prints(&over(&(&n(1) + &square), &power(&rest, 2)), "(1 + ρ²)/(1 − ρ²)²");
    let [eta1, eta2] = parameters([("η₁", Domain::REAL, 0.4), ("η₂", POSITIVE, 0.9)]);
    let numerator = &eta2 - &power(&eta1, 2);
    assert_prints(&over(&numerator, &(&n(2) * &power(&eta2, 3))), "(η₂ − η₁²)/(2η₂³)");
}

#[test]
fn polynomials_and_signs() {
    let [alpha, beta, mu] = parameters([("α", POSITIVE, 1.7), ("β", POSITIVE, 0.6), ("μ", Domain::REAL, 0.4)]);
    let x = datum("x");
    assert_prints(&(&alpha - &n(1)), "α − 1");
    assert_prints(&(&alpha + &n(1)), "α + 1");
    assert_prints(&(&(&alpha + &beta) + &n(1)), "α + β + 1");
    assert_prints(&(&x - &mu), "x − μ");
    assert_prints(&(&mu - &x), "μ − x");
    assert_prints(&power(&(&x - &mu), 2), "(x − μ)²");
    assert_prints(&(&power(&(&x - &mu), 2) + &(&x * &mu)), "x² − μx + μ²");
    assert_prints(&over(&(&mu - &x), &alpha), "(μ − x)/α");
}

#[test]
fn densities() {
    let [alpha, beta] = positive(["α", "β"]);
    let [x] = symbols(Role::Datum, [("x", POSITIVE, 0.8)]);
    let gamma = &(&(&alpha * &beta.ln()) - &alpha.ln_gamma()) + &(&(&(&alpha - &n(1)) * &x.ln()) - &(&beta * &x));
    assert_prints(&gamma, "α ln β − ln Γ(α) + (α − 1) ln x − βx");
    assert_prints(&gamma.exp(), "β^α x^(α − 1) e^(−βx)/Γ(α)");
    let [mu, sigma] = parameters([("μ", Domain::REAL, 0.4), ("σ", POSITIVE, 1.3)]);
    let z = over(&(&x - &mu), &sigma);
    let half = Expression::ratio(1, 2);
    let tau = &n(2) * &Expression::constant(Constant::Pi);
    let normal = &(&-sigma.ln() - &(&half * &power(&z, 2))) - &(&half * &tau.ln());
    assert_prints(&normal, "−ln(2π)/2 − ln σ − (x − μ)²/(2σ²)");
    assert_prints(&(&n(2) * &tau).square_root().reciprocal(), "1/(2√π)");
    assert_prints(&over(&n(1), &(&sigma * &tau.square_root())), "1/(σ√(2π))");
    let [k, lambda] = positive(["k", "λ"]);
    let weibull =
        &(&(&k.ln() - &(&k * &lambda.ln())) + &(&(&k - &n(1)) * &x.ln())) - &(&k * &(&x.ln() - &lambda.ln())).exp();
    assert_prints(&weibull, "ln k − k ln λ + (k − 1) ln x − (x/λ)^k");
    let poisson = &(&(&x * &lambda.ln()) - &lambda) - &(&x + &n(1)).ln_gamma();
    assert_prints(&poisson, "x ln λ − λ − ln Γ(x + 1)");
}
