//! Random expressions: simplification never changes a value.

use fisher_information::model::Domain;
use fisher_information::scalar::Scalar;
use fisher_information::symbolic::expression::{Exponent, Role};
use fisher_information::symbolic::{Expression, Symbol};
use num_dual::Dual64;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Two parameters, the first of them positive, and an observation that is positive.
const DOMAINS: [(Role, usize, &str, Domain); VARIABLES] = [
    (Role::Parameter, 0, "a", Domain { lower: 0.0, upper: f64::INFINITY }),
    (Role::Parameter, 1, "b", Domain { lower: f64::NEG_INFINITY, upper: f64::INFINITY }),
    (Role::Datum, 0, "x", Domain { lower: 0.0, upper: f64::INFINITY }),
];

const VARIABLES: usize = 3;

/// Where signs are judged that no domain tells.
type Point = [f64; VARIABLES];

fn symbols(sample: &Point) -> [Symbol; VARIABLES] {
    [0, 1, 2].map(|i| {
        let (role, index, name, domain) = DOMAINS[i];
        Symbol::new(role, index, name, domain, sample[i])
    })
}

/// One step of a program for a machine with a stack.
#[derive(Clone, Copy, Debug)]
enum Step {
    Variable(usize),
    Number(i64, i64),
    Unary(Unary),
    Binary(Binary),
}

#[derive(Clone, Copy, Debug)]
enum Unary {
    Negate,
    Power(i64, i64),
    Reciprocal,
    Ln,
    Exp,
    Sin,
    Cos,
    Abs,
    LnGamma(i64),
    Polygamma(u32, i64),
    LnBesselI0,
    Reduced,
}

#[derive(Clone, Copy, Debug)]
enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    LnBeta,
}

/// A number with the sum of the absolute values of the terms that make it up, were it multiplied out.
#[derive(Clone, Copy)]
struct Sized<D> {
    value: D,
    size: f64,
}

/// Beyond these nothing is asked.
const LARGEST: f64 = 1e3;

/// The smallest part of its terms that the argument of a logarithm, a root or a denominator may be.
const CLEAR: f64 = 0.02;

fn value<D: Scalar>(x: D) -> f64 {
    x.re()
}

impl<D: Scalar> Sized<D> {
    /// Whether it is positive and not the small difference of large terms.
    fn is_clear(self) -> bool {
        value(self.value) > CLEAR * self.size.max(0.5)
    }

    fn unary(self, function: Unary) -> Option<Self> {
        let Self { value: v, size } = self;
        let at = |value: D| Self { value, size: self::value(value).abs() };
        // What a relative error of the terms makes of a smooth function.
        let spread = |value: D, slope: f64| Self { value, size: self::value(value).abs().max(slope * size) };
        Some(match function {
            Unary::Negate => Self { value: -v, size },
            Unary::Power(n, 1) if n > 0 => Self { value: v.powi(n as i32), size: size.powi(n as i32) },
            Unary::Power(n, d) if self.is_clear() => {
                let power = n as f64 / d as f64;
                spread(v.powf(power), power.abs() * value(v).powf(power - 1.0))
            }
            Unary::Reciprocal if self.is_clear() || (Self { value: -v, size }).is_clear() => {
                spread(v.recip(), value(v).powi(-2))
            }
            Unary::Ln if self.is_clear() => {
                let ln = at(v.ln());
                Self { size: ln.size + size / value(v) + 1.0, ..ln }
            }
            Unary::Exp if value(v).abs() < 4.0 => spread(v.exp(), value(v).exp()),
            Unary::Sin => spread(v.sin(), 1.0),
            Unary::Cos => spread(v.cos(), 1.0),
            Unary::Abs if value(v).abs() > CLEAR * size.max(0.5) => Self { value: v.abs(), size },
            Unary::LnGamma(shift) if self.is_clear() => spread((v + shift as f64).ln_gamma(), 2.0 / value(v)),
            Unary::Polygamma(order, shift) if self.is_clear() => {
                let power = value(v).powi(-(order as i32) - 2);
                spread((v + shift as f64).polygamma(order), 10.0 * power)
            }
            Unary::LnBesselI0 => spread(v.ln_bessel_i0(), 1.0),
            Unary::Reduced => self,
            _ => return None,
        })
    }

