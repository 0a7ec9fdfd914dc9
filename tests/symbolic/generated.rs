//! Generated functions, compiled: what is printed as Rust is the text below, and computes what `evaluate` does.

use fisher_information::model::Domain;

use fisher_information::symbolic::expression::{Constant, Exponent, Expression, Role, Symbol};
use fisher_information::symbolic::formula::function;
use num_dual::Dual64;

#[rustfmt::skip]
mod functions {
    use fisher_information::scalar::Scalar;

// The printed functions begin here.
pub fn gamma<D: Scalar>(&[alpha, beta]: &[D; 2]) -> [[D; 2]; 2] {
    let beta_alpha = -beta.recip();
    [
        [alpha.polygamma(1), beta_alpha],
        [beta_alpha, alpha / beta.powi(2)],
    ]
}

pub fn beta<D: Scalar>(&[a, b]: &[D; 2]) -> [[D; 2]; 2] {
    let trigamma_a_b = (a + b).polygamma(1);
    let b_a = -trigamma_a_b;
    [
        [a.polygamma(1) - trigamma_a_b, b_a],
        [b_a, b.polygamma(1) - trigamma_a_b],
    ]
}

pub fn normal<D: Scalar>(&[_, sigma_squared]: &[D; 2]) -> [[D; 2]; 2] {
    [
        [sigma_squared.recip(), D::from(0.0)],
        [D::from(0.0), (sigma_squared.powi(2) * 2.0).recip()],
    ]
}

pub fn correlated<D: Scalar>(&[sigma_1, sigma_2, rho]: &[D; 3]) -> [[D; 3]; 3] {
    let sigma_2_sigma_1 = -rho.powi(2) / (sigma_1 * sigma_2 * (-rho + 1.0) * (rho + 1.0));
    let rho_sigma_1 = -rho / (sigma_1 * (-rho + 1.0) * (rho + 1.0));
    let rho_sigma_2 = -rho / (sigma_2 * (-rho + 1.0) * (rho + 1.0));
    [
        [(-rho.powi(2) + 2.0) / (sigma_1.powi(2) * (-rho + 1.0) * (rho + 1.0)), sigma_2_sigma_1, rho_sigma_1],
        [sigma_2_sigma_1, (-rho.powi(2) + 2.0) / (sigma_2.powi(2) * (-rho + 1.0) * (rho + 1.0)), rho_sigma_2],
        [rho_sigma_1, rho_sigma_2, (rho.powi(2) + 1.0) / ((-rho + 1.0).powi(2) * (rho + 1.0).powi(2))],
    ]
}

pub fn numbers<D: Scalar>(&[type_, sigma_1, sigma_1_2, log_scale]: &[D; 4]) -> [[D; 2]; 2] {
    let exp_log_scale = log_scale.exp();
    [
        [(-type_).ln_1p() + (sigma_1_2.ln() * sigma_1).exp() + f64::ln(2.0 * std::f64::consts::PI), (sigma_1 * (2.0 * std::f64::consts::PI)).sqrt().recip() + f64::powf(2.0, 1.0 / 3.0)],
        [log_scale.powi(3) * 0.7390851332151607 - 1e-7, exp_log_scale / (exp_log_scale + 1.0).powi(2)],
    ]
}

pub fn observed<D: Scalar>(&[k, lambda]: &[D; 2], &[x]: &[D; 1]) -> [[D; 2]; 2] {
    let lambda_k = k.ln_gamma() - k.digamma() + (x - k).abs() * x.sin();
    [
        [k * (x.ln() * k).exp() / (lambda.ln() * (k + 1.0)).exp() - k / lambda, lambda_k],
        [lambda_k, (k * x).ln_bessel_i0()],
    ]
}
// The printed functions end here.
}

const POSITIVE: Domain = Domain { lower: 0.0, upper: f64::INFINITY };
const UNIT: Domain = Domain { lower: 0.0, upper: 1.0 };
const CORRELATION: Domain = Domain { lower: -1.0, upper: 1.0 };

