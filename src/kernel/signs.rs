//! What is known of the signs of a program's values at a θ.

use super::program::{Instruction, Operand, Program, Reduction, Sign, Step};
use crate::recording::graph::{Binary, Unary};

/// The program with what the constants at θ tell of the signs of the factors that it sums: where all terms have one sign, their sum
/// is that of their absolute values.
pub(super) fn at(program: &Program, slots: &[f64]) -> Program {
    let mut program = program.clone();
    let mut registers = vec![Sign::Any; program.registers];
    for instruction in &mut program.instructions {
        match instruction {
            Instruction::Compute(to, step) => {
                registers[*to as usize] = of(*step, |operand| operand_sign(operand, &registers, slots))
            }
            Instruction::Reduce(_, Reduction::Moments(factor, _, _, sign)) => {
                *sign = factor.map_or(Sign::NotNegative, |factor| operand_sign(factor, &registers, slots));
            }
            _ => {}
        }
    }
    program
}

fn operand_sign(operand: Operand, registers: &[Sign], slots: &[f64]) -> Sign {
    match operand {
        Operand::Register(register) => registers[register as usize],
        Operand::Slot(slot) if slots[slot as usize] >= 0.0 => Sign::NotNegative,
        Operand::Slot(_) | Operand::Column(_) => Sign::Any,
    }
}

/// The sign of a result, wherever it is a number.
fn of(step: Step, sign: impl Fn(Operand) -> Sign) -> Sign {
    let known = |operand: Operand| sign(operand) == Sign::NotNegative;
    let is_not_negative = match step {
        Step::Unary(Unary::Exp | Unary::Exp2 | Unary::Cosh | Unary::Abs | Unary::SquareRoot, _) => true,
        Step::Unary(Unary::Reciprocal | Unary::CubeRoot, x) => known(x),
        Step::Binary(Binary::Multiply, a, b) => a == b || known(a) && known(b),
        Step::Binary(Binary::Add | Binary::Divide, a, b) => known(a) && known(b),
        Step::Binary(Binary::Power, x, _) | Step::PowerReal(x, _) => known(x),
        Step::PowerInteger(x, n) => n % 2 == 0 || known(x),
        Step::MultiplyAdd(a, b, c) => (a == b || known(a) && known(b)) && known(c),
        Step::Select(_, a, b) => known(a) && known(b),
        _ => false,
    };
    if is_not_negative { Sign::NotNegative } else { Sign::Any }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::program::Order;

    /// Σ a eˣ/(eˣ + b) uᵏ: what a and b are tells the sign of the factor.
    #[test]
    fn the_constants_tell_the_sign_of_a_factor() {
        let (x, exp, sum) = (Operand::Column(0), Operand::Register(0), Operand::Register(1));
        let program = Program::allocate(vec![
            Instruction::Compute(0, Step::Unary(Unary::Exp, x)),
            Instruction::Compute(1, Step::Binary(Binary::Add, exp, Operand::Slot(1))),
            Instruction::Compute(2, Step::Binary(Binary::Divide, exp, sum)),
            Instruction::Compute(3, Step::Binary(Binary::Multiply, Operand::Register(2), Operand::Slot(0))),
            Instruction::Reduce(0, Reduction::Moments(Some(Operand::Register(3)), x, Order::Four, Sign::Any)),
        ]);
        for (slots, expected) in [
            ([2.0, 3.0], Sign::NotNegative),
            ([-2.0, 3.0], Sign::Any),
            ([2.0, -3.0], Sign::Any),
            ([f64::NAN, 3.0], Sign::Any),
        ] {
            let sign = at(&program, &slots).instructions.iter().find_map(|instruction| match instruction {
                Instruction::Reduce(_, Reduction::Moments(_, _, _, sign)) => Some(*sign),
                _ => None,
            });
            assert_eq!(sign, Some(expected), "{slots:?}");
        }
    }
}
