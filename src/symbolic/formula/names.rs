//! The names of variables, read from Unicode and spelled in each notation.

/// A part of a name between spaces: in "ln σ₁²" the second has letters "σ", subscript "1" and power "2".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub letters: String,
    pub subscript: String,
    pub power: String,
}

/// The words of a name; those before the last are functions.
pub(super) fn words(name: &str) -> Vec<Word> {
    name.split_whitespace().map(word).collect()
}

fn word(text: &str) -> Word {
    let mut word = Word::default();
    for character in text.chars() {
        if let Some(plain) = lowered(character) {
            word.subscript.push(plain);
        } else if let Some(digit) = raised(character) {
            word.power.push(digit);
        } else {
            word.letters.push(character);
        }
    }
    // "x_1" of a program is x₁.
    let is_subscript = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if word.subscript.is_empty()
        && let Some((letters, subscript)) = word.letters.clone().rsplit_once('_')
        && !letters.is_empty()
        && is_subscript(subscript)
    {
        word.letters = letters.to_owned();
        word.subscript = subscript.to_owned();
    }
    word
}

const SUBSCRIPTS: [(char, char); 28] = [
    ('₀', '0'),
    ('₁', '1'),
    ('₂', '2'),
    ('₃', '3'),
    ('₄', '4'),
    ('₅', '5'),
    ('₆', '6'),
    ('₇', '7'),
    ('₈', '8'),
    ('₉', '9'),
    ('ₐ', 'a'),
    ('ₑ', 'e'),
    ('ₒ', 'o'),
    ('ₓ', 'x'),
    ('ₕ', 'h'),
    ('ₖ', 'k'),
    ('ₗ', 'l'),
    ('ₘ', 'm'),
    ('ₙ', 'n'),
    ('ₚ', 'p'),
    ('ₛ', 's'),
    ('ₜ', 't'),
    ('ᵢ', 'i'),
    ('ⱼ', 'j'),
    ('ᵣ', 'r'),
    ('ᵤ', 'u'),
    ('ᵥ', 'v'),
    ('₊', '+'),
];

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

fn lowered(character: char) -> Option<char> {
    SUBSCRIPTS.iter().find(|(subscript, _)| *subscript == character).map(|(_, plain)| *plain)
}

fn raised(character: char) -> Option<char> {
    let digit = SUPERSCRIPTS.iter().position(|&superscript| superscript == character)?;
    char::from_digit(u32::try_from(digit).ok()?, 10)
}

/// A whole number as a superscript.
pub(super) fn superscript(digits: &str) -> Option<String> {
    digits.chars().map(|digit| SUPERSCRIPTS.get(digit.to_digit(10)? as usize)).collect()
}

/// A whole number as a subscript.
pub(super) fn subscript(digits: &str) -> String {
    let lower =
        |digit: char| SUBSCRIPTS.iter().find(|(_, plain)| *plain == digit).map_or(digit, |(subscript, _)| *subscript);
    digits.chars().map(lower).collect()
}

/// "σ₁" and 2 for "σ₁²".
pub(super) fn root(name: &str) -> Option<(String, u32)> {
    let words = words(name);
    let [Word { letters, power, .. }] = words.as_slice() else { return None };
    let power: u32 = power.parse().ok().filter(|power| (2..10).contains(power))?;
    (!letters.is_empty()).then(|| (name.trim().chars().filter(|&c| raised(c).is_none()).collect(), power))
}

/// Whether the name is one letter, with or without a subscript, so that it may stand beside others without a sign.
pub(super) fn is_letter(name: &str) -> bool {
    matches!(words(name).as_slice(), [Word { letters, .. }] if letters.chars().count() == 1)
}

/// Whether the name is one word of several letters: "rate".
pub(super) fn is_word(name: &str) -> bool {
    !is_letter(name) && !is_composite(name)
}

/// "σ" for "√σ".
pub(super) fn under_root(name: &str) -> Option<&str> {
    name.trim().strip_prefix('√').map(str::trim).filter(|name| !is_composite(name) && !name.is_empty())
}

/// "σ" for "ln σ".
pub(super) fn under_logarithm(name: &str) -> Option<&str> {
    name.trim().strip_prefix("ln ").map(str::trim).filter(|name| !is_composite(name) && !name.is_empty())
}