    fn binary(self, other: Self, function: Binary) -> Option<Self> {
        let (a, b) = (self.value, other.value);
        Some(match function {
            Binary::Add => Self { value: a + b, size: self.size + other.size },
            Binary::Subtract => Self { value: a - b, size: self.size + other.size },
            Binary::Multiply => Self { value: a * b, size: self.size * other.size },
            Binary::Divide => {
                let over = other.unary(Unary::Reciprocal)?;
                Self { value: a / b, size: self.size * over.size }
            }
            Binary::LnBeta if self.is_clear() && other.is_clear() => {
                let slope = 2.0 / value(a) + 2.0 / value(b);
                Self { value: a.ln_beta(b), size: 1.0 + slope * (self.size + other.size) }
            }
            Binary::LnBeta => return None,
        })
    }
}

/// The value of a program, if it is well defined and of moderate size everywhere.
fn run<D: Scalar>(program: &[Step], variables: &[D; VARIABLES]) -> Option<Sized<D>> {
    let mut stack: Vec<Sized<D>> = Vec::new();
    for step in program {
        let next = match *step {
            Step::Variable(i) => Sized { value: variables[i], size: value(variables[i]).abs() },
            Step::Number(n, d) => Sized { value: D::from(n as f64 / d as f64), size: (n as f64 / d as f64).abs() },
            Step::Unary(function) => match stack.pop() {
                Some(argument) => argument.unary(function)?,
                None => continue,
            },
            Step::Binary(function) => {
                if stack.len() < 2 {
                    continue;
                }
                let (b, a) = (stack.pop()?, stack.pop()?);
                a.binary(b, function)?
            }
        };
        if !(value(next.value).is_finite() && next.size < LARGEST) {
            return None;
        }
        stack.push(next);
    }
    // What is left is added up.
    stack.into_iter().map(Some).reduce(|a, b| a?.binary(b?, Binary::Add))?
}

/// The same as an expression.
fn build(program: &[Step], variables: &[Expression; VARIABLES]) -> Expression {
    let mut stack: Vec<Expression> = Vec::new();
    for step in program {
        let next = match *step {
            Step::Variable(i) => variables[i].clone(),
            Step::Number(n, d) => Expression::ratio(n, d),
            Step::Unary(function) => match stack.pop() {
                Some(v) => match function {
                    Unary::Negate => -&v,
                    Unary::Power(n, d) => v.power(Exponent::new(n, d)),
                    Unary::Reciprocal => v.reciprocal(),
                    Unary::Ln => v.ln(),
                    Unary::Exp => v.exp(),
                    Unary::Sin => v.sin(),
                    Unary::Cos => v.cos(),
                    Unary::Abs => v.abs(),
                    Unary::LnGamma(shift) => (&v + &Expression::integer(shift)).ln_gamma(),
                    Unary::Polygamma(order, shift) => (&v + &Expression::integer(shift)).polygamma(order),
                    Unary::LnBesselI0 => v.ln_bessel_i0(),
                    Unary::Reduced => v.reduced(),
                },
                None => continue,
            },
            Step::Binary(function) => {
                if stack.len() < 2 {
                    continue;
                }
                let (Some(b), Some(a)) = (stack.pop(), stack.pop()) else { continue };
                match function {
                    Binary::Add => &a + &b,
                    Binary::Subtract => &a - &b,
                    Binary::Multiply => &a * &b,
                    Binary::Divide => a.over_expression(&b),
                    Binary::LnBeta => a.ln_beta(&b),
                }
            }
        };
        stack.push(next);
    }
    stack.into_iter().sum()
}

