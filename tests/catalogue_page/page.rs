//! The page as text.

use super::ROOT;
use super::documentation::Documentation;
use super::formulas::constants;
use crate::tex::of_symbol;
use fisher_information::any::Entry;
use fisher_information::model::{Stream, Support};
use rand::SeedableRng;
use std::f64::consts::PI;
use std::fmt::Write;
use std::fs;

/// The groups of families, in the order of the page.
pub const GROUPS: [&str; 4] = ["continuous", "discrete", "multivariate", "composite"];

/// What is above this line is written by hand.
const BELOW: &str = "<!-- What follows is written by `UPDATE_CATALOGUE=1 cargo test catalogue_page`. -->";

/// What the code knows of a family beyond its density.
pub struct Known {
    pub closed_form: bool,
    pub sampler: bool,
    pub quantile: bool,
    pub distribution_function: bool,
    pub entropy: bool,
    pub divergence: bool,
    pub distance: bool,
}

impl Known {
    pub fn of(entry: &Entry) -> Self {
        let (model, theta) = (&entry.model, &entry.points[0]);
        let draw = model.sample(theta, &mut Stream::seed_from_u64(1)).unwrap();
        let tails = draw.as_ref().and_then(|x| model.tails(theta, x).unwrap());
        let [entropy, divergence] = model.formulas(theta, theta).unwrap();
        Self {
            closed_form: model.closed_form(theta).unwrap().is_some(),
            sampler: draw.is_some(),
            quantile: model.quantile(theta, &[0.5; 64]).unwrap().is_some(),
            distribution_function: tails.is_some(),
            entropy: entropy.is_some(),
            divergence: divergence.is_some(),
            distance: model.closed_form_distance(theta, theta).unwrap().is_some(),
        }
    }
}

/// The page: what `kept` has above the mark, and the families below it.
pub fn write(kept: &str, families: &[(Entry, Documentation)]) -> String {
    let (above, _) = kept.split_once(BELOW).expect("a page with the mark");
    let mut sections = String::new();
    let mut page = format!("{above}{BELOW}\n");
    for group in GROUPS {
        let folder = format!("src/distributions/{group}/");
        let mut members: Vec<Family> = families
            .iter()
            .filter(|(_, documentation)| documentation.file.starts_with(&folder))
            .map(|(entry, documentation)| Family { entry, documentation, known: Known::of(entry) })
            .collect();
        if members.is_empty() {
            continue;
        }
        members.sort_by_key(|family| family.title().to_lowercase().replace('é', "e"));
        let heading = capitalised(group);
        let text = fs::read_to_string(format!("{ROOT}/{folder}mod.rs")).unwrap();
        let about = text.lines().next().unwrap_or_default().trim_start_matches("//! ").trim_end_matches('.');
        write!(
            page,
            "\n{about}:\n\n| family | parameters | support | $`I`$ | $`F`$ | $`Q`$ | $`h`$ | KL | $`d`$ | $`\\eta`$ |\n"
        )
        .unwrap();
        page.push_str("|---|---|---|---|---|---|---|---|---|---|\n");
        write!(sections, "\n## {heading}\n").unwrap();
        for family in &members {
            page.push_str(&family.row());
            sections.push_str(&family.section());
        }
    }
    page + &sections
}

struct Family<'a> {
    entry: &'a Entry,
    documentation: &'a Documentation,
    known: Known,
}

