//! Symbols of parameters as TeX.

/// The Greek letters that TeX has commands for.
const LETTERS: [(char, &str); 33] = [
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('γ', "\\gamma"),
    ('δ', "\\delta"),
    ('ε', "\\epsilon"),
    ('ζ', "\\zeta"),
    ('η', "\\eta"),
    ('θ', "\\theta"),
    ('ι', "\\iota"),
    ('κ', "\\kappa"),
    ('λ', "\\lambda"),
    ('μ', "\\mu"),
    ('ν', "\\nu"),
    ('ξ', "\\xi"),
    ('π', "\\pi"),
    ('ρ', "\\rho"),
    ('σ', "\\sigma"),
    ('τ', "\\tau"),
    ('υ', "\\upsilon"),
    ('φ', "\\phi"),
    ('χ', "\\chi"),
    ('ψ', "\\psi"),
    ('ω', "\\omega"),
    ('Γ', "\\Gamma"),
    ('Δ', "\\Delta"),
    ('Θ', "\\Theta"),
    ('Λ', "\\Lambda"),
    ('Ξ', "\\Xi"),
    ('Π', "\\Pi"),
    ('Σ', "\\Sigma"),
    ('Φ', "\\Phi"),
    ('Ψ', "\\Psi"),
    ('Ω', "\\Omega"),
];

const SUBSCRIPTS: &str = "₀₁₂₃₄₅₆₇₈₉";
const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// What is written behind a letter, and where.
fn script(c: char) -> Option<(char, char)> {
    let digit = |digits: &str| digits.chars().position(|digit| digit == c).map(|i| char::from(b'0' + i as u8));
    let below = digit(SUBSCRIPTS).or((c == ',').then_some(',')).map(|digit| ('_', digit));
    below.or_else(|| digit(SUPERSCRIPTS).map(|digit| ('^', digit)))
}

/// A symbol in Unicode as TeX: `\Sigma_{12}` for "Σ₁₂".
pub fn of_symbol(symbol: &str) -> String {
    let mut tex = String::new();
    let mut characters = symbol.chars().peekable();
    while let Some(first) = characters.next() {
        if let Some((place, digit)) = script(first) {
            let mut digits = String::from(digit);
            while let Some((_, digit)) = characters.peek().copied().and_then(script).filter(|next| next.0 == place) {
                digits.push(digit);
                characters.next();
            }
            tex += &if digits.len() == 1 { format!("{place}{digits}") } else { format!("{place}{{{digits}}}") };
        } else if let Some((_, command)) = LETTERS.iter().find(|(letter, _)| *letter == first) {
            tex += command;
        } else if first == '′' {
            tex.push('\'');
        } else {
            tex.push(first);
        }
    }
    if let Some(rest) = tex.strip_prefix("ln ") { format!("\\ln {rest}") } else { tex }
}

/// The same without braces, as [`Definition`](super::Definition) keeps its names.
pub fn unbraced(tex: &str) -> String {
    tex.replace(['{', '}'], "")
}
