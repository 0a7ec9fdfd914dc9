//! The printed formulas, evaluated and compared with the code.

use super::documentation::Documentation;
use super::families;
use crate::tex::{Definition, Formula, Mistake, Rounded, Scope};
use fisher_information::any::Entry;
use fisher_information::model::Stream;
use rand::SeedableRng;

/// How far a formula may be from the code, relative to the value; a logarithm below 1 relative to 1. Where the formula cancels,
/// twice the bound of its rounding errors is allowed instead.
const TOLERANCE: f64 = 1e-9;

/// How many draws of each of the three points are compared, and how many of them at least with the tolerance at the first two.
const DRAWS: usize = 40;
const SHARP_DRAWS: usize = 30;

/// The known constants of the families as the catalogue shows them.
pub const CONSTANTS: [(&str, &[(&str, f64)]); 1] = [("binomial", &[("n", 10.0)])];

/// Files whose formulas are not evaluated, and why.
const EXEMPT: [(&str, &str); 1] = [("src/distributions/composite/", "they hold for the f and F of any other model")];

/// The known constants of a family.
pub fn constants(family: &str) -> &'static [(&'static str, f64)] {
    CONSTANTS.iter().find(|(name, _)| *name == family).map_or(&[], |(_, constants)| constants)
}

/// What is wrong with the formulas of a family.
fn complaints(entry: &Entry, documentation: &Documentation) -> Vec<String> {
    let formula = match Formula::parse(&documentation.tex) {
        Ok(formula) => formula,
        Err(mistake) => return vec![documentation.show(&mistake)],
    };
    let comparison = Comparison { entry, formula: &formula };
    let found = comparison.heads().map(|()| comparison.density().into_iter().chain(comparison.matrix()).collect());
    let mistakes: Vec<Mistake> = found.unwrap_or_else(|mistake| vec![mistake]);
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
    fn mistake(&self, definition: &Definition, what: String) -> Mistake {
        Mistake { at: definition.at, what: format!("{}: {what}", self.entry.name) }
    }

    fn named(&self, name: &str) -> Result<&'a Definition, Mistake> {
        let what = format!("{}: no `{name}(…) = …` in this block", self.entry.name);
        self.formula.definition(name).ok_or(Mistake { at: 0, what })
    }

    /// Whether the heads of density and matrix name the parameters of the code, and the matrix is where the code has one.
    fn heads(&self) -> Result<(), Mistake> {
        let density = self.named("f")?;
        let names: Vec<_> = self.entry.model.parameters().into_iter().map(|parameter| parameter.name).collect();
        if density.parameters.len() != names.len() {
            let what = format!("the density is printed as one of {:?}, in the code of {names:?}", density.parameters);
            return Err(self.mistake(density, what));
        }
        let in_code = self.entry.model.closed_form(&self.entry.points[0]).is_ok_and(|matrix| matrix.is_some());
        if !in_code {
            return match self.formula.definition("I") {
                Some(matrix) => Err(self.mistake(matrix, "a matrix is printed that the code does not have".into())),
                None => Ok(()),
            };
        }
        let matrix = self.named("I")?;
        if matrix.parameters != density.parameters {
            let what = format!("the density is one of {:?}, the matrix of {:?}", density.parameters, matrix.parameters);
            return Err(self.mistake(matrix, what));
        }
        let size = names.len();
        match matrix.values.iter().map(|value| value.shape().unwrap_or((1, 1))).find(|&shape| shape != (size, size)) {
            Some((rows, columns)) => {
                Err(self.mistake(matrix, format!("a {rows} × {columns} matrix, but there are {size} parameters")))
            }
            None => Ok(()),
        }
    }

    /// Parameters and constants with their values.
    fn scope(&self, theta: &[f64]) -> Scope<'a> {
        let names = self.formula.definition("f").map_or(&[][..], |density| &density.parameters);
        let parameters = names.iter().map(String::as_str).zip(theta.iter().copied());
        let constants = constants(self.entry.name).iter().copied();
        constants.chain(parameters).fold(Scope::new(self.formula), |scope, (name, value)| scope.with(name, value))
    }

    /// ln f by the formula and by the code, at draws.
    fn density(&self) -> Vec<Mistake> {
        let Some(density) = self.formula.definition("f") else { return Vec::new() };
        let mut stream = Stream::seed_from_u64(20_260_102);
        for (number, theta) in self.entry.points.iter().enumerate() {
            let mut sharp = 0;
            for _ in 0..DRAWS {
                let x = self.entry.model.sample(theta, &mut stream).ok().flatten().unwrap_or_default();
                let Ok(code) = self.entry.model.ln_likelihood(theta, &x) else { continue };
                if !code.is_finite() {
                    continue; // a draw that underflowed to an end of the support
                }
                if x.len() != density.data.len() {
                    let what =
                        format!("{:?} are printed, but an observation has {} coordinates", density.data, x.len());
                    return vec![self.mistake(density, what)];
                }
                let names = density.data.iter().map(String::as_str).zip(x.iter().copied());
                let scope = names.fold(self.scope(theta), |scope, (name, value)| scope.with(name, value));
                for value in &density.values {
                    let printed = match scope.logarithm(value) {
                        Ok(printed) => printed,
                        Err(mistake) => return vec![mistake],
                    };
                    let verdict = compare(printed.ln, code, code.abs().max(1.0));
                    if printed.negative || matches!(verdict, Verdict::Differs) {
                        let sign = if printed.negative { "of −f " } else { "" };
                        let what = format!(
                            "at θ = {theta:?}, x = {x:?} the logarithm {sign}is {:?} by the formula, {code:?} by the code",
                            printed.ln.value
                        );
                        return vec![self.mistake(density, what)];
                    }
                    sharp += usize::from(matches!(verdict, Verdict::Agrees));
                }
            }
            let expected = SHARP_DRAWS * density.values.len();
            if number < 2 && sharp < expected {
                let what =
                    format!("at θ = {theta:?} only {sharp} draws could be compared, less than {expected}: it cancels");
                return vec![self.mistake(density, what)];
            }
        }
        Vec::new()
    }

    /// The entries of the matrix by the formula and by the code.
    fn matrix(&self) -> Vec<Mistake> {
        let Some(matrix) = self.formula.definition("I") else { return Vec::new() };
        let mut mistakes = Vec::new();
        for (number, theta) in self.entry.points.iter().enumerate() {
            let Ok(Some(code)) = self.entry.model.closed_form(theta) else { continue };
            let code = code.matrix();
            for (i, j) in (0..theta.len()).flat_map(|i| (0..theta.len()).map(move |j| (i, j))) {
                let scale = match code[(i, j)] {
                    0.0 => (code[(i, i)] * code[(j, j)]).sqrt(),
                    entry => entry.abs(),
                };
                let scope = self.scope(theta).at_entry(i, j);
                for value in &matrix.values {
                    let printed = match scope.value(value) {
                        Ok(printed) => printed,
                        Err(mistake) => return vec![mistake],
                    };
                    let what = match compare(printed, code[(i, j)], scale) {
                        Verdict::Agrees => continue,
                        Verdict::Blurred if number == 2 => continue,
                        Verdict::Blurred => "the formula cancels",
                        Verdict::Differs => "the two differ",
                    };
                    let what = format!(
                        "entry ({}, {}) at θ = {theta:?} is {:?} by the formula, {:?} by the code: {what}",
                        i + 1,
                        j + 1,
                        printed.value,
                        code[(i, j)]
                    );
                    mistakes.push(self.mistake(matrix, what));
                }
            }
        }
        mistakes
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
        (
            "gamma",
            "& -1/\\beta",
            "& 1/\\beta",
            "entry (1, 2) at θ = [1.0, 1.0] is 1.0 by the formula, -1.0 by the code",
        ),
        ("gamma", "-\\beta x", "\\beta x", "the logarithm is"),
        ("gamma", "\\Gamma(\\alpha)", "\\Gamma(\\alpha + 1)", "at θ = [2.5, 0.75], x = "),
        ("gamma", "\\psi_1(\\alpha)", "\\psi(\\alpha)", "entry (1, 1)"),
        ("gamma", "x^{\\alpha-1}", "y^{\\alpha-1}", "`y` is neither a parameter, nor defined in this block"),
        ("gamma", "f(x; \\alpha, \\beta)", "f(x; \\alpha)", "in the code of [\"shape\", \"rate\"]"),
        ("gamma", "I(\\alpha, \\beta)", "I(\\beta, \\alpha)", "the matrix of [\"\\\\beta\", \"\\\\alpha\"]"),
        ("gamma", "I(\\alpha, \\beta)", "J(\\alpha, \\beta)", "no `I(…) = …` in this block"),
        ("gamma", "& -1/\\beta \\\\", "\\\\", "the rows of this matrix have different lengths"),
        ("Poisson", "\\frac{1}{\\lambda}", "\\frac{1}{\\lambda", "poisson.rs:16: `}` is expected here, not the end"),
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
