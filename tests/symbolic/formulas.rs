//! What is printed is read back: random expressions in LaTeX and in plain text, with the values that `evaluate` gives.

use super::plain_text;
use crate::tex::{Formula, Scope, Shown};
use fisher_information::model::Domain;
use fisher_information::symbolic::expression::{Constant, Exponent, Expression, Role, Symbol};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The variables: in Unicode, in LaTeX and in plain text, with domain and a value.
const VARIABLES: [(Role, &str, &str, &str, Domain, f64); 6] = [
    (Role::Parameter, "α", "\\alpha", "alpha", POSITIVE, 1.7),
    (Role::Parameter, "σ₁²", "\\sigma_1", "sigma_1", POSITIVE, 0.6),
    (Role::Parameter, "μ", "\\mu", "mu", Domain::REAL, -0.35),
    (Role::Parameter, "p", "p", "p", UNIT, 0.3),
    (Role::Parameter, "rate", "\\mathrm{rate}", "rate", POSITIVE, 1.25),
    (Role::Datum, "x", "x", "x", POSITIVE, 0.85),
];

const POSITIVE: Domain = Domain { lower: 0.0, upper: f64::INFINITY };
const UNIT: Domain = Domain { lower: 0.0, upper: 1.0 };

fn symbol(position: usize) -> Symbol {
    let (role, name, _, _, domain, sample) = VARIABLES[position];
    Symbol::new(role, if role == Role::Datum { 0 } else { position }, name, domain, sample)
}

/// How an expression is made.
#[derive(Clone, Debug)]
enum Recipe {
    Number(i64, i64),
    Pi,
    Variable(usize),
    Sum(Box<Self>, Box<Self>),
    Difference(Box<Self>, Box<Self>),
    Product(Box<Self>, Box<Self>),
    Quotient(Box<Self>, Box<Self>),
    Power(Box<Self>, i64, i64),
    Function(u8, Box<Self>),
    /// A function for positive arguments.
    OfPositive(u8, usize, Box<Self>),
}

fn recipes() -> impl Strategy<Value = Recipe> {
    let leaf = prop_oneof![
        1 => (-5..6_i64, 1..5_i64).prop_map(|(n, d)| Recipe::Number(n, d)),
        1 => Just(Recipe::Pi),
        6 => (0..VARIABLES.len()).prop_map(Recipe::Variable),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        let pair = || (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            3 => pair().prop_map(|(a, b)| Recipe::Sum(a, b)),
            3 => pair().prop_map(|(a, b)| Recipe::Difference(a, b)),
            4 => pair().prop_map(|(a, b)| Recipe::Product(a, b)),
            3 => pair().prop_map(|(a, b)| Recipe::Quotient(a, b)),
            2 => (inner.clone(), -3..4_i64, 1..3_i64).prop_map(|(a, n, d)| Recipe::Power(a.into(), n, d)),
            2 => (0..5_u8, inner.clone()).prop_map(|(f, a)| Recipe::Function(f, a.into())),
            2 => (0..7_u8, 0..VARIABLES.len(), inner).prop_map(|(f, i, a)| Recipe::OfPositive(f, i, a.into())),
        ]
    })
}

impl Recipe {
    fn expression(&self) -> Expression {
        match self {
            Self::Number(n, d) => Expression::ratio(*n, *d),
            Self::Pi => Expression::constant(Constant::Pi),
            Self::Variable(position) => Expression::symbol(&symbol(*position)),
            Self::Sum(a, b) => a.expression() + b.expression(),
            Self::Difference(a, b) => a.expression() - b.expression(),
            Self::Product(a, b) => a.expression() * b.expression(),
            Self::Quotient(a, b) => a.expression().over_expression(&b.expression()),
            Self::Power(a, n, d) => a.expression().power(Exponent::new(*n, *d)),
            Self::Function(function, a) => match function {
                0 => a.expression().exp(),
                1 => a.expression().sin(),
                2 => a.expression().cos(),
                3 => a.expression().abs(),
                _ => a.expression().sign(),
            },
            Self::OfPositive(function, position, a) => {
                // v + a² or v
                let square = a.expression().power(Exponent::from_integer(2));
                let variable = Self::Variable(if *position == 2 { 0 } else { *position }).expression();
                let positive = if function % 2 == 0 { &variable + &square } else { variable };
                match function / 2 {
                    0 => positive.ln(),
                    1 => positive.ln_gamma(),
                    2 => positive.polygamma(u32::try_from(position % 4).unwrap()),
                    _ => positive.ln_bessel_i0().derivative(&symbol(0)),
                }
            }
        }
    }
}

/// The value of a formula in LaTeX and a bound of its rounding error.
fn read(latex: &str) -> (f64, f64) {
    let variables: Vec<&str> = VARIABLES.iter().map(|(_, _, latex, ..)| *latex).collect();
    let ratio = "\\frac{t I_1(|t|)}{|t|I_0(|t|)}";
    let text = format!("y({}) = {latex}, \\qquad A(t) = {ratio}", variables.join(", "));
    let shown = |mistake| Shown { mistake: &mistake, text: &text, file: "formula", line: 1 }.to_string();
    let formula = Formula::parse(&text).unwrap_or_else(|mistake| panic!("{}", shown(mistake)));
    let scope = VARIABLES.iter().fold(Scope::new(&formula), |scope, (_, name, latex, _, _, value)| {
        scope.with(latex, if name.ends_with('²') { value.sqrt() } else { *value })
    });
    let value = scope.value(&formula.definitions[0].values[0]).unwrap_or_else(|mistake| panic!("{}", shown(mistake)));
    (value.value, value.error)
}

/// As far as two orders of evaluation may differ by cancellation.
const CANCELLATION: f64 = 1e-9;

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formulas_are_read_as_they_are_meant(recipe in recipes()) {
        let expression = recipe.expression();
        let (data, parameters): (Vec<_>, Vec<_>) = VARIABLES.iter().partition(|(role, ..)| *role == Role::Datum);
        let values = |of: Vec<&(Role, &str, &str, &str, Domain, f64)>| of.iter().map(|v| v.5).collect::<Vec<_>>();
        let expected: f64 = expression.evaluate(&values(parameters), &values(data));
        prop_assume!(expected.is_finite() && expression.obstacle().is_none());

        let latex = expression.latex();
        let (got, error) = read(&latex);
        let allowed = CANCELLATION * expected.abs().max(1.0) + error;
        prop_assert!((got - expected).abs() <= allowed, "{latex} is read as {got}, meant is {expected}");

        let text = expression.text();
        let names: Vec<_> = VARIABLES
            .iter()
            .map(|(_, name, _, text, _, value)| (*text, if name.ends_with('²') { value.sqrt() } else { *value }))
            .collect();
        let got = plain_text::value(&text, &names).unwrap_or_else(|mistake| panic!("{text}: {mistake}"));
        prop_assert!((got - expected).abs() <= allowed, "{text} is read as {got}, meant is {expected}");
    }
}
