//! Special functions that are not written out: the user of the source brings them along, as methods of a trait.

use crate::scalar::Special;
use std::collections::BTreeMap;

/// The methods that a source needs: their declarations by their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Methods {
    declarations: BTreeMap<String, String>,
}

/// A special function as a method: its name, an order that stands before the arguments, the arguments, and what it is.
struct Method {
    name: &'static str,
    order: Option<u32>,
    arguments: &'static [&'static str],
    formula: &'static str,
}

impl Method {
    /// `None` for elementary functions.
    fn of<D>(call: &Special<D>) -> Option<Self> {
        let method = |name, arguments, formula| Self { name, order: None, arguments, formula };
        let ordered = |name, order, arguments, formula| Self { name, order: Some(order), arguments, formula };
        Some(match call {
            Special::LnGamma(_) => method("ln_gamma", &["x"], "ln Γ(x)"),
            Special::Polygamma(order, _) => {
                ordered("polygamma", *order, &["x"], "ψₙ(x), the derivative of order n + 1 of ln Γ(x)")
            }
            Special::LnBeta(..) => method("ln_beta", &["a", "b"], "ln B(a, b)"),
            Special::Erf(_) => method("erf", &["x"], "erf(x)"),
            Special::Erfc(_) => method("erfc", &["x"], "erfc(x) = 1 − erf(x)"),
            Special::LnNormCdf(_) => method("ln_norm_cdf", &["x"], "ln Φ(x), Φ the normal distribution function"),
            Special::LnBesselI0(_) => method("ln_bessel_i0", &["x"], "ln I₀(x)"),
            Special::BesselRatio(_) => method("bessel_ratio", &["x"], "I₁(x)/I₀(x)"),
            Special::LnZeta(order, _) => ordered("ln_zeta", *order, &["s"], "The derivative of order n of ln ζ(s)"),
            Special::GammaP(..) => method("gamma_p", &["a", "x"], "P(a, x), the regularised incomplete gamma function"),
            Special::GammaQ(..) => method("gamma_q", &["a", "x"], "Q(a, x) = 1 − P(a, x)"),
            Special::Beta(..) => {
                method("beta_regularised", &["x", "a", "b"], "I_x(a, b), the regularised incomplete beta function")
            }
            Special::Ln1mExp(_) | Special::Ln1pExp(_) | Special::Logistic(_) => return None,
        })
    }
}

impl Methods {
    pub fn is_empty(&self) -> bool {
        self.declarations.is_empty()
    }

    /// A call of a special function; `None` if it is elementary.
    pub fn function<D>(&mut self, call: &Special<D>, arguments: &[String]) -> Option<String> {
        let Method { name, order, arguments: names, formula } = Method::of(call)?;
        let first = order.map(|_| "n: u32".to_owned());
        self.declare(name, formula, first, names);
        Some(called(name, order.map(|order| order.to_string()), arguments))
    }

    /// A call of a partial derivative of a special function; `None` if that is elementary.
    pub fn partial<D>(&mut self, call: &Special<D>, arguments: &[String], orders: [u8; 3]) -> Option<String> {
        let Method { name, arguments: names, formula, .. } = Method::of(call)?;
        let name = format!("{name}_derivative");
        let formula = format!("The derivative of {formula}, of these orders in the arguments");
        self.declare(&name, &formula, Some(format!("orders: [u8; {}]", names.len())), names);
        Some(called(&name, Some(format!("{:?}", &orders[..names.len()])), arguments))
    }

    /// A call of the spherical Bessel function jₙ(x).
    pub fn spherical_bessel(&mut self, order: u8, x: &str) -> String {
        let name = "spherical_bessel";
        self.declare(name, "jₙ(x), the spherical Bessel function of the first kind", Some("n: u32".into()), &["x"]);
        called(name, Some(order.to_string()), &[x.to_owned()])
    }

    fn declare(&mut self, name: &str, formula: &str, first: Option<String>, names: &[&str]) {
        let arguments = first.into_iter().chain(names.iter().map(|name| format!("{name}: f64")));
        let arguments: Vec<String> = arguments.collect();
        let declaration = format!("    /// {formula}.\n    fn {name}(&self, {}) -> f64;\n", arguments.join(", "));
        self.declarations.insert(name.to_owned(), declaration);
    }

    /// The declaration of the trait; nothing if no methods are needed.
    pub fn declaration(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let methods: Vec<&str> = self.declarations.values().map(String::as_str).collect();
        format!(
            "/// Special functions, from a library of your choice.\npub trait Special {{\n{}}}\n\n",
            methods.join("\n")
        )
    }
}

fn called(name: &str, first: Option<String>, arguments: &[String]) -> String {
    let arguments: Vec<String> = first.into_iter().chain(arguments.iter().cloned()).collect();
    format!("special.{name}({})", arguments.join(", "))
}
