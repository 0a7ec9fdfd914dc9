//! Programs over blocks of observations.

use crate::recording::Relation;
use crate::recording::graph::{Binary, Constant, Unary};
use crate::scalar::Special;

/// Where an operand comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Operand {
    /// One number for each observation, computed before: a value while the program is assembled, later a register.
    Register(u32),
    /// A coordinate of the observations.
    Column(u32),
    /// A number that depends on θ alone.
    Slot(u32),
}

/// What is computed for each observation of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Unary(Unary, Operand),
    Binary(Binary, Operand, Operand),
    PowerInteger(Operand, i32),
    PowerReal(Operand, Constant),
    /// a·b + c, rounded once
    MultiplyAdd(Operand, Operand, Operand),
    /// a·b − c, rounded once
    MultiplySubtract(Operand, Operand, Operand),
    /// c − a·b, rounded once
    SubtractProduct(Operand, Operand, Operand),
    /// The second operand where the first is not negative, else the third
    Select(Operand, Operand, Operand),
    Special(Special<Operand>),
    /// A partial derivative of a special function
    Partial(Special<Operand>, [u8; 3]),
}

impl Step {
    /// The operands, in order.
    pub fn operands(self) -> Vec<Operand> {
        let mut operands = Vec::new();
        self.map(|operand| {
            operands.push(operand);
            operand
        });
        operands
    }

    /// The same with other operands.
    pub fn map(self, mut operand: impl FnMut(Operand) -> Operand) -> Self {
        match self {
            Self::Unary(function, x) => Self::Unary(function, operand(x)),
            Self::PowerInteger(x, n) => Self::PowerInteger(operand(x), n),
            Self::PowerReal(x, n) => Self::PowerReal(operand(x), n),
            Self::Binary(function, a, b) => Self::Binary(function, operand(a), operand(b)),
            Self::MultiplyAdd(a, b, c) => Self::MultiplyAdd(operand(a), operand(b), operand(c)),
            Self::MultiplySubtract(a, b, c) => Self::MultiplySubtract(operand(a), operand(b), operand(c)),
            Self::SubtractProduct(a, b, c) => Self::SubtractProduct(operand(a), operand(b), operand(c)),
            Self::Select(x, a, b) => Self::Select(operand(x), operand(a), operand(b)),
            Self::Special(call) => Self::Special(call.map(operand)),
            Self::Partial(call, orders) => Self::Partial(call.map(operand), orders),
        }
    }
}

/// What is summed over the observations of a block, with their weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reduction {
    /// Σ w
    Weight,
    /// Σ w a
    Sum(Operand),
    /// Σ w a b
    Product(Operand, Operand),
    /// Σ w a uᵏ for k = 0, …, 2 or 4, where the factor a may be missing
    Moments(Option<Operand>, Operand, Order, Sign),
}

/// What is known of the sign of a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sign {
    NotNegative,
    Any,
}

/// The highest moment of a [`Reduction::Moments`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Order {
    Two,
    Four,
}

impl Reduction {
    /// How many sums it makes.
    pub fn sums(self) -> usize {
        match self {
            Self::Moments(_, _, Order::Two, _) => 3,
            Self::Moments(_, _, Order::Four, _) => 5,
            _ => 1,
        }
    }

    fn map(self, mut operand: impl FnMut(Operand) -> Operand) -> Self {
        match self {
            Self::Weight => Self::Weight,
            Self::Sum(a) => Self::Sum(operand(a)),
            Self::Product(a, b) => Self::Product(operand(a), operand(b)),
            Self::Moments(a, u, order, sign) => Self::Moments(a.map(&mut operand), operand(u), order, sign),
        }
    }
}

/// One instruction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Instruction {
    /// Writes a register.
    Compute(u32, Step),
    /// Adds to the sums from this one on.
    Reduce(u32, Reduction),
    /// Marks the observations for which the relation does not hold as recorded.
    Guard(Relation, Operand, Operand, bool),
    /// Marks the observations at which two computed values are so close that rounding decides how they compare.
    Tie(Operand, Operand),
    /// Keeps a value for those who come after the program.
    Output(u32, Operand),
}

impl Instruction {
    /// Shows every value that it reads.
    pub fn reads(self, mut value: impl FnMut(u32)) {
        self.map(|operand| {
            if let Operand::Register(register) = operand {
                value(register);
            }
            operand
        });
    }

    fn map(self, mut operand: impl FnMut(Operand) -> Operand) -> Self {
        match self {
            Self::Compute(to, step) => Self::Compute(to, step.map(operand)),
            Self::Reduce(first, reduction) => Self::Reduce(first, reduction.map(operand)),
            Self::Guard(relation, a, b, holds) => Self::Guard(relation, operand(a), operand(b), holds),
            Self::Tie(a, b) => Self::Tie(operand(a), operand(b)),
            Self::Output(to, a) => Self::Output(to, operand(a)),
        }
    }
}

/// Instructions in order, on as few registers as they need.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub instructions: Vec<Instruction>,
    pub registers: usize,
    pub sums: usize,
    pub outputs: usize,
    /// After how many instructions all comparisons have been made.
    pub guarded: usize,
}

impl Program {
    /// Gives every value a register. Values that nobody uses are not computed, and a register is used again when its value has
    /// been used for the last time.
    pub fn allocate(instructions: Vec<Instruction>) -> Self {
        let values = instructions.iter().filter(|instruction| matches!(instruction, Instruction::Compute(..))).count();
        let mut last_use = vec![None; values];
        let mut needed = Vec::with_capacity(instructions.len());
        for (place, instruction) in instructions.into_iter().enumerate().rev() {
            if let Instruction::Compute(value, _) = instruction
                && last_use[value as usize].is_none()
            {
                continue;
            }
            instruction.reads(|value| {
                last_use[value as usize].get_or_insert(place);
            });
            needed.push((place, instruction));
        }
        let (mut free, mut registers) = (Vec::new(), 0);
        let mut register_of = vec![0; values];
        let mut program = Self { instructions: Vec::with_capacity(needed.len()), ..Self::default() };
        for (place, instruction) in needed.into_iter().rev() {
            // The result has a register of its own, so that nothing is overwritten that is read.
            let to = match instruction {
                Instruction::Compute(value, _) => {
                    let register = free.pop().unwrap_or_else(|| {
                        registers += 1;
                        registers - 1
                    });
                    register_of[value as usize] = register;
                    Some(register)
                }
                _ => None,
            };
            let placed = instruction.map(|operand| match operand {
                Operand::Register(value) => {
                    let register = register_of[value as usize];
                    // Read twice by the same instruction, it is free once.
                    if last_use[value as usize].take_if(|last| *last == place).is_some() {
                        free.push(register);
                    }
                    Operand::Register(register)
                }
                other => other,
            });
            program.instructions.push(match (placed, to) {
                (Instruction::Compute(_, step), Some(register)) => Instruction::Compute(register, step),
                (other, _) => other,
            });
            match placed {
                Instruction::Reduce(first, reduction) => {
                    program.sums = program.sums.max(first as usize + reduction.sums());
                }
                Instruction::Output(to, _) => program.outputs = program.outputs.max(to as usize + 1),
                Instruction::Guard(..) | Instruction::Tie(..) => program.guarded = program.instructions.len(),
                _ => {}
            }
        }
        program.registers = registers as usize;
        program
    }
}