/// Whether the name is a function of another: "ln σ".
pub(super) fn is_composite(name: &str) -> bool {
    words(name).len() > 1
}

/// The Greek letters by their names.
const GREEK: [(char, &str); 54] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ϑ', "vartheta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('µ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('ο', "omicron"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('ϱ', "varrho"),
    ('σ', "sigma"),
    ('ς', "varsigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "phi"),
    ('ϕ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Α', "Alpha"),
    ('Β', "Beta"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Ε', "Epsilon"),
    ('Ζ', "Zeta"),
    ('Η', "Eta"),
    ('Θ', "Theta"),
    ('Ι', "Iota"),
    ('Κ', "Kappa"),
    ('Λ', "Lambda"),
    ('Μ', "Mu"),
    ('Ν', "Nu"),
    ('Ξ', "Xi"),
    ('Ο', "Omicron"),
    ('Π', "Pi"),
    ('Ρ', "Rho"),
    ('Σ', "Sigma"),
    ('Τ', "Tau"),
    ('Υ', "Upsilon"),
    ('Φ', "Phi"),
    ('Χ', "Chi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
];

/// The capitals that TeX has no command for, since they look like Latin ones.
const LATIN_CAPITALS: &str = "ΑΒΕΖΗΙΚΜΝΟΡΤΧ";

fn greek(letter: char) -> Option<&'static str> {
    GREEK.iter().find(|(own, _)| *own == letter).map(|(_, name)| *name)
}

/// The letters in plain text: "sigma".
pub(super) fn spelled(letters: &str) -> String {
    letters.chars().map(|letter| greek(letter).map_or_else(|| letter.to_string(), str::to_owned)).collect()
}

/// The name in plain text.
pub(super) fn text(name: &str) -> String {
    let word = |Word { letters, subscript, power }: &Word| {
        let mut text = spelled(letters);
        for (sign, part) in [('_', subscript), ('^', power)] {
            if !part.is_empty() {
                text.push(sign);
                text.push_str(part);
            }
        }
        text
    };
    words(name).iter().map(word).collect::<Vec<_>>().join(" ")
}

/// The name in LaTeX.
pub(super) fn latex(name: &str) -> String {
    let words = words(name);
    let Some((last, functions)) = words.split_last() else { return "\\mathrm{?}".to_owned() };
    let mut text = String::new();
    for Word { letters, .. } in functions {
        if ["ln", "log", "exp", "sin", "cos"].contains(&letters.as_str()) {
            text += &format!("\\{letters} ");
        } else {
            text += &format!("\\operatorname{{{}}} ", escaped(letters));
        }
    }
    text += &latex_letters(&last.letters);
    if !last.subscript.is_empty() {
        text += &format!("_{{{}}}", last.subscript);
    }
    if !last.power.is_empty() {
        text += &format!("^{{{}}}", last.power);
    }
    text
}

fn latex_letters(letters: &str) -> String {
    let command = |letter: char| match letter {
        'ε' => Some("\\varepsilon".to_owned()),
        'φ' => Some("\\varphi".to_owned()),
        'ο' => Some("o".to_owned()),
        _ if LATIN_CAPITALS.contains(letter) => Some(format!("\\mathrm{{{}}}", greek(letter)?.get(..1)?)),
        _ => greek(letter).map(|name| format!("\\{name}")),
    };
    let mut characters = letters.chars();
    match (characters.next(), characters.next()) {
        (Some(letter), None) => command(letter).unwrap_or_else(|| escaped(letters)),
        _ if letters.chars().any(|letter| greek(letter).is_some()) => {
            letters.chars().map(|c| command(c).unwrap_or_else(|| escaped(&c.to_string()))).collect::<Vec<_>>().join(" ")
        }
        _ => format!("\\mathrm{{{}}}", escaped(letters)),
    }
}

fn escaped(letters: &str) -> String {
    let escape = |c: char| match c {
        '_' | '%' | '&' | '#' | '$' | '{' | '}' => format!("\\{c}"),
        '\\' | '^' | '~' => String::from("\\ "),
        other => other.to_string(),
    };
    letters.chars().map(escape).collect()
}
