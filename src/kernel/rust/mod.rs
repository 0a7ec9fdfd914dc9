//! Kernels as Rust source, for those who want them ahead of time.

mod at_theta;
mod frame;
mod number;
mod operations;
mod pass;
mod recorded;
mod special;
mod vector_functions;

use super::explanation::Obstacle;
use super::reduced::MOST_CANCELLATION;
use crate::derivatives::packed_length;
use crate::error::Error;
use crate::model::{Datum, LogLikelihood, Parameter, Theta, described};
use crate::recording::trace;
use number::literal;
use operations::Needs;
use recorded::Recorded;

/// Why there is no source.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoSource {
    /// The log-likelihood cannot be recorded at θ and x.
    #[error(transparent)]
    Recording(#[from] Error),
    /// The log-likelihood cannot be compiled.
    #[error("the log-likelihood cannot be compiled: {0}")]
    Obstacle(Obstacle),
}

/// The kernel of a model as the source of a Rust function: log-likelihood, score, outer products and Hessian summed over a data set.
///
/// The source needs no crate but the standard library and no `unsafe`; put it into a file of its own, or `include!` it in a module.
/// Its loops have no branches, so that the compiler turns them into vector instructions: compile it with `-C target-cpu=native`. What
/// depends on θ alone is computed before the loops. Where a few functions of the data suffice, these are summed and the rest is
/// combined at the end; if that costs too many digits, the function notices and computes row by row.
///
/// The source has a function
///
/// ```text
/// pub fn sums(
///     theta: &[f64; P],
///     columns: [&[f64]; K],
///     weights: Option<&[f64]>,
/// ) -> Result<Sums, Refusal>
/// ```
///
/// of the parameters and of the K coordinates of the observations, by columns. `Sums` has the fields `weight`, `log_likelihood`, `score`,
/// `outer`, `hessian` and `strays`. Elementary functions, ln Γ, ψ and ψ′ are written out; other special functions, such as erf or
/// ψ″, are methods of a trait `Special` in the source, which its user implements with a library of choice and passes as a fourth argument.
/// ln Γ, ψ and ψ′ are those of positive numbers, and NaN elsewhere.
///
/// The source is the log-likelihood as it was recorded at θ and x. If it decides by the value of a parameter, the function refuses a θ
/// at which the decision would be another; if it decides by the data, observations for which the decision would be another are left out
/// and counted in `strays`: a function made from an x among them serves these. Parameters outside their domains, negative weights and
/// columns of different lengths are refused; what a model demands of several parameters together
/// ([`LogLikelihood::check`]) is not part of the source. An observation whose log-likelihood is not finite makes the sums NaN or infinite.
///
/// ```
/// use fisher_information::{distributions::Normal, kernel::to_rust};
///
/// let source = to_rust(&Normal, &[0.3, 1.5], &0.7)?;
/// let start = source.find("pub const").ok_or("no constant")?;
/// let lines: Vec<&str> = source[start..].lines().take(4).collect();
/// assert_eq!(lines, [
///     r#"pub const PARAMETERS: [&str; 2] = ["mean", "deviation"];"#,
///     "",
///     "/// The open interval that each parameter lies in.",
///     "pub const DOMAINS: [(f64, f64); 2] = [(f64::NEG_INFINITY, f64::INFINITY), (0.0, f64::INFINITY)];",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`NoSource::Recording`] with the errors of [`trace`](crate::recording::trace()), [`NoSource::Obstacle`] for opaque observations, for a
/// log-likelihood that reads values out of its numbers, and for one whose derivatives are too long.
pub fn to_rust<M: LogLikelihood>(model: &M, theta: &Theta<M, f64>, x: &Datum<M, f64>) -> Result<String, NoSource> {
    let trace = trace(model, theta, x)?;
    let parameters = described(model.parameters(), theta.as_ref().len());
    let columns = trace.x.len();
    let at = Point { model: std::any::type_name::<M>(), parameters, theta: trace.theta.clone(), x: trace.x.clone() };
    let recorded = Recorded::of(trace).map_err(NoSource::Obstacle)?;
    Ok(at.source(&recorded, columns))
}

/// What is said about a source in words.
struct Point {
    model: &'static str,
    parameters: Vec<Parameter>,
    theta: Vec<f64>,
    x: Vec<f64>,
}

