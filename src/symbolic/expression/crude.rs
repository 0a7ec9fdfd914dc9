use super::*;
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terms = match self.map() { Ok(t) => t, Err(o) => return write!(f, "<{o}>") };
        if terms.is_empty() { return f.write_str("0"); }
        for (i, (m, c)) in terms.iter().enumerate() {
            if i > 0 { f.write_str(" + ")?; }
            write!(f, "{c}")?;
            for (a, e) in m.factors() {
                write!(f, "·")?;
                match a {
                    Atom::Constant(c) => write!(f, "{c:?}")?,
                    Atom::Symbol(s) => write!(f, "{}", s.name())?,
                    Atom::Sum(s) => write!(f, "({s})")?,
                    Atom::Function(c) => { write!(f, "{:?}(", c.function)?; for a in &c.arguments { write!(f, "{a},")?; } write!(f, ")")?; }
                }
                if !num_traits::One::is_one(&e) { write!(f, "^{e}")?; }
            }
        }
        Ok(())
    }
}
impl fmt::Display for crate::symbolic::Matrix { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { for r in self.rows() { for e in r { write!(f, "{e}, ")?; } writeln!(f)?; } Ok(()) } }
