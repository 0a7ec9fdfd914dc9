//! Known values, and mistakes that are found where they are.

use super::*;

/// The value of a formula at x = 2, y = −0.5, n = 5.
fn value(text: &str) -> f64 {
    let text = format!("v = {text}");
    let formula = Formula::parse(&text).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}"));
    let scope = Scope::new(&formula).with("x", 2.0).with("y", -0.5).with("n", 5.0);
    scope.value(&formula.definitions[0].values[0]).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}")).value
}

fn mistake(text: &str) -> String {
    let evaluated = Formula::parse(text).and_then(|formula| {
        Scope::new(&formula).with("x", 2.0).value(&formula.definitions[0].values[0]).map(|value| value.value)
    });
    let mistake = evaluated.expect_err(text);
    Shown { mistake: &mistake, text, file: "family.rs", line: 10 }.to_string()
}

#[test]
fn arithmetic_is_read_as_in_print() {
    for (text, expected) in [
        ("1 + 2x", 5.0),
        ("-x^2 + 1", -3.0),
        ("1/2x^2", 0.125), // products before slashes
        ("1/2 \\cdot x", 1.0),
        ("8/2/2", 2.0),
        ("2x/4y", -2.0),
        ("x^3y", -4.0), // an exponent is one token
        ("x^{3y}", 2.0_f64.powf(-1.5)),
        ("\\frac12 x", 1.0),
        ("\\frac{x+1}{x}\\,(x-1)", 1.5),
        ("\\Bigl(1 + \\frac{x}{4}\\Bigr)^{-x}", 1.0 / 2.25),
        ("x\\bigl[1 - \\{1 - x\\}\\bigr]", 4.0),
        ("2|y||x - 3|x", 2.0),
        ("|y|^2", 0.25),
        ("(-x)^3", -8.0),
        ("0.25 x", 0.5),
        ("10^n", 1e5),
    ] {
        let got = value(text);
        assert!((got - expected).abs() <= 1e-14 * f64::abs(expected), "{text} is {got}, not {expected}");
    }
}

#[test]
fn functions_have_their_values() {
    let pi = std::f64::consts::PI;
    let euler = 0.577_215_664_901_532_9;
    for (text, expected) in [
        ("\\sqrt{2x}", 2.0),
        ("e^{-x}", (-2.0_f64).exp()),
        ("\\exp\\Bigl(-\\frac x2\\Bigr)", (-1.0_f64).exp()),
        ("\\ln x^2", 4.0_f64.ln()),
        ("y \\ln\\frac{x}{4}", 0.5 * 2.0_f64.ln()),
        ("\\cos^2 x + \\sin^2(x)", 1.0),
        ("(\\ln x)^2 + (\\psi(x) - \\psi(x))^2", 2.0_f64.ln().powi(2)),
        ("\\cos x \\sin x", 2.0_f64.cos() * 2.0_f64.sin()),
        ("\\tanh(x)", 2.0_f64.tanh()),
        ("\\arcsin y + \\arccos y", 0.5 * pi),
        ("\\operatorname{sgn}(y)x", -2.0),
        ("\\psi^{(3)}(1)", pi.powi(4) / 15.0),
        ("\\operatorname{sech} x", 1.0 / 2.0_f64.cosh()),
        ("\\arctan(1)", pi / 4.0),
        ("\\pi", pi),
        ("\\gamma", euler),
        ("\\Gamma(x/4)", pi.sqrt()),
        ("\\Gamma'(1)", -euler),
        ("B(x, 3)", 1.0 / 12.0),
        ("\\psi(1)", -euler),
        ("\\psi_1(1)", pi * pi / 6.0),
        ("\\psi'(1)", pi * pi / 6.0),
        ("\\psi_{2}(1)", -2.0 * 1.202_056_903_159_594_3),
        ("\\zeta(3)", 1.202_056_903_159_594_3),
        ("\\zeta(x)", pi * pi / 6.0),
        ("\\zeta'(2)", -0.937_548_254_315_843_8),
        ("\\zeta(40)", 1.000_000_000_000_909_5),
        ("\\Phi(0)", 0.5),
        ("\\varphi(0)", 1.0 / (2.0 * pi).sqrt()),
        ("I_0(1)", 1.266_065_877_752_008_4),
        ("I_1(1)", 0.565_159_103_992_485),
        ("I_{|x|}(1)", 0.135_747_669_767_038_3),
        ("\\frac{I_1(1)}{I_0(1)} + 0 \\cdot I(3), I(t) = t", 0.446_389_965_896_534_5),
        ("\\binom{n}{x}", 10.0),
        ("n! \\cdot x!", 240.0),
        ("x!^2", 4.0),
        ("\\sum_{k=0}^{n} k^2", 55.0),
        ("\\sum_{k=0}^x \\binom{x}{k} + 1", 5.0),
        ("\\sum_{k=0}^{\\infty} \\frac{(-1)^k}{k!}", (-1.0_f64).exp()),
        ("\\sum_{k=1}^\\infty k x^{-k}", 2.0),
        ("\\begin{cases} 1 & x < 0 \\\\ -3, & 0 \\le x \\le n \\\\ 7 & \\text{otherwise} \\end{cases}", -3.0),
        ("\\begin{cases} 1 & \\text{if } x \\ne 2 \\\\ 7 & \\text{otherwise} \\end{cases}", 7.0),
    ] {
        let got = value(text);
        assert!((got - expected).abs() <= 1e-13 * f64::abs(expected), "{text} is {got}, not {expected}");
    }
}

