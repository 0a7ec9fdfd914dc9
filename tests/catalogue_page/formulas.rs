//! The printed formulas, evaluated and compared with the code.

use super::documentation::Documentation;
use super::families;
use crate::tex::{Definition, Formula, Mistake, Rounded, Scope, of_symbol, unbraced};
use fisher_information::any::Entry;
use fisher_information::model::Stream;
use nalgebra::DMatrix;
use rand::SeedableRng;

/// How far a formula may be from the code, relative to the value; a logarithm below 1 relative to 1. Where a formula cancels, twice
/// the bound of its rounding errors is allowed instead.
const TOLERANCE: f64 = 1e-9;

/// How many draws are compared at each point, and how many of them with the tolerance for the point to count.
const DRAWS: usize = 40;
const SHARP_DRAWS: usize = 30;

/// At how many of the three points a density or an entry has to be compared with the tolerance.
const SHARP_POINTS: usize = 2;

/// The known constants of the families as the catalogue shows them.
pub const CONSTANTS: [(&str, &[(&str, f64)]); 6] = [
    ("binomial", &[("n", 10.0)]),
    ("beta-binomial", &[("n", 10.0)]),
    ("multinomial", &[("n", 10.0)]),
    ("Zipf", &[("n", 10.0)]),
    ("Pareto", &[("m", 2.0)]),
    ("Lévy", &[("\\mu", 0.0)]),
];

/// Files whose formulas are not evaluated, and why.
const EXEMPT: [(&str, &str); 1] = [("src/distributions/composite/", "they hold for the f and F of any other model")];

/// The known constants of a family.
pub fn constants(family: &str) -> &'static [(&'static str, f64)] {
    CONSTANTS.iter().find(|(name, _)| *name == family).map_or(&[], |(_, constants)| constants)
}

/// What is wrong with the formulas of a family.
fn complaints(entry: &Entry, documentation: &Documentation) -> Vec<String> {
    let mistakes = match Formula::parse(&documentation.tex) {
        Ok(formula) => Comparison { entry, formula: &formula }.mistakes(),
        Err(mistake) => vec![mistake],
    };
    mistakes.iter().map(|mistake| documentation.show(mistake)).collect()
}

struct Comparison<'a> {
    entry: &'a Entry,
    formula: &'a Formula,
}

/// How a value of a formula compares with that of the code.
enum Verdict {
    Agrees,
    /// Within its rounding errors, which are larger than the tolerance.
    Blurred,
    Differs,
}

fn compare(formula: Rounded, code: f64, scale: f64) -> Verdict {
    let difference = (formula.value - code).abs();
    let sharp = formula.error <= TOLERANCE * scale;
    if difference <= TOLERANCE * scale && sharp {
        Verdict::Agrees
    } else if !sharp && (difference <= 2.0 * formula.error || !formula.error.is_finite()) {
        Verdict::Blurred
    } else {
        Verdict::Differs
    }
}

impl<'a> Comparison<'a> {
    fn mistakes(&self) -> Vec<Mistake> {
        match self.heads() {
            Ok((density, matrix)) => {
                let found = [self.density(density), matrix.map_or(Ok(()), |matrix| self.matrix(matrix))];
                found.into_iter().filter_map(Result::err).collect()
            }
            Err(mistake) => vec![mistake],
        }
    }

    fn mistake<T>(&self, definition: &Definition, what: &str) -> Result<T, Mistake> {
        Err(Mistake { at: definition.at, what: format!("{}: {what}", self.entry.name) })
    }

    /// Density and matrix, if they are functions of the parameters of the code. A matrix has to be printed if the code has one.
    fn heads(&self) -> Result<(&'a Definition, Option<&'a Definition>), Mistake> {
        let missing =
            |name| Mistake { at: 0, what: format!("{}: no `{name}(…) = …` in this block", self.entry.name) };
        let density = self.formula.definition("f").ok_or_else(|| missing("f"))?;
        let parameters = self.entry.model.parameters();
        let symbols: Vec<_> = parameters.iter().map(|parameter| unbraced(&of_symbol(&parameter.symbol))).collect();
        if density.parameters != symbols {
            let printed = &density.parameters;
            return self.mistake(density, &format!("the density is one of {printed:?}, in the code of {symbols:?}"));
        }
        let Some(matrix) = self.formula.definition("I") else {
            let in_code = self.entry.model.closed_form(&self.entry.points[0]).is_ok_and(|matrix| matrix.is_some());
            return if in_code { Err(missing("I")) } else { Ok((density, None)) };
        };
        if matrix.parameters != density.parameters {
            let (f, i) = (&density.parameters, &matrix.parameters);
            return self.mistake(matrix, &format!("the density is one of {f:?}, the matrix of {i:?}"));
        }
        for (rows, columns) in matrix.values.iter().map(|value| value.shape().unwrap_or((1, 1))) {
            if (rows, columns) != (symbols.len(), symbols.len()) {
                return self.mistake(matrix, &format!("a {rows} × {columns} matrix of {} parameters", symbols.len()));
            }
        }
        Ok((density, Some(matrix)))
    }