/// A matrix and the function that is printed for it.
struct Case<const N: usize, const K: usize> {
    name: &'static str,
    parameters: [Symbol; N],
    data: Vec<Symbol>,
    rows: [[Expression; K]; K],
}

impl<const N: usize, const K: usize> Case<N, K> {
    fn new(
        name: &'static str,
        parameters: [(&str, Domain, f64); N],
        rows: impl FnOnce([Expression; N]) -> [[Expression; K]; K],
    ) -> Self {
        let mut index = 0;
        let parameters = parameters.map(|(name, domain, sample)| {
            index += 1;
            Symbol::new(Role::Parameter, index - 1, name, domain, sample)
        });
        let rows = rows(parameters.clone().map(|symbol| Expression::symbol(&symbol)));
        Self { name, parameters, data: Vec::new(), rows }
    }

    fn source(&self) -> String {
        let rows: Vec<Vec<Expression>> = self.rows.iter().map(|row| row.to_vec()).collect();
        function(self.name, &self.parameters, &self.data, &rows)
    }

    /// Fails if the function differs from the expressions by more than rounding, in its values or its derivatives.
    fn assert_computes(
        &self,
        theta: [f64; N],
        x: &[f64],
        compiled: impl Fn(&[Dual64; N], &[Dual64]) -> [[Dual64; K]; K],
    ) {
        const ROUNDING: f64 = 1e-13;
        for varied in 0..N {
            let mut dual = theta.map(Dual64::from_re);
            dual[varied] = dual[varied].derivative();
            let x: Vec<Dual64> = x.iter().copied().map(Dual64::from_re).collect();
            let got = compiled(&dual, &x);
            for (expressions, values) in self.rows.iter().zip(got) {
                for (expression, value) in expressions.iter().zip(values) {
                    let expected = expression.evaluate(&dual, &x);
                    for (got, expected) in [(value.re, expected.re), (value.eps, expected.eps)] {
                        let close = (got - expected).abs() <= ROUNDING * expected.abs();
                        assert!(close, "{}, {expression} at {theta:?}: {got} for {expected}", self.name);
                    }
                }
            }
        }
    }
}

fn n(n: i64) -> Expression {
    Expression::integer(n)
}

fn power(base: &Expression, exponent: i64) -> Expression {
    base.power(Exponent::from_integer(exponent))
}

fn gamma() -> Case<2, 2> {
    Case::new("gamma", [("α", POSITIVE, 1.7), ("β", POSITIVE, 0.6)], |[alpha, beta]| {
        let off = -beta.reciprocal();
        [[alpha.polygamma(1), off.clone()], [off, alpha.over_expression(&power(&beta, 2))]]
    })
}

fn beta() -> Case<2, 2> {
    Case::new("beta", [("a", POSITIVE, 1.7), ("b", POSITIVE, 0.6)], |[a, b]| {
        let both = (&a + &b).polygamma(1);
        [[&a.polygamma(1) - &both, -&both], [-&both, &b.polygamma(1) - &both]]
    })
}

fn normal() -> Case<2, 2> {
    Case::new("normal", [("μ", Domain::REAL, 0.3), ("σ²", POSITIVE, 0.6)], |[_, variance]| {
        [[variance.reciprocal(), n(0)], [n(0), &power(&variance, -2) * &Expression::ratio(1, 2)]]
    })
}

fn correlated() -> Case<3, 3> {
    let parameters = [("σ₁", POSITIVE, 1.7), ("σ₂", POSITIVE, 0.6), ("ρ", CORRELATION, 0.3)];
    Case::new("correlated", parameters, |[s, t, rho]| {
        let square = power(&rho, 2);
        let inverse = (&n(1) - &square).reciprocal();
        let own = |s: &Expression| &(&(&n(2) - &square) * &inverse) * &power(s, -2);
        let mixed = |s: &Expression| -(&(&rho * &inverse) * &s.reciprocal());
        let both = -(&(&square * &inverse) * &(&s * &t).reciprocal());
        [
            [own(&s), both.clone(), mixed(&s)],
            [both, own(&t), mixed(&t)],
            [mixed(&s), mixed(&t), &(&n(1) + &square) * &power(&inverse, 2)],
        ]
    })
}