#[test]
fn nothing_overflows_on_the_way() {
    for (text, ln) in [
        ("\\frac{1000^{1000}}{\\Gamma(1001)} e^{-1000}", -4.372_899_506_026_44),
        ("\\sqrt{e^{-2000}}", -1000.0),
        ("e^{-1000} \\sum_{k=0}^{\\infty} \\frac{1000^k}{k!}", 0.0),
        ("e^{-1000} I_0(1000)", -4.372_691_110_130_5),
    ] {
        let text = format!("v = {text}");
        let formula = Formula::parse(&text).unwrap();
        let got = Scope::new(&formula).logarithm(&formula.definitions[0].values[0]).unwrap();
        assert!(!got.negative && (got.ln.value - ln).abs() < 1e-10, "ln {text} is {}, not {ln}", got.ln.value);
        let value = value(&text[4..]);
        assert!((value - ln.exp()).abs() <= 1e-10 * ln.exp(), "{text} is {value}");
    }
}

#[test]
fn errors_cover_cancellation() {
    for (text, truth) in [
        ("1 - (1 - x^{-40})", 2.0_f64.powi(-40)),
        ("(1/3 + 10^{12}) - 10^{12}", 1.0 / 3.0),
        ("\\psi_1(10^9) - \\psi_1(10^9 + 1)", 1e-18),
        ("\\ln(1 + 10^{-12})", 1e-12),
        ("\\sum_{k=0}^\\infty \\frac{(-20)^k}{k!}", (-20.0_f64).exp()),
    ] {
        let text = format!("v = {text}");
        let formula = Formula::parse(&text).unwrap();
        let got = Scope::new(&formula).with("x", 2.0).value(&formula.definitions[0].values[0]).unwrap();
        assert!((got.value - truth).abs() <= got.error, "{text} is {got:?}, not {truth}");
    }
}