    /// Parameters and constants with their values.
    fn scope(&self, names: &'a [String], theta: &[f64]) -> Scope<'a> {
        let parameters = names.iter().map(String::as_str).zip(theta.iter().copied());
        let constants = constants(self.entry.name).iter().copied();
        constants.chain(parameters).fold(Scope::new(self.formula), |scope, (name, value)| scope.with(name, value))
    }

    /// ln f by the formula and by the code, at draws.
    fn density(&self, density: &'a Definition) -> Result<(), Mistake> {
        let mut stream = Stream::seed_from_u64(20_260_102);
        let mut sharp_points = 0;
        for theta in &self.entry.points {
            let mut sharp = 0;
            for _ in 0..DRAWS {
                let x = self.entry.model.sample(theta, &mut stream).ok().flatten().unwrap_or_default();
                sharp += self.at_a_draw(density, theta, &x)?;
            }
            sharp_points += usize::from(sharp >= SHARP_DRAWS * density.values.len());
        }
        if sharp_points >= SHARP_POINTS {
            return Ok(());
        }
        self.mistake(density, &format!("only {sharp_points} points where its rounding errors allow a comparison"))
    }

    /// How many right sides agree at a draw with the tolerance; none where a draw underflowed to an end of the support.
    fn at_a_draw(&self, density: &'a Definition, theta: &[f64], x: &[f64]) -> Result<usize, Mistake> {
        if x.len() != density.data.len() {
            let data = &density.data;
            return self
                .mistake(density, &format!("an observation is printed as {data:?}, but has {} coordinates", x.len()));
        }
        let code = match self.entry.model.ln_likelihood(theta, x) {
            Ok(code) if code.is_finite() => code,
            _ => return Ok(0),
        };
        let data = density.data.iter().map(String::as_str).zip(x.iter().copied());
        let scope = data.fold(self.scope(&density.parameters, theta), |scope, (name, value)| scope.with(name, value));
        let mut sharp = 0;
        for value in &density.values {
            let printed = scope.logarithm(value)?;
            match compare(printed.ln, code, code.abs().max(1.0)) {
                Verdict::Agrees if !printed.negative => sharp += 1,
                Verdict::Blurred => {}
                _ => {
                    let (sign, ln) = (if printed.negative { "of −f " } else { "" }, printed.ln.value);
                    let at = format!("at θ = {theta:?}, x = {x:?}");
                    return self.mistake(density, &format!("{at} the logarithm {sign}is {ln:?}, by the code {code:?}"));
                }
            }
        }
        Ok(sharp)
    }

    /// The entries of the matrix by the formula and by the code.
    fn matrix(&self, matrix: &'a Definition) -> Result<(), Mistake> {
        let size = matrix.parameters.len();
        let mut sharp_points = vec![0; size * size];
        for theta in &self.entry.points {
            let Some((code, error)) = self.information(theta) else { continue };
            for (k, (i, j)) in (0..size).flat_map(|i| (0..size).map(move |j| (i, j))).enumerate() {
                let scale = match code[(i, j)] {
                    entry if entry == 0.0 || error[(i, j)] > 0.0 => (code[(i, i)] * code[(j, j)]).sqrt(),
                    entry => entry.abs(),
                };
                let scope = self.scope(&matrix.parameters, theta).at_entry(i, j);
                let mut agree = true;
                for value in &matrix.values {
                    let printed = scope.value(value)?;
                    let with_both = Rounded { error: printed.error + error[(i, j)], ..printed };
                    match compare(with_both, code[(i, j)], scale) {
                        Verdict::Agrees => {}
                        Verdict::Blurred => agree = false,
                        Verdict::Differs => {
                            let entry = format!("entry ({}, {}) at θ = {theta:?}", i + 1, j + 1);
                            let what = format!("{entry} is {:?}, by the code {:?}", printed.value, code[(i, j)]);
                            return self.mistake(matrix, &what);
                        }
                    }
                }
                sharp_points[k] += usize::from(agree);
            }
        }
        match sharp_points.iter().position(|&points| points < SHARP_POINTS) {
            None => Ok(()),
            Some(k) => {
                let entry = format!("entry ({}, {})", k / size + 1, k % size + 1);
                let points = sharp_points[k];
                self.mistake(
                    matrix,
                    &format!("{entry} has only {points} points where its rounding errors allow a comparison"),
                )
            }
        }
    }

    /// The closed form of the code, or else an integral with its errors.
    fn information(&self, theta: &[f64]) -> Option<(DMatrix<f64>, DMatrix<f64>)> {
        if let Ok(Some(known)) = self.entry.model.closed_form(theta) {
            return Some((known.matrix().clone(), DMatrix::zeros(theta.len(), theta.len())));
        }
        let integrated = self.entry.model.expected(theta).ok()?;
        Some((integrated.matrix().clone(), integrated.error().clone()))
    }
}

#[test]
fn the_printed_formulas_are_those_of_the_code() {
    let families = families();
    for (name, _) in CONSTANTS {
        assert!(families.iter().any(|(entry, _)| entry.name == name), "no family {name} to have constants");
    }
    let exempt = |file: &str| EXEMPT.iter().any(|(start, _)| file.starts_with(start));
    let compared = families.iter().filter(|(_, documentation)| !exempt(&documentation.file));
    let complaints: Vec<String> =
        compared.flat_map(|(entry, documentation)| complaints(entry, documentation)).collect();
    assert!(complaints.is_empty(), "{} mistakes\n\n{}", complaints.len(), complaints.join("\n\n"));
}

#[test]
fn a_slip_in_a_formula_is_found() {
    let families = families();
    for (family, from, to, complaint) in [
        ("gamma", "& -1/\\beta", "& 1/\\beta", "entry (1, 2) at θ = [1.0, 1.0] is 1.0, by the code -1.0"),
        ("gamma", "-\\beta x", "\\beta x", "the logarithm is"),
        ("gamma", "\\Gamma(\\alpha)", "\\Gamma(\\alpha + 1)", "at θ = [2.5, 0.75], x = "),
        ("gamma", "\\psi_1(\\alpha)", "\\psi(\\alpha)", "entry (1, 1)"),
        ("gamma", "x^{\\alpha-1}", "y^{\\alpha-1}", "`y` is neither a parameter, nor defined in this block"),
        ("gamma", "f(x; \\alpha, \\beta)", "f(x; \\alpha)", "in the code of [\"\\\\alpha\", \"\\\\beta\"]"),
        ("gamma", "f(x; \\alpha, \\beta)", "f(x; \\beta, \\alpha)", "in the code of [\"\\\\alpha\", \"\\\\beta\"]"),
        ("gamma", "I(\\alpha, \\beta)", "I(\\beta, \\alpha)", "the matrix of [\"\\\\beta\", \"\\\\alpha\"]"),
        ("gamma", "I(\\alpha, \\beta)", "J(\\alpha, \\beta)", "no `I(…) = …` in this block"),
        ("gamma", "& -1/\\beta \\\\", "\\\\", "the rows of this matrix have different lengths"),
        ("Poisson", "\\frac{1}{\\lambda}", "\\frac{1}{\\lambda", "`}` is expected here, not the end"),
        ("normal", "1/\\sigma^2 & 0", "1/\\sigma^2 & 10^{-6}", "entry (1, 2)"),
        ("normal", "\\frac{1}{\\sigma", "-\\frac{1}{\\sigma", "the logarithm of −f is"),
        ("normal", "2\\sigma^2", "(2 + 10^{-7})\\sigma^2", "the logarithm is"),
    ] {
        let (entry, documentation) = families.iter().find(|(entry, _)| entry.name == family).unwrap();
        assert!(complaints(entry, documentation).is_empty());
        let found = complaints(entry, &documentation.doctored(from, to)).join("\n");
        assert!(found.contains(complaint), "{to} for {from} is found as\n{found}");
    }
}