fn step() -> impl Strategy<Value = Step> {
    let unary = prop_oneof![
        Just(Unary::Negate),
        (1..4_i64).prop_map(|n| Unary::Power(n, 1)),
        (prop::sample::select(vec![(1, 2), (-1, 2), (3, 2), (1, 3), (-2, 3), (-2, 1), (-3, 1)]))
            .prop_map(|(n, d)| Unary::Power(n, d)),
        Just(Unary::Reciprocal),
        Just(Unary::Ln),
        Just(Unary::Exp),
        Just(Unary::Sin),
        Just(Unary::Cos),
        Just(Unary::Abs),
        (0..4_i64).prop_map(Unary::LnGamma),
        (0..3_u32, 0..4_i64).prop_map(|(order, shift)| Unary::Polygamma(order, shift)),
        Just(Unary::LnBesselI0),
        Just(Unary::Reduced),
    ];
    let binary =
        prop::sample::select(vec![Binary::Add, Binary::Subtract, Binary::Multiply, Binary::Divide, Binary::LnBeta]);
    prop_oneof![
        5 => (0..VARIABLES).prop_map(Step::Variable),
        2 => (-6..7_i64, 1..5_i64).prop_map(|(n, d)| Step::Number(n, d)),
        4 => unary.prop_map(Step::Unary),
        5 => binary.prop_map(Step::Binary),
    ]
}

fn program(most: usize) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 3..most)
}

fn point() -> impl Strategy<Value = Point> {
    (0.3..3.0_f64, -2.0..2.0_f64, 0.3..3.0_f64).prop_map(|(a, b, x)| [a, b, x])
}

fn evaluate(expression: &Expression, at: &Point) -> f64 {
    expression.evaluate::<f64>(&at[..2], &at[2..])
}

/// Relative to the size of the terms. What is multiplied out and brought over one denominator has more terms than are counted.
const VALUE: f64 = 1e-8;

fn assert_close(what: &str, program: &[Step], expression: &Expression, got: f64, want: f64, size: f64) {
    assert!(
        (got - want).abs() <= VALUE * size.max(1.0),
        "{what} of {program:?}: {got} for {want}\n{}",
        expression.text().chars().take(500).collect::<String>()
    );
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4000,
        max_global_rejects: 1_000_000,
        rng_seed: RngSeed::Fixed(1913),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn an_expression_has_the_value_of_the_program(program in program(16), sample in point(), at in point()) {
        let (Some(_), Some(want)) = (run::<f64>(&program, &sample), run::<f64>(&program, &at)) else {
            return Err(TestCaseError::reject("not defined"));
        };
        let variables = symbols(&sample).map(|symbol| Expression::symbol(&symbol));
        let expression = build(&program, &variables);
        prop_assume!(expression.obstacle().is_none());
        assert_close("the value", &program, &expression, evaluate(&expression, &at), want.value, want.size);
        let reduced = expression.reduced();
        prop_assume!(reduced.obstacle().is_none());
        assert_close("the reduced value", &program, &reduced, evaluate(&reduced, &at), want.value, want.size);
    }

    #[test]
    fn derivatives_are_those_of_dual_numbers(program in program(14), sample in point(), at in point(), variable in 0..VARIABLES) {
        let dual = [0, 1, 2].map(|i| Dual64::new(at[i], f64::from(i == variable)));
        let (Some(_), Some(want)) = (run::<f64>(&program, &sample), run::<Dual64>(&program, &dual)) else {
            return Err(TestCaseError::reject("not defined"));
        };
        let symbols = symbols(&sample);
        let expression = build(&program, &symbols.clone().map(|symbol| Expression::symbol(&symbol)));
        let derivative = expression.derivative(&symbols[variable]);
        prop_assume!(derivative.obstacle().is_none() && want.value.eps.is_finite());
        let size = want.size * (want.size + want.value.eps.abs());
        assert_close("the derivative", &program, &derivative, evaluate(&derivative, &at), want.value.eps, size);
        let reduced = derivative.reduced();
        prop_assume!(reduced.obstacle().is_none());
        assert_close("the reduced derivative", &program, &reduced, evaluate(&reduced, &at), want.value.eps, size);
    }

    /// a → a² + ½, b → ab and x → x + a keep to the domains.
    #[test]
    fn substitution_is_evaluation_elsewhere(program in program(12), sample in point(), at in point()) {
        let moved = |[a, b, x]: Point| [a * a + 0.5, a * b, x + a];
        let defined = [sample, at, moved(sample)].iter().all(|point| run::<f64>(&program, point).is_some());
        let Some(want) = run::<f64>(&program, &moved(at)).filter(|_| defined) else {
            return Err(TestCaseError::reject("not defined"));
        };
        let symbols = symbols(&sample);
        let [a, b, x] = symbols.clone().map(|symbol| Expression::symbol(&symbol));
        let expression = build(&program, &[a.clone(), b.clone(), x.clone()]);
        let replacements = [&(&a * &a) + &Expression::ratio(1, 2), &a * &b, &x + &a];
        let replaced = expression.substitute(&|symbol| {
            symbols.iter().position(|own| own == symbol).map(|i| replacements[i].clone())
        });
        prop_assume!(replaced.obstacle().is_none());
        assert_close("the substituted value", &program, &replaced, evaluate(&replaced, &at), want.value, want.size);
    }

    #[test]
    fn a_rearranged_difference_is_zero_and_nothing_else_is(
        p in program(8), q in program(8), r in program(8), sample in point(), at in point(),
    ) {
        let runs = |point: &Point| Some([run::<f64>(&p, point)?, run::<f64>(&q, point)?, run::<f64>(&r, point)?]);
        let (Some(_), Some([e, f, g])) = (runs(&sample), runs(&at)) else {
            return Err(TestCaseError::reject("not defined"));
        };
        let variables = symbols(&sample).map(|symbol| Expression::symbol(&symbol));
        let [first, second, third] = [&p, &q, &r].map(|program| build(program, &variables));
        prop_assume!([&first, &second, &third].iter().all(|expression| expression.obstacle().is_none()));
        // e(f + g) − ge − fe = 0
        let product = &first * &(&second + &third);
        let difference = &(&product - &(&third * &first)) - &(&second * &first);
        if difference.obstacle().is_none() {
            prop_assert!(difference.is_zero(), "{difference}");
        }
        // (e + f)² − e² − 2ef − f² = 0
        let sum = &first + &second;
        let square = sum.power(Exponent::new(2, 1));
        let parts = &(&(&first * &first) + &(&second * &second)) + &(&(&first * &second) * &Expression::integer(2));
        if square.obstacle().is_none() && parts.obstacle().is_none() {
            prop_assert!((&square - &parts).is_zero(), "{square} − ({parts})");
        }
        // e/f − e(1/f) = 0
        if (e.value * f.value).abs() > 1e-3 {
            let quotient = &first.over_expression(&second) - &(&first * &second.reciprocal());
            if quotient.obstacle().is_none() {
                prop_assert!(quotient.is_zero(), "{quotient}");
            }
        }
        // Two numbers that differ are not the same expression.
        for (a, b, x, y) in [(&first, &second, e, f), (&second, &third, f, g), (&first, &third, e, g)] {
            if (x.value - y.value).abs() > 1e-6 * (x.size + y.size) {
                prop_assert!(!(a - b).is_zero(), "{a} and {b} are {} and {}", x.value, y.value);
            }
        }
    }
}

