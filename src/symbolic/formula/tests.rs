//! What textbooks print.

use super::super::expression::{Constant, Exponent, Expression, Function, Obstacle, Role, Symbol};
use super::{Notation, matrix};
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

#[test]
fn brackets_of_each_notation() {
    let [a, b] = positive(["α", "β"]);
    let [eta] = parameters([("η", Domain::REAL, 0.4)]);
    let sum = &a + &b;
    let ratio = over(&a, &b);
    let half = Expression::ratio(1, 2);
    let cases = [
        (power(&a, -2), "1/alpha^2", "\\frac{1}{\\alpha^{2}}"),
        (over(&n(1), &(&n(2) * &power(&a, 4))), "1/(2*alpha^4)", "\\frac{1}{2\\alpha^{4}}"),
        (-power(&a, 2), "-alpha^2", "-\\alpha^{2}"),
        (power(&sum, -2), "1/(alpha + beta)^2", "\\frac{1}{(\\alpha + \\beta)^{2}}"),
        (-sum.reciprocal(), "-1/(alpha + beta)", "-\\frac{1}{\\alpha + \\beta}"),
        (a.power(Exponent::new(-3, 2)), "1/alpha^(3/2)", "\\frac{1}{\\alpha^{3/2}}"),
        (ratio.square_root(), "sqrt(alpha/beta)", "\\sqrt{\\frac{\\alpha}{\\beta}}"),
        (ratio.polygamma(1), "psi_1(alpha/beta)", "\\psi_{1}\\left(\\frac{\\alpha}{\\beta}\\right)"),
        (a.polygamma(4), "psi_4(alpha)", "\\psi^{(4)}(\\alpha)"),
        (power(&a.ln(), 2), "ln(alpha)^2", "(\\ln\\alpha)^{2}"),
        (&half * &a.ln(), "ln(alpha)/2", "\\frac{\\ln\\alpha}{2}"),
        (a.ln().reciprocal(), "1/ln(alpha)", "\\frac{1}{\\ln\\alpha}"),
        (&a.ln() * &b.ln(), "ln(alpha)*ln(beta)", "\\ln(\\alpha)\\ln\\beta"),
        ((-power(&eta, 2)).exp(), "exp(-eta^2)", "e^{-\\eta^{2}}"),
        ((-&(&half * &power(&eta, 2))).exp(), "exp(-eta^2/2)", "e^{-\\eta^{2}/2}"),
        ((&sum * &b.ln()).exp(), "beta^(alpha + beta)", "\\beta^{\\alpha + \\beta}"),
        (&n(2) * &n(3).power(Exponent::new(2, 3)), "2*3^(2/3)", "2 \\cdot 3^{2/3}"),
        (&Expression::ratio(-3, 4) * &a, "-3*alpha/4", "-\\frac{3\\alpha}{4}"),
        (
            &(&ratio + &n(1)).ln() - &a,
            "ln(alpha + beta) - ln(beta) - alpha",
            "\\ln(\\alpha + \\beta) - \\ln\\beta - \\alpha",
        ),
    ];
    for (expression, text, latex) in cases {
        assert_eq!((expression.text().as_str(), expression.latex().as_str()), (text, latex));
    }
}

#[test]
fn names() {
    for (name, unicode, text, latex, rust) in [
        ("α", "α²", "alpha^2", "\\alpha^{2}", "alpha"),
        ("σ²", "σ⁴", "sigma^4", "\\sigma^{4}", "sigma_squared"),
        ("σ₁²", "σ₁⁴", "sigma_1^4", "\\sigma_{1}^{4}", "sigma_1_squared"),
        ("Σ₁₂", "Σ₁₂²", "Sigma_12^2", "\\Sigma_{12}^{2}", "sigma_12"),
        ("x_1", "x_1²", "x_1^2", "x_{1}^{2}", "x_1"),
        ("rate", "rate²", "rate^2", "\\mathrm{rate}^{2}", "rate"),
        ("ln σ", "(ln σ)²", "ln(sigma)^2", "(\\ln\\sigma)^{2}", "ln_sigma"),
        ("logit p", "(logit p)²", "(logit p)^2", "(\\operatorname{logit} p)^{2}", "logit_p"),
        ("type", "type²", "type^2", "\\mathrm{type}^{2}", "type_"),
        ("Β", "Β²", "Beta^2", "\\mathrm{B}^{2}", "beta"),
    ] {
        let domain = if name.contains(' ') { Domain::REAL } else { POSITIVE };
        let [symbol] = parameters([(name, domain, 0.7)]);
        let square = power(&symbol, 2);
        assert_eq!((square.unicode().as_str(), square.text().as_str()), (unicode, text));
        assert_eq!((square.latex().as_str(), square.rust()), (latex, format!("{rust}.powi(2)")));
    }
    // What is named ln σ is written with σ.
    let [ln_sigma] = parameters([("ln σ", Domain::REAL, 0.2)]);
    assert_prints(&(&n(-2) * &ln_sigma).exp(), "1/σ²");
    let [rate, shape] = positive(["rate", "shape"]);
    assert_prints(&(&n(2) * &(&rate * &(&shape - &n(1)))), "2·rate·(shape − 1)");
}