/// Names that are keywords, collide or are no identifiers, and numbers of all kinds.
fn numbers() -> Case<4, 2> {
    let parameters =
        [("type", UNIT, 0.3), ("σ₁", POSITIVE, 0.6), ("sigma_1", POSITIVE, 1.2), ("log-scale", Domain::REAL, 0.2)];
    Case::new("numbers", parameters, |[p, s, t, l]| {
        let tau = &n(2) * &Expression::constant(Constant::Pi);
        let q = &n(1) - &p;
        let logarithms = &(&tau.ln() + &q.ln()) + &(&s * &t.ln()).exp();
        let root = &(&tau * &s).square_root().reciprocal() + &n(2).power(Exponent::new(1, 3));
        let decimal = &(&Expression::recognise(0.739_085_133_215_160_7) * &power(&l, 3)) - &Expression::recognise(1e-7);
        let exponentials = l.exp().over_expression(&power(&(&n(1) + &l.exp()), 2));
        [[logarithms, root], [decimal, exponentials]]
    })
}

/// The information that one observation holds, and functions of it.
fn observed() -> Case<2, 2> {
    let symbol = Symbol::new(Role::Datum, 0, "x", POSITIVE, 0.8);
    let x = Expression::symbol(&symbol);
    let case = Case::new("observed", [("k", POSITIVE, 1.7), ("λ", POSITIVE, 0.6)], |[k, lambda]| {
        let ratio = (&k * &(&x.ln() - &lambda.ln())).exp();
        let score = &(&k * &(&ratio - &n(1))) * &lambda.reciprocal();
        let bessel = (&x * &k).ln_bessel_i0();
        let mixed = &(&x.sin() * &(&x - &k).abs()) + &(&k.ln_gamma() - &k.polygamma(0));
        [[score, mixed.clone()], [mixed, bessel]]
    });
    Case { data: vec![symbol], ..case }
}

fn printed() -> String {
    let sources = [
        gamma().source(),
        beta().source(),
        normal().source(),
        correlated().source(),
        numbers().source(),
        observed().source(),
    ];
    sources.join("\n")
}

#[test]
fn functions_are_printed_as_they_stand_here() {
    let file = include_str!("generated.rs");
    let (_, rest) = file.split_once("// The printed functions begin here.\n").unwrap();
    let (here, _) = rest.split_once("// The printed functions end here.\n").unwrap();
    assert!(here == printed(), "the functions are printed as\n\n{}", printed());
}

#[test]
fn functions_compute_what_the_expressions_are() {
    for [a, b] in [[1.7, 0.6], [0.01, 250.0], [30.0, 3.0]] {
        gamma().assert_computes([a, b], &[], |theta, _| functions::gamma(theta));
        beta().assert_computes([a, b], &[], |theta, _| functions::beta(theta));
        normal().assert_computes([a, b], &[], |theta, _| functions::normal(theta));
        for x in [0.2, 4.0] {
            observed().assert_computes([a.min(2.0), b.max(1.0)], &[x], |theta, x| functions::observed(theta, &[x[0]]));
        }
        // 1 − ρ and 1 − p keep their digits where ρ and p are close to 1.
        for rho in [0.0, -0.7, 1.0 - 1e-12] {
            correlated().assert_computes([a, b, rho], &[], |theta, _| functions::correlated(theta));
            numbers().assert_computes([rho.abs().max(1e-15), a, b, rho], &[], |theta, _| functions::numbers(theta));
        }
    }
}

#[test]
fn single_expressions() {
    let Case { rows: [[trigamma, off], [_, ratio]], .. } = gamma();
    assert_eq!(trigamma.rust(), "alpha.polygamma(1)");
    assert_eq!(off.rust(), "-beta.recip()");
    assert_eq!(ratio.rust(), "alpha / beta.powi(2)");
    assert_eq!(n(-3).rust(), "D::from(-3.0)");
    assert_eq!(n(2).square_root().rust(), "D::from(f64::sqrt(2.0))");
}