impl Point {
    fn source(&self, recorded: &Recorded, columns: usize) -> String {
        let mut needs = Needs::default();
        let holds = (recorded.conditions() > 0).then(|| recorded.holds(&mut needs));
        let functions = recorded.by_functions(&mut needs);
        let rows = recorded.by_rows(&mut needs);
        let p = self.parameters.len();
        let triangle = packed_length(p);
        let sums = 2 + p + 2 * triangle;
        let data = format!(", columns: &[&[f64]; {columns}], weights: Option<&[f64]>");
        let declared = |name: &str, data: &str, result: &str, body: &str| {
            let special = if is_special(body) { ", special: &impl Special" } else { "" };
            format!("fn {name}(theta: &[f64; {p}]{data}{special}) -> {result} {{\n{body}}}\n")
        };
        let called = |name: &str, data: &str, body: &str| {
            let special = if is_special(body) { ", special" } else { "" };
            format!("{name}(theta{data}{special})")
        };
        let by_rows = called("by_rows", ", &columns, weights", &rows);
        let pass = match &functions {
            Some(body) => {
                let by_functions = called("by_functions", ", &columns, weights", body);
                format!("match {by_functions} {{\n        Some(found) => found,\n        None => {by_rows},\n    }}")
            }
            None => by_rows,
        };
        let mut course = String::new();
        let mut text = [frame::PUBLIC, frame::CHUNKS].concat();
        for (call, function) in frame::SUMS {
            if [Some(&rows), functions.as_ref()].into_iter().flatten().any(|body| body.contains(call)) {
                text += function;
            }
        }
        if let Some(body) = holds {
            course = format!(
                "    if !{} {{\n        return Err(Refusal::AnotherCourse);\n    }}\n",
                called("holds_at", "", &body)
            );
            text += "\n/// Whether the decisions on θ come out as recorded.\n";
            text += &declared("holds_at", "", "bool", &body);
        }
        if let Some(body) = functions {
            text += frame::COMBINATION;
            text += "\n/// Everything from the sums of a few functions of the data; `None` if that costs too many digits.\n";
            text += &declared("by_functions", &data, &format!("Option<([f64; {sums}], usize)>"), &body);
        }
        text += "\n/// Everything row by row.\n";
        text += &declared("by_rows", &data, &format!("([f64; {sums}], usize)"), &rows);
        text += "\n";
        text += &vector_functions::source(&needs.vector);
        let special_line = if !needs.methods.is_empty() { "\n    special: &impl Special," } else { "" };
        let list = |items: Vec<String>| format!("[{}]", items.join(", "));
        let names = list(self.parameters.iter().map(|parameter| format!("{:?}", parameter.name)).collect());
        let interval = |parameter: &Parameter| {
            format!("({}, {})", literal(parameter.domain.lower), literal(parameter.domain.upper))
        };
        let domains = list(self.parameters.iter().map(interval).collect());
        let replacements = [
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("parameters", p.to_string()),
            ("columns", columns.to_string()),
            ("triangle", triangle.to_string()),
            ("sums", sums.to_string()),
            ("cancellation", literal(MOST_CANCELLATION)),
            ("special_line", special_line.to_owned()),
            ("course", course),
            ("pass", pass),
            ("trait", needs.methods.declaration()),
            ("domains", domains),
            ("documentation", self.documentation(recorded)),
            ("names", names),
        ];
        replacements.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
    }

    /// The documentation of the function.
    fn documentation(&self, recorded: &Recorded) -> String {
        let numbers = |values: &[f64]| values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(", ");
        let names: Vec<String> =
            self.parameters.iter().map(|parameter| parameter.name.escape_debug().to_string()).collect();
        let work = match recorded.functions() {
            Some(count) => format!(
                "Everything is combined from the sums of {count} functions of the data, as long as that keeps the digits."
            ),
            None => "Score and Hessian are computed row by row.".to_owned(),
        };
        format!(
            "/// The log-likelihood of `{}` summed over observations, with its derivatives.\n\
             ///\n\
             /// Parameters: {}. Columns: the {} of an observation.\n\
             ///\n\
             /// {work}\n\
             ///\n\
             /// Recorded at θ = ({}) and x = ({}), where the log-likelihood takes {} by θ{} and {} by the data{}.",
            self.model,
            names.join(", "),
            match self.x.len() {
                1 => "value".to_owned(),
                count => format!("{count} coordinates"),
            },
            numbers(&self.theta),
            numbers(&self.x),
            decisions(recorded.conditions()),
            if recorded.conditions() > 0 { " (a θ with another outcome is refused)" } else { "" },
            decisions(recorded.guards),
            if recorded.guards > 0 { " (an observation with another outcome is a stray)" } else { "" },
        )
    }
}

/// Whether functions are called that the user of the source brings along.
fn is_special(body: &str) -> bool {
    body.contains("special.")
}

fn decisions(count: usize) -> String {
    match count {
        0 => "no decision".to_owned(),
        1 => "1 decision".to_owned(),
        count => format!("{count} decisions"),
    }
}
