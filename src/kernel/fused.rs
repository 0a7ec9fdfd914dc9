//! Products that are added to something, as one operation: rounded once, and in the time of one.

use super::program::{Instruction, Operand, Step};
use crate::recording::graph::Binary;

/// Takes a product into the sum or difference that is the only one to use it. What is compared stays as it is, so that comparisons come out as
/// they do for dual numbers.
pub(super) fn products(instructions: &mut [Instruction]) {
    let step = |instruction: &Instruction| match *instruction {
        Instruction::Compute(_, step) => Some(step),
        _ => None,
    };
    // Values are numbered in the order in which they are computed.
    let definitions: Vec<Step> = instructions.iter().filter_map(step).collect();
    let mut uses = vec![0_u32; definitions.len()];
    let mut compared = vec![false; definitions.len()];
    for instruction in instructions.iter().rev() {
        let is_compared = match *instruction {
            Instruction::Guard(..) | Instruction::Tie(..) => true,
            Instruction::Compute(value, _) => compared[value as usize],
            _ => false,
        };
        instruction.reads(|value| {
            uses[value as usize] += 1;
            compared[value as usize] |= is_compared;
        });
    }
    let product = |operand: Operand| match operand {
        Operand::Register(value) if uses[value as usize] == 1 => match definitions[value as usize] {
            Step::Binary(Binary::Multiply, a, b) => Some((a, b)),
            _ => None,
        },
        _ => None,
    };
    for instruction in instructions {
        if let Instruction::Compute(value, Step::Binary(function, left, right)) = *instruction
            && !compared[value as usize]
        {
            let fused = match (function, product(left), product(right)) {
                (Binary::Add, Some((a, b)), _) => Step::MultiplyAdd(a, b, right),
                (Binary::Add, _, Some((a, b))) => Step::MultiplyAdd(a, b, left),
                (Binary::Subtract, Some((a, b)), _) => Step::MultiplySubtract(a, b, right),
                (Binary::Subtract, _, Some((a, b))) => Step::SubtractProduct(a, b, left),
                _ => continue,
            };
            *instruction = Instruction::Compute(value, fused);
        }
    }
}