#[test]
fn a_block_holds_definitions() {
    let text = r"\begin{aligned}
        f(x; a, b) &= a z \cdot g(2) \\
            &\qquad {}+ b - \sum_{k=1}^{2} k \\
        z &= \frac{x}{c_0}, \quad g(t) = t^2 \\
        I(a, b) &= c_0 \begin{pmatrix} 1/a^2 & 0 \\ -b & I_{ab} \end{pmatrix}
            = \begin{pmatrix} 2/a^2 & 0 \\ -2b & 6 \end{pmatrix}, \qquad I_{ab} = 3.
        \end{aligned}";
    let formula = Formula::parse(text).unwrap_or_else(|mistake| panic!("{mistake:?}"));
    let density = formula.definition("f").unwrap();
    assert_eq!(density.data, ["x"]);
    assert_eq!(density.parameters, ["a", "b"]);
    let scope = Scope::new(&formula).with("x", 6.0).with("a", 0.5).with("b", 7.0).with("c_0", 2.0);
    assert_eq!(scope.value(&density.values[0]).unwrap().value, 0.5 * 3.0 * 4.0 + 7.0 - 3.0);
    for matrix in &formula.definition("I").unwrap().values {
        let entry = |i, j| scope.clone().at_entry(i, j).value(matrix).unwrap().value;
        assert_eq!([entry(0, 0), entry(0, 1), entry(1, 0), entry(1, 1)], [8.0, 0.0, -14.0, 6.0]);
    }
}

#[test]
fn a_power_of_a_letter_may_be_an_argument() {
    let formula = Formula::parse("f(x; v, \\sigma^2) = v \\sigma^4 + g(x), g(t^3) = t + \\sigma").unwrap();
    let density = formula.definition("f").unwrap();
    assert_eq!(density.parameters, ["v", "\\sigma^2"]);
    let scope = Scope::new(&formula).with("x", 8.0).with("v", 0.5).with("\\sigma^2", 9.0);
    assert!((scope.value(&density.values[0]).unwrap().value - (0.5 * 81.0 + 2.0 + 3.0)).abs() < 1e-13);
}

#[test]
fn symbols_are_written_as_in_tex() {
    for (symbol, tex) in [
        ("a", "a"),
        ("α", "\\alpha"),
        ("μ₁", "\\mu_1"),
        ("Σ₁₂", "\\Sigma_{12}"),
        ("Σ₁₂,₃", "\\Sigma_{12,3}"),
        ("σ²", "\\sigma^2"),
        ("σ₁²", "\\sigma_1^2"),
        ("μ′", "\\mu'"),
        ("ln σ", "\\ln \\sigma"),
    ] {
        assert_eq!(of_symbol(symbol), tex);
    }
}

#[test]
fn mistakes_are_shown_where_they_are() {
    for (text, what) in [
        ("v = 1 +\n  2 w", "family.rs:11: `w` is neither a parameter, nor defined in this block"),
        ("v = 1 +\n  2 w", "\n      2 w\n        ^"),
        ("v = 2 \\ln 2x", "write `\\ln(…)`, or this before ln"),
        ("v = (x + 1", "`)` is expected here, not the end of the formula"),
        ("v = x + \\foo", "a number, a symbol or a function is expected here, not `\\foo`"),
        ("v = \\operatorname{foo}(x)", "is expected here, not `\\operatorname{foo}`"),
        ("v = \\operatorname", "a word in braces is expected behind this"),
        ("f(x^1) = x", "a power of two or more is expected here, not `1`"),
        ("v = x^{2", "`}` is expected here, not the end of the formula"),
        ("v = \\ln(x)^2", "`\\ln(…)^…` is ambiguous"),
        ("v = x ; 2", "an operator, a comma or `\\qquad` is expected here, not `;`"),
        ("v x", "`=` is expected here, not `x`"),
        ("v = 2w, w = x + 1 = 3 = x", "`w` is said to be both 3 and 2"),
        ("v = w, w = 2v", "is defined through itself"),
        ("v = g(1, 2), g(t) = t", "`g` takes 1 arguments, not 2"),
        ("v = \\Gamma(1, 2)", "no function `\\Gamma` of 2 arguments is known"),
        ("v = \\zeta'''(2)", "with this index or so many primes is not known"),
        ("v = \\sum_{k=1}^\\infty 1", "this sum does not come to an end"),
        ("v = \\begin{pmatrix} 1 & 2 \\\\ 3 \\end{pmatrix}", "the rows of this matrix have different lengths"),
        ("v = \\begin{cases} 1 & x < 0 \\end{cases}", "none of these cases holds"),
    ] {
        let got = mistake(text);
        assert!(got.contains(what), "{text}\n{got}\n{what}");
    }
}