impl Family<'_> {
    /// The name in the catalogue, or that of a generic structure in words.
    fn title(&self) -> String {
        if !self.entry.type_name.contains('<') {
            return capitalised(self.entry.name);
        }
        let mut words = String::new();
        for (i, letter) in self.documentation.name.char_indices() {
            if i > 0 && letter.is_uppercase() {
                words.push(' ');
            }
            words.extend(if i > 0 { letter.to_lowercase().collect() } else { vec![letter] });
        }
        words
    }

    /// Its line of the table.
    fn row(&self) -> String {
        let title = self.title();
        // as GitHub and rustdoc make it from the heading
        let kept = title.chars().filter(|&c| c.is_alphanumeric() || "-_ ".contains(c));
        let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
        let names: Vec<_> = self.entry.model.parameters().into_iter().map(|parameter| parameter.name).collect();
        let known = &self.known;
        let marks = [
            known.closed_form,
            known.distribution_function,
            known.quantile,
            known.entropy,
            known.divergence,
            known.distance,
            self.documentation.implements("ExponentialFamily"),
        ];
        let mut marks = marks.map(|known| if known { "•" } else { "" });
        if self.distance_is_partial() {
            marks[5] = "∘";
        }
        let marks = marks.join(" | ");
        format!("| [{title}](#{anchor}) | {} | {} | {marks} |\n", names.join(", "), self.support())
    }

    /// Whether the formula of the distance needs some parameters to be known.
    fn distance_is_partial(&self) -> bool {
        !self.known.distance && self.documentation.implements("FisherRao")
    }

    /// Its section.
    fn section(&self) -> String {
        let Documentation { name, summary, tex, remarks, source, .. } = self.documentation;
        let mut text = format!("\n### {}\n\n{summary}\n\n```math\n{tex}```\n", self.title());
        for remark in remarks {
            write!(text, "\n{remark}\n").unwrap();
        }
        writeln!(text, "\n- Parameters: {}", self.parameters()).unwrap();
        writeln!(text, "- Support: {}", self.support()).unwrap();
        if self.documentation.examples.len() > 1 {
            writeln!(text, "- In the catalogue as: {}", self.documentation.examples.join(", ")).unwrap();
        }
        writeln!(text, "- In the code: [`{name}`](crate::distributions::{name}), with {}", self.abilities()).unwrap();
        writeln!(text, "- {}", source.replace('\n', "\n  ")).unwrap();
        linked(&text)
    }

    /// The names and symbols, and the domains.
    fn parameters(&self) -> String {
        let parameters = self.entry.model.parameters();
        let listed: Vec<String> = parameters
            .iter()
            .map(|parameter| {
                let name =
                    if parameter.symbol == parameter.name { String::new() } else { format!("`{}` ", parameter.name) };
                format!("{name}$`{}`$ in {}", of_symbol(&parameter.symbol), parameter.domain)
            })
            .collect();
        listed.join(", ")
    }

    /// The support at the first point, with what it depends on.
    fn support(&self) -> String {
        let Entry { name, model, points, .. } = self.entry;
        let supports: Vec<Support> = points.iter().map(|theta| model.support(theta).unwrap()).collect();
        let mut support = in_words(&supports[0]);
        if supports[1..].iter().any(|other| *other != supports[0]) {
            let theta: Vec<String> = points[0].iter().copied().map(number).collect();
            write!(support, " at θ = ({})", theta.join(", ")).unwrap();
        }
        for (i, (name, value)) in constants(name).iter().enumerate() {
            write!(support, "{} $`{name} = {value}`$", if i == 0 { " for" } else { "," }).unwrap();
        }
        support
    }

    fn abilities(&self) -> String {
        let known = &self.known;
        let mut words: Vec<&str> = [
            (known.closed_form, "closed form"),
            (known.sampler, "sampler"),
            (known.quantile, "quantiles"),
            (known.distribution_function, "distribution function"),
            (known.entropy, "entropy"),
            (known.divergence, "divergence"),
            (known.distance, "distance"),
            (self.distance_is_partial(), "distance where some parameters are known"),
            (self.documentation.implements("ExponentialFamily"), "natural parameters"),
        ]
        .into_iter()
        .filter_map(|(known, word)| known.then_some(word))
        .collect();
        let last = words.pop().unwrap_or("its density alone");
        if words.is_empty() { last.to_owned() } else { format!("{} and {last}", words.join(", ")) }
    }
}

/// Links from within the distributions made to work from without: `](super::Name)` gets the whole path, and of a short link
/// [`Name`], which only the compiler can resolve, the name is left.
fn linked(text: &str) -> String {
    let text = text.replace("](super::", "](crate::distributions::");
    let mut parts = text.split("[`");
    let mut linked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("`]") {
            Some((name, rest)) if !rest.starts_with('(') => write!(linked, "`{name}`{rest}").unwrap(),
            _ => write!(linked, "[`{part}").unwrap(),
        }
    }
    linked
}

#[test]
fn links_work_from_the_page() {
    let (inside, outside) = (
        "[`A`] and [`B`](super::B) or [`C::d`](crate::C::d), [`E`]",
        "`A` and [`B`](crate::distributions::B) or [`C::d`](crate::C::d), `E`",
    );
    assert_eq!(linked(inside), outside);
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn in_words(support: &Support) -> String {
    let joined = |parts: &[Support], by| parts.iter().map(in_words).collect::<Vec<_>>().join(by);
    match support {
        &Support::Interval { lower, upper } => format!("({}, {})", number(lower), number(upper)),
        Support::Integers { lower: f64::NEG_INFINITY, upper: f64::INFINITY } => "{…, −1, 0, 1, …}".into(),
        &Support::Integers { lower, upper: f64::INFINITY } => {
            format!("{{{}, {}, …}}", number(lower), number(lower + 1.0))
        }
        &Support::Integers { lower, upper } => format!("{{{}, …, {}}}", number(lower), number(upper)),
        Support::Points(points) => {
            format!("{{{}}}", points.iter().copied().map(number).collect::<Vec<_>>().join(", "))
        }
        Support::Product(factors) => joined(factors, " × "),
        Support::Mixed(pieces) => joined(pieces, " and "),
        Support::Simplex { parts } => format!("{parts} positive numbers that sum to 1"),
        Support::Compositions { parts, total } => format!("{parts} counts that sum to {total}"),
        Support::Unstructured => "known to the sampler alone".into(),
        other => format!("{other:?}"),
    }
}

fn number(value: f64) -> String {
    match value {
        f64::INFINITY => "∞".into(),
        f64::NEG_INFINITY => "−∞".into(),
        PI => "π".into(),
        value if value == -PI => "−π".into(),
        value => value.to_string().replace('-', "−"),
    }
}