#[test]
fn functions_of_every_kind() {
    let [a, b, x] = parameters([("a", POSITIVE, 1.7), ("b", POSITIVE, 0.6), ("x", UNIT, 0.3)]);
    let of = |function, argument: &Expression| Expression::function(function, argument.clone());
    let all = |function, arguments: &[&Expression]| {
        Expression::call(function, arguments.iter().map(|&argument| argument.clone()).collect())
    };
    for (expression, unicode, latex, rust) in [
        (of(Function::Erf, &a), "erf(a)", "\\operatorname{erf}(a)", "a.erf()"),
        (of(Function::LnNormCdf, &a), "ln Φ(a)", "\\ln\\Phi(a)", "a.ln_norm_cdf()"),
        (of(Function::LnNormCdf, &a).exp(), "Φ(a)", "\\Phi(a)", "a.ln_norm_cdf().exp()"),
        (of(Function::LnGamma, &a).exp().reciprocal(), "1/Γ(a)", "\\frac{1}{\\Gamma(a)}", "a.ln_gamma().exp().recip()"),
        (of(Function::LnBesselI0, &a), "ln I₀(a)", "\\ln I_{0}(a)", "a.ln_bessel_i0()"),
        (of(Function::BesselRatio, &a), "A(a)", "A(a)", "a.bessel_ratio()"),
        (of(Function::LnZeta(0), &a), "ln ζ(a)", "\\ln\\zeta(a)", "a.ln_zeta()"),
        (of(Function::LnZeta(2), &a), "(ln ζ)″(a)", "(\\ln\\zeta)''(a)", "a.ln_zeta_derivative(2)"),
        (of(Function::Asin, &x), "arcsin x", "\\arcsin x", "x.asin()"),
        (all(Function::GammaP, &[&a, &b]), "P(a, b)", "P(a, b)", "a.regularized_gamma_p(b)"),
        (all(Function::GammaQ, &[&a, &n(2)]), "Q(a, 2)", "Q(a, 2)", "a.regularized_gamma_q(D::from(2.0))"),
        (all(Function::Beta, &[&x, &a, &b]), "I_x(a, b)", "I_{x}(a, b)", "x.regularized_beta(a, b)"),
        (
            Expression::from(Obstacle::DivisionByZero),
            "[the expression divides by zero]",
            "\\text{[the expression divides by zero]}",
            "D::from(f64::NAN /* the expression divides by zero */)",
        ),
    ] {
        assert_eq!((expression.unicode().as_str(), expression.latex().as_str()), (unicode, latex));
        assert_eq!(expression.rust(), rust);
    }
}

#[test]
fn numbers() {
    for (value, unicode, latex) in [
        (-0.75, "−3/4", "-\\frac{3}{4}"),
        (0.1234567, "0.1234567", "0.1234567"),
        (1e-7, "10⁻⁷", "10^{-7}"),
        (1e30, "10³⁰", "10^{30}"),
        (0.739_085_133_215_160_7, "0.7390851332151607", "0.7390851332151607"),
        (std::f64::consts::TAU.sqrt().recip(), "1/√(2π)", "\\frac{1}{\\sqrt{2\\pi}}"),
        (0.5 * std::f64::consts::TAU.ln(), "ln(2π)/2", "\\frac{\\ln(2\\pi)}{2}"),
        (12.0_f64.ln(), "ln 12", "\\ln 12"),
        (-6.0_f64.ln(), "−ln 6", "-\\ln 6"),
    ] {
        let expression = Expression::recognise(value);
        assert_eq!((expression.unicode().as_str(), expression.latex().as_str()), (unicode, latex));
    }
}

#[test]
fn matrices() {
    let [alpha, beta] = positive(["α", "β"]);
    let off = -beta.reciprocal();
    let rows = [vec![alpha.polygamma(1), off.clone()], vec![off, over(&alpha, &power(&beta, 2))]];
    assert_eq!(matrix(&rows, Notation::Unicode), "⎡ ψ₁(α)  −1/β ⎤\n⎣ −1/β   α/β² ⎦");
    assert_eq!(matrix(&rows, Notation::Text), "[ psi_1(alpha)  -1/beta      ]\n[ -1/beta       alpha/beta^2 ]");
    assert_eq!(
        matrix(&rows, Notation::Latex),
        "\\begin{pmatrix}\n  \\psi_{1}(\\alpha) & -\\frac{1}{\\beta} \\\\\n  \
         -\\frac{1}{\\beta} & \\frac{\\alpha}{\\beta^{2}}\n\\end{pmatrix}"
    );
    assert_eq!(matrix(&rows[..1], Notation::Unicode), "[ ψ₁(α)  −1/β ]");
}

#[test]
fn angles_are_joined() {
    let [mu, kappa] = parameters([("μ", Domain::REAL, 0.4), ("κ", POSITIVE, 1.3)]);
    let x = datum("x");
    assert_prints(&(&kappa * &(&x - &mu).cos()), "κ cos(x − μ)");
    assert_prints(&-(&kappa * &(&mu - &x).sin()), "κ sin(x − μ)");
    assert_prints(&(&x + &mu).cos(), "cos(x + μ)");
}