#[test]
fn fractions_cancel() {
    let [a, b, x] = symbols(&[1.1, -0.7, 0.6]).map(|symbol| Expression::symbol(&symbol));
    let over = |p: &Expression, q: &Expression| p.over_expression(q).reduced().to_string();
    let difference = &(&a * &a) - &(&b * &b);
    assert_eq!(over(&difference, &(&a - &b)), "a + b");
    assert_eq!(over(&(&a - &b), &difference), "1/(a + b)");
    assert_eq!(over(&(&(&a * &x) + &(&b * &x)), &x), "a + b");
    let one = Expression::integer(1);
    let logistic = a.exp().over_expression(&(&one + &a.exp()));
    let other = (&one + &(-&a).exp()).reciprocal();
    assert!((&logistic - &other).is_zero());
    assert!(!(&logistic - &(&other * &other)).is_zero());
    assert!((&(&a.sin() * &a.sin()) + &(&a.cos() * &a.cos())).reduced().to_string() == "1");
    // ψ₁(a + 3) − ψ₁(a) is a rational function.
    let shifted = &(&a + &Expression::integer(3)).polygamma(1) - &a.polygamma(1);
    let by_hand = [0, 1, 2].map(|k| -&(&a + &Expression::integer(k)).power(Exponent::new(-2, 1)));
    assert!((&shifted - &by_hand.into_iter().sum()).is_zero(), "{shifted}");
}
