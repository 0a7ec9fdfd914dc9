//! A reader of formulas in plain text, as any computer algebra system reads them: text in, numbers out.

use fisher_information::scalar::Scalar;

/// The value of a formula in variables with values.
pub fn value(text: &str, variables: &[(&str, f64)]) -> Result<f64, String> {
    let mut reader = Reader { text, variables };
    let value = reader.sum()?;
    if reader.text.is_empty() { Ok(value) } else { Err(format!("`{}` is left over", reader.text)) }
}

struct Reader<'a> {
    text: &'a str,
    variables: &'a [(&'a str, f64)],
}

impl Reader<'_> {
    fn accept(&mut self, sign: &str) -> bool {
        let rest = self.text.trim_start().strip_prefix(sign);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.accept(sign) { Ok(()) } else { Err(format!("`{sign}` is expected before `{}`", self.text)) }
    }

    fn sum(&mut self) -> Result<f64, String> {
        let mut sum = if self.accept("-") { -self.product()? } else { self.product()? };
        loop {
            if self.accept("+") {
                sum += self.product()?;
            } else if self.accept("-") {
                sum -= self.product()?;
            } else {
                return Ok(sum);
            }
        }
    }

    fn product(&mut self) -> Result<f64, String> {
        let mut product = self.power()?;
        loop {
            if self.accept("*") {
                product *= self.power()?;
            } else if self.accept("/") {
                product /= self.power()?;
            } else {
                return Ok(product);
            }
        }
    }

    fn power(&mut self) -> Result<f64, String> {
        let base = self.operand()?;
        if !self.accept("^") {
            return Ok(base);
        }
        let exponent = self.operand()?;
        if self.accept("^") { Err("a power of a power without brackets".into()) } else { Ok(base.powf(exponent)) }
    }

    fn operand(&mut self) -> Result<f64, String> {
        if self.accept("(") {
            let inside = self.sum()?;
            return self.expect(")").map(|()| inside);
        }
        self.text = self.text.trim_start();
        let part_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if self.text.starts_with(|c: char| c.is_ascii_digit()) {
            let part_of_number = |(at, c): (usize, char)| {
                let exponent = c == '-' && self.text[..at].ends_with('e');
                c.is_ascii_digit() || c == '.' || c == 'e' || exponent
            };
            let end = self.text.char_indices().position(|c| !part_of_number(c)).unwrap_or(self.text.len());
            let (digits, rest) = self.text.split_at(end);
            self.text = rest;
            return digits.parse().map_err(|_| format!("`{digits}` is no number"));
        }
        let end = self.text.find(|c: char| !part_of_name(c)).unwrap_or(self.text.len());
        let (name, rest) = self.text.split_at(end);
        self.text = rest;
        if !self.accept("(") {
            let known = self.variables.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
            let constant = match name {
                "pi" => Some(std::f64::consts::PI),
                "e" => Some(std::f64::consts::E),
                _ => None,
            };
            return known.or(constant).ok_or_else(|| format!("`{name}` is not known"));
        }
        let argument = self.sum()?;
        self.expect(")")?;
        function(name, argument).ok_or_else(|| format!("no function `{name}` is known"))
    }
}

fn function(name: &str, x: f64) -> Option<f64> {
    if let Some(order) = name.strip_prefix("psi_") {
        return Some(x.polygamma(order.parse().ok()?));
    }
    Some(match name {
        "ln" => x.ln(),
        "exp" => x.exp(),
        "sqrt" => x.sqrt(),
        "abs" => x.abs(),
        "sgn" => x.signum(),
        "sin" => x.sin(),
        "cos" => x.cos(),
        "lnGamma" => Scalar::ln_gamma(x),
        "Gamma" => Scalar::ln_gamma(x).exp(),
        "psi" => x.digamma(),
        "lnI_0" => x.ln_bessel_i0(),
        "I_0" => x.ln_bessel_i0().exp(),
        "A" => x.bessel_ratio(),
        _ => return None,
    })
}
