//! From tokens to trees.

use super::Mistake;
use super::functions::{ELEMENTARY, NAMED};
use super::token::{NEW_LINE, Token, tokens, word};
use super::tree::{Call, Condition, Definition, Expression, Formula, Series};
use std::collections::HashSet;

impl Formula {
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let tokens = tokens(text)?;
        let mut parser = Parser { tokens: &tokens, end: text.trim_end().len(), ..Parser::default() };
        parser.learn_heads();
        let mut definitions = Vec::new();
        while parser.separated() {
            definitions.push(parser.definition()?);
        }
        Ok(Self { definitions })
    }
}

const SEPARATORS: [&str; 4] = [",", ".", "\\qquad", NEW_LINE];
const SIGNS: [&str; 9] = ["=", "<", ">", "\\le", "\\leq", "\\ge", "\\geq", "\\ne", "\\neq"];
const BRACKETS: [(&str, &str); 4] = [("(", ")"), ("[", "]"), ("{", "}"), ("\\{", "\\}")];

#[derive(Default)]
struct Parser<'a> {
    tokens: &'a [Token<'a>],
    next: usize,
    end: usize,
    /// The functions that the block defines.
    functions: HashSet<String>,
    /// The arguments of all definitions, which are never functions.
    variables: HashSet<String>,
    /// Whether a bar ends an absolute value.
    inside_bars: bool,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> &'a str {
        self.tokens.get(self.next).map_or("", |token| token.text)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |token| token.at)
    }

    fn accept(&mut self, text: &str) -> bool {
        let found = self.peek() == text;
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, text: &str) -> Result<(), Mistake> {
        if self.accept(text) { Ok(()) } else { self.expected(&format!("`{text}`")) }
    }

    fn expected<T>(&self, what: &str) -> Result<T, Mistake> {
        let found = match self.peek() {
            "" => "the end of the formula",
            NEW_LINE => "the end of the line",
            other => &format!("`{other}`"),
        };
        Err(Mistake::new(self.at(), format!("{what} is expected here, not {found}")))
    }

    /// Goes past separators; whether anything is left.
    fn separated(&mut self) -> bool {
        while SEPARATORS.contains(&self.peek()) {
            self.next += 1;
        }
        self.next < self.tokens.len()
    }

    /// Finds out which names are functions and which are variables, since `a(1-x)` may be either.
    fn learn_heads(&mut self) {
        for start in 0..self.tokens.len() {
            self.next = start;
            if start > 0 && !SEPARATORS.contains(&self.tokens[start - 1].text) {
                continue;
            }
            if let Ok((name, data, parameters)) = self.head()
                && self.peek() == "="
                && !parameters.is_empty()
            {
                self.functions.insert(name);
                let letters = data.into_iter().chain(parameters).map(|name| letter_and_power(&name).0.to_owned());
                self.variables.extend(letters);
            }
        }
        self.next = 0;
    }

    /// `name`, `name(parameters)` or `name(data; parameters)`
    fn head(&mut self) -> Result<(String, Vec<String>, Vec<String>), Mistake> {
        let name = self.symbol()?;
        let (mut data, mut parameters) = (Vec::new(), Vec::new());
        if self.accept("(") {
            loop {
                parameters.push(self.argument_name()?);
                if self.accept(";") {
                    data = std::mem::take(&mut parameters);
                } else if !self.accept(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        Ok((name, data, parameters))
    }

    /// An argument of a function that is defined: a letter, or a power of one, as in `f(x; \mu, \sigma^2)`.
    fn argument_name(&mut self) -> Result<String, Mistake> {
        let letter = self.symbol()?;
        if !self.accept("^") {
            return Ok(letter);
        }
        match self.peek().parse::<u8>() {
            Ok(power) if power > 1 => {
                self.next += 1;
                Ok(format!("{letter}^{power}"))
            }
            _ => self.expected("a power of two or more"),
        }
    }

    fn definition(&mut self) -> Result<Definition, Mistake> {
        let at = self.at();
        let (name, data, parameters) = self.head()?;
        let mut values = Vec::new();
        self.expect("=")?;
        loop {
            values.push(self.expression()?);
            self.continued(&["="]);
            if !self.accept("=") {
                break;
            }
        }
        if self.next < self.tokens.len() && !SEPARATORS.contains(&self.peek()) {
            return self.expected("an operator, a comma or `\\qquad`");
        }
        Ok(Definition { name, data, parameters, values, at })
    }

    /// Goes to the next line if it begins with one of these.
    fn continued(&mut self, beginnings: &[&str]) {
        let following = self.tokens.get(self.next + 1).map_or("", |token| token.text);
        if self.peek() == NEW_LINE && beginnings.contains(&following) {
            self.next += 1;
        }
    }

    fn expression(&mut self) -> Result<Expression, Mistake> {
        let mut terms = Vec::new();
        let mut negative = self.accept("-");
        if !negative {
            self.accept("+");
        }
        loop {
            let term = self.term()?;
            terms.push(if negative { Expression::Negative(Box::new(term)) } else { term });
            self.continued(&["+", "-"]);
            negative = self.accept("-");
            if !negative && !self.accept("+") {
                break;
            }
        }
        Ok(if terms.len() == 1 { terms.remove(0) } else { Expression::Sum(terms) })
    }

    /// Products joined by dots and slashes, from left to right.
    fn term(&mut self) -> Result<Expression, Mistake> {
        let mut term = self.product()?;
        loop {
            self.continued(&["/", "\\cdot", "\\times"]);
            if self.accept("/") {
                term = Expression::Quotient(Box::new(term), Box::new(self.product()?));
            } else if self.accept("\\cdot") || self.accept("\\times") {
                term = Expression::Product(vec![term, self.product()?]);
            } else {
                return Ok(term);
            }
        }
    }

    /// Factors side by side.
    fn product(&mut self) -> Result<Expression, Mistake> {
        let mut factors = vec![self.factor()?];
        while self.begins_factor() {
            factors.push(self.factor()?);
        }
        Ok(if factors.len() == 1 { factors.remove(0) } else { Expression::Product(factors) })
    }

    fn begins_factor(&self) -> bool {
        let text = self.peek();
        match text {
            "" | "^" | "_" | "'" | "!" | "&" | "\\\\" | "/" | "\\cdot" | "\\times" | "+" | "-" | ";" => false,
            "|" => !self.inside_bars,
            _ => {
                !SEPARATORS.contains(&text)
                    && !SIGNS.contains(&text)
                    && !BRACKETS.iter().any(|&(_, close)| close == text)
                    && word(text, "\\end").is_none()
                    && word(text, "\\text").is_none()
            }
        }
    }

    fn factor(&mut self) -> Result<Expression, Mistake> {
        let (at, first) = (self.at(), self.peek());
        let mut base = self.primary()?;
        while self.accept("!") {
            base = call("!", vec![base], at);
        }
        if !self.accept("^") {
            return Ok(base);
        }
        if ELEMENTARY.contains(&first) {
            return Err(Mistake::new(at, format!("`{first}(…)^…` is ambiguous; write `({first} …)^…`")));
        }
        if first == "e" && matches!(base, Expression::Symbol { .. }) && !self.variables.contains("e") {
            return Ok(call("\\exp", vec![self.argument()?], at));
        }
        Ok(Expression::Power(Box::new(base), Box::new(self.argument()?)))
    }

    /// What a command or an exponent takes: a group in braces, or one token.
    fn argument(&mut self) -> Result<Expression, Mistake> {
        if self.peek() == "{" {
            return self.bracketed("{", "}", Self::expression);
        }
        let digit = self.peek().parse();
        if let Ok(digit) = digit {
            self.next += 1;
            return Ok(Expression::Number(digit));
        }
        let at = self.at();
        let name = self.token_of_symbol()?;
        Ok(Expression::Symbol { name, at })
    }

    /// Something between an opening bracket, which is the next token, and a closing one.
    fn bracketed<T>(
        &mut self,
        open: &str,
        close: &str,
        inside: impl FnOnce(&mut Self) -> Result<T, Mistake>,
    ) -> Result<T, Mistake> {
        let bars = std::mem::replace(&mut self.inside_bars, false);
        self.expect(open)?;
        let found = inside(self)?;
        self.expect(close)?;
        self.inside_bars = bars;
        Ok(found)
    }

    /// Expressions between commas and semicolons.
    fn list(&mut self) -> Result<Vec<Expression>, Mistake> {
        let mut list = vec![self.expression()?];
        while self.accept(",") || self.accept(";") {
            list.push(self.expression()?);
        }
        Ok(list)
    }

    fn primary(&mut self) -> Result<Expression, Mistake> {
        let (at, text) = (self.at(), self.peek());
        if let Some(&(open, close)) = BRACKETS.iter().find(|&&(open, _)| open == text) {
            return self.bracketed(open, close, Self::expression);
        }
        match text {
            "|" => {
                self.next += 1;
                let bars = std::mem::replace(&mut self.inside_bars, true);
                let inside = self.expression()?;
                self.inside_bars = bars;
                self.expect("|")?;
                Ok(call("|", vec![inside], at))
            }
            "\\frac" | "\\tfrac" | "\\dfrac" => {
                self.next += 1;
                Ok(Expression::Quotient(Box::new(self.argument()?), Box::new(self.argument()?)))
            }
            "\\binom" | "\\tbinom" => {
                self.next += 1;
                Ok(call("\\binom", vec![self.argument()?, self.argument()?], at))
            }
            "\\sqrt" => {
                self.next += 1;
                Ok(call("\\sqrt", vec![self.argument()?], at))
            }
            "\\sum" => self.series(),
            "\\begin{pmatrix}" => self.matrix(),
            "\\begin{cases}" => self.cases(),
            _ if text.starts_with(|c: char| c.is_ascii_digit()) => self.number(),
            _ if ELEMENTARY.contains(&text) => self.elementary(),
            _ => self.symbol_or_call(),
        }
    }

    fn number(&mut self) -> Result<Expression, Mistake> {
        let mut digits = String::new();
        loop {
            let following = self.tokens.get(self.next + 1).map_or("", |token| token.text);
            let text = self.peek();
            let point = text == "." && following.starts_with(|c: char| c.is_ascii_digit());
            if !point && !text.starts_with(|c: char| c.is_ascii_digit()) {
                break;
            }
            digits.push_str(text);
            self.next += 1;
        }
        digits.parse().map(Expression::Number).or_else(|_| self.expected("a number"))
    }

    /// `\ln(…)`, `\ln x`, `\cos^2 x`
    fn elementary(&mut self) -> Result<Expression, Mistake> {
        let (at, function) = (self.at(), self.peek());
        self.next += 1;
        let power = if self.accept("^") { Some(self.argument()?) } else { None };
        let bare = !matches!(self.peek(), "(" | "[" | "\\{");
        let argument = if bare { self.factor()? } else { self.primary()? };
        if bare && self.begins_factor() && !ELEMENTARY.contains(&self.peek()) {
            let name = function.trim_start_matches('\\');
            return Err(Mistake::new(
                self.at(),
                format!("whether this belongs to {name} is not clear; write `{function}(…)`, or this before {name}"),
            ));
        }
        let value = call(function, vec![argument], at);
        Ok(match power {
            Some(power) => Expression::Power(Box::new(value), Box::new(power)),
            None => value,
        })
    }

    /// A letter, or a command that is not one of the language.
    fn token_of_symbol(&mut self) -> Result<String, Mistake> {
        const LETTERS: &str = "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi \
            rho varrho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell infty";
        let text = self.peek();
        let known = match text.strip_prefix('\\') {
            Some(command) => {
                LETTERS.split_whitespace().any(|letter| letter == command) || word(text, "\\mathrm").is_some()
            }
            None => text.starts_with(char::is_alphabetic),
        };
        if !known {
            return self.expected("a number, a symbol or a function");
        }
        self.next += 1;
        Ok(text.to_owned())
    }

    /// A letter with its subscript: `x_m`, `I_{\nu\nu}`.
    fn symbol(&mut self) -> Result<String, Mistake> {
        let mut name = self.token_of_symbol()?;
        if self.accept("_") {
            let start = self.next;
            self.skip_argument()?;
            name.push('_');
            let subscript = self.tokens[start..self.next].iter().map(|token| token.text);
            name.extend(subscript.filter(|&text| text != "{" && text != "}"));
        }
        Ok(name)
    }

    /// Goes past a group in braces, or one token.
    fn skip_argument(&mut self) -> Result<(), Mistake> {
        let mut depth = 0;
        loop {
            match self.peek() {
                "" => return self.expected("a subscript"),
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            self.next += 1;
            if depth == 0 {
                return Ok(());
            }
        }
    }

    fn symbol_or_call(&mut self) -> Result<Expression, Mistake> {
        let (at, start) = (self.at(), self.next);
        let name = self.symbol()?;
        if self.variables.contains(&name) {
            return Ok(Expression::Symbol { name, at });
        }
        let (function, index) = name.split_once('_').unwrap_or((&name, ""));
        let own = self.functions.contains(&name);
        if name == "\\psi" && self.tokens[self.next..].iter().map(|token| token.text).take(3).eq(["^", "{", "("]) {
            return self.derivative_of_psi(at);
        }
        let primes = self.tokens[self.next..].iter().take_while(|token| token.text == "'").count();
        let called = self.tokens.get(self.next + primes).is_some_and(|token| token.text == "(");
        if !(own || called && NAMED.contains(&function)) {
            return Ok(Expression::Symbol { name, at });
        }
        let index = if own || index.is_empty() {
            None
        } else {
            self.next = start + 2;
            Some(Box::new(self.argument()?))
        };
        self.next += primes;
        let arguments = self.bracketed("(", ")", Self::list)?;
        let function = if own { name } else { function.to_owned() };
        Ok(Expression::Call(Call { function, primes, index, arguments, at }))
    }

    /// `\psi^{(3)}(x)`, of which the name is read.
    fn derivative_of_psi(&mut self, at: usize) -> Result<Expression, Mistake> {
        self.expect("^")?;
        let index = Some(Box::new(self.argument()?));
        let arguments = self.bracketed("(", ")", Self::list)?;
        Ok(Expression::Call(Call { function: "\\psi".into(), primes: 0, index, arguments, at }))
    }

    /// `\sum_{k=0}^{\infty}` and the term behind it.
    fn series(&mut self) -> Result<Expression, Mistake> {
        let at = self.at();
        self.next += 1;
        self.expect("_")?;
        let (index, from) = self.bracketed("{", "}", |inner| {
            let index = inner.symbol()?;
            inner.expect("=")?;
            Ok((index, Box::new(inner.expression()?)))
        })?;
        self.expect("^")?;
        let to = match self.argument()? {
            Expression::Symbol { name, .. } if name == "\\infty" => None,
            end => Some(Box::new(end)),
        };
        let term = Box::new(self.term()?);
        Ok(Expression::Series(Series { index, from, to, term, at }))
    }

    fn matrix(&mut self) -> Result<Expression, Mistake> {
        let at = self.at();
        let rows = self.rows("\\begin{pmatrix}", "\\end{pmatrix}", |inner| {
            let mut row = vec![inner.expression()?];
            while inner.accept("&") {
                row.push(inner.expression()?);
            }
            Ok(row)
        })?;
        if rows.iter().any(|row| row.len() != rows[0].len()) {
            return Err(Mistake::new(at, "the rows of this matrix have different lengths"));
        }
        Ok(Expression::Matrix { rows, at })
    }

    fn cases(&mut self) -> Result<Expression, Mistake> {
        let at = self.at();
        let cases = self.rows("\\begin{cases}", "\\end{cases}", |inner| {
            let value = inner.expression()?;
            inner.accept(",");
            inner.expect("&")?;
            Ok((value, inner.conditions()?))
        })?;
        Ok(Expression::Cases { cases, at })
    }

    /// The rows of an environment.
    fn rows<T>(
        &mut self,
        begin: &str,
        end: &str,
        row: impl Fn(&mut Self) -> Result<T, Mistake>,
    ) -> Result<Vec<T>, Mistake> {
        self.bracketed(begin, end, |inner| {
            let mut rows = vec![row(inner)?];
            while inner.accept("\\\\") {
                if inner.peek() != end {
                    rows.push(row(inner)?);
                }
            }
            Ok(rows)
        })
    }

    /// `0 < x \le m`, with words before it, or none of it: `\text{otherwise}`.
    fn conditions(&mut self) -> Result<Vec<Condition>, Mistake> {
        while let Some(words) = word(self.peek(), "\\text") {
            self.next += 1;
            if words.trim() == "otherwise" {
                return Ok(Vec::new());
            }
        }
        let mut conditions = Vec::new();
        let mut left = self.expression()?;
        loop {
            let sign = self.peek();
            if !SIGNS.contains(&sign) {
                break;
            }
            self.next += 1;
            let right = self.expression()?;
            conditions.push(Condition { left, sign: sign.to_owned(), right: right.clone() });
            left = right;
        }
        if conditions.is_empty() { self.expected("`=`, `<` or another such sign") } else { Ok(conditions) }
    }
}

/// The letter of an argument and the power of it that is meant.
pub(super) fn letter_and_power(argument: &str) -> (&str, f64) {
    let power = argument.split_once('^').and_then(|(letter, power)| Some((letter, power.parse().ok()?)));
    power.unwrap_or((argument, 1.0))
}

fn call(function: &str, arguments: Vec<Expression>, at: usize) -> Expression {
    Expression::Call(Call { function: function.to_owned(), primes: 0, index: None, arguments, at })
}
