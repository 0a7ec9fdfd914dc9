//! The machine that runs programs: each instruction is a loop over a block, which the compiler turns into vector instructions.

use super::loops::{Lanes, STRIP, Strip, binary, copy, each, elementary, map, map_of_two, power, ternary};
use super::program::{Instruction, Operand, Order, Program, Reduction, Step};
use super::reductions::{fourth_moments, second_moments, sum};
use super::vector::BLOCK;
use super::vector::map::{Digamma, LnGamma, Power, Trigamma};
use crate::recording::graph::{self, Binary};
use crate::scalar::{Scalar, Special};

/// One number for each observation of a block.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct Block(pub [f64; BLOCK]);

impl Block {
    pub fn filled(value: f64) -> Box<Self> {
        Box::new(Self([value; BLOCK]))
    }

    /// Its strips.
    #[inline(always)]
    pub fn strips(&mut self) -> &mut [Strip] {
        self.0.as_chunks_mut().0
    }
}

/// The memory of a program: what is in the first-level cache while it runs.
pub(super) struct Machine {
    registers: Vec<Option<Box<Block>>>,
    pub columns: Vec<Box<Block>>,
    /// The weights of the observations, if they are not all 1.
    pub weights: Option<Box<Block>>,
    pub outputs: Vec<Box<Block>>,
    pub sums: Vec<f64>,
    /// Sums of absolute values, or bounds on them
    pub magnitudes: Vec<f64>,
    /// How many comparisons came out otherwise, for each observation; infinite if it cannot be told.
    pub violations: Box<Block>,
    violated: bool,
    guarded: bool,
    /// How many strips of each block are computed.
    strips: usize,
}

impl Machine {
    pub fn new(program: &Program, columns: usize) -> Self {
        Self {
            registers: (0..program.registers).map(|_| Some(Block::filled(0.0))).collect(),
            columns: (0..columns).map(|_| Block::filled(0.0)).collect(),
            weights: None,
            outputs: (0..program.outputs).map(|_| Block::filled(0.0)).collect(),
            sums: vec![0.0; program.sums],
            magnitudes: vec![0.0; program.sums],
            violations: Block::filled(0.0),
            violated: false,
            guarded: false,
            strips: BLOCK / STRIP,
        }
    }

    /// Runs a program over the block in the columns. Whether all comparisons came out as recorded; if not, the run ended with them.
    pub fn run(&mut self, program: &Program, slots: &[f64]) -> bool {
        self.run_first(BLOCK, program, slots)
    }

    /// The same over the first rows of the block alone, and perhaps a few more. Sums are not formed.
    pub fn run_first(&mut self, rows: usize, program: &Program, slots: &[f64]) -> bool {
        (self.violated, self.guarded) = (false, false);
        self.strips = rows.min(BLOCK).div_ceil(STRIP);
        execute(self, program, slots);
        !self.violated
    }

    #[inline(always)]
    fn operand<'a>(&'a self, operand: Operand, slots: &[f64]) -> Lanes<'a> {
        lanes(&self.registers, &self.columns, operand, slots)
    }
}

/// Where an operand is.
#[inline(always)]
fn lanes<'a>(
    registers: &'a [Option<Box<Block>>],
    columns: &'a [Box<Block>],
    operand: Operand,
    slots: &[f64],
) -> Lanes<'a> {
    match operand {
        Operand::Register(register) => match &registers[register as usize] {
            Some(block) => Lanes::Block(&block.0),
            None => Lanes::Uniform(f64::NAN),
        },
        Operand::Column(column) => Lanes::Block(&columns[column as usize].0),
        Operand::Slot(slot) => Lanes::Uniform(slots[slot as usize]),
    }
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
fn execute(machine: &mut Machine, program: &Program, slots: &[f64]) {
    for (place, instruction) in program.instructions.iter().enumerate() {
        // All comparisons are made, so that each row is known for what it is.
        if machine.violated && place >= program.guarded {
            return;
        }
        match *instruction {
            Instruction::Compute(to, step) => {
                // The result has a register of its own, which is taken out while it is written.
                let Some(mut result) = machine.registers[to as usize].take() else { return };
                compute(machine, slots, step, &mut result.strips()[..machine.strips]);
                machine.registers[to as usize] = Some(result);
            }
            Instruction::Reduce(first, reduction) => reduce(machine, slots, first as usize, reduction),
            Instruction::Guard(relation, left, right, holds) => {
                mark(machine, slots, left, right, 1.0, |left, right| relation.holds(left, right) != holds);
            }
            Instruction::Tie(left, right) => mark(machine, slots, left, right, f64::INFINITY, |left, right| {
                (left - right).abs() <= CLOSE * (left.abs() + right.abs())
            }),
            Instruction::Output(to, operand) => {
                let value = lanes(&machine.registers, &machine.columns, operand, slots);
                copy(value, &mut machine.outputs[to as usize].strips()[..machine.strips]);
            }
        }
    }
}

#[inline(always)]
fn compute(machine: &Machine, slots: &[f64], step: Step, result: &mut [Strip]) {
    let of = |operand| machine.operand(operand, slots);
    match step {
        Step::Unary(function, x) => elementary(function, of(x), result),
        Step::Binary(Binary::Add, a, b) => binary(
            of(a),
            of(b),
            result,
            #[inline(always)]
            |a, b| a + b,
        ),
        Step::Binary(Binary::Subtract, a, b) => binary(
            of(a),
            of(b),
            result,
            #[inline(always)]
            |a, b| a - b,
        ),
        Step::Binary(Binary::Multiply, a, b) => binary(
            of(a),
            of(b),
            result,
            #[inline(always)]
            |a, b| a * b,
        ),
        Step::Binary(Binary::Divide, a, b) => binary(
            of(a),
            of(b),
            result,
            #[inline(always)]
            |a, b| a / b,
        ),
        Step::Binary(Binary::Power, a, b) => map_of_two::<Power>(of(a), of(b), result),
        Step::Binary(function, a, b) => {
            let (a, b) = (of(a), of(b));
            each(result, |i| function.value(a.at(i), b.at(i)));
        }
        Step::MultiplyAdd(a, b, c) => {
            ternary(
                of(a),
                of(b),
                of(c),
                result,
                #[inline(always)]
                |a, b, c| a.mul_add(b, c),
            );
        }
        Step::MultiplySubtract(a, b, c) => {
            ternary(
                of(a),
                of(b),
                of(c),
                result,
                #[inline(always)]
                |a, b, c| a.mul_add(b, -c),
            );
        }
        Step::SubtractProduct(a, b, c) => {
            ternary(
                of(a),
                of(b),
                of(c),
                result,
                #[inline(always)]
                |a, b, c| (-a).mul_add(b, c),
            );
        }
        Step::Select(x, a, b) => {
            ternary(
                of(x),
                of(a),
                of(b),
                result,
                #[inline(always)]
                |x, a, b| if x >= 0.0 { a } else { b },
            );
        }
        Step::PowerInteger(x, n) => power(of(x), n, result),
        Step::PowerReal(x, n) => map_of_two::<Power>(of(x), Lanes::Uniform(n.value()), result),
        Step::Special(Special::LnGamma(x)) => map::<LnGamma>(of(x), result),
        Step::Special(Special::Polygamma(0, x)) => map::<Digamma>(of(x), result),
        Step::Special(Special::Polygamma(1, x)) => map::<Trigamma>(of(x), result),
        Step::Special(call) => each(result, |i| f64::special(call.map(|operand| of(operand).at(i)))),
        Step::Partial(call, orders) => {
            each(result, |i| graph::partial_value(call.map(|operand| of(operand).at(i)), orders));
        }
    }
}

#[inline(always)]
fn reduce(machine: &mut Machine, slots: &[f64], first: usize, reduction: Reduction) {
    let one = Lanes::Uniform(1.0);
    let weight = machine.weights.as_ref().map(|weights| &weights.0);
    let of = |operand| machine.operand(operand, slots);
    match reduction {
        Reduction::Moments(factor, base, order, sign) => {
            let base = match of(base) {
                Lanes::Block(base) => base,
                Lanes::Uniform(value) => &[value; BLOCK],
            };
            let factor = factor.map_or(one, of);
            match order {
                Order::Two => {
                    let (sums, magnitudes) = second_moments(weight, factor, base);
                    machine.sums[first..first + 3].copy_from_slice(&sums);
                    machine.magnitudes[first..first + 3].copy_from_slice(&magnitudes);
                }
                Order::Four => {
                    let (sums, magnitudes) = fourth_moments(weight, factor, base, sign);
                    machine.sums[first..first + 5].copy_from_slice(&sums);
                    machine.magnitudes[first..first + 5].copy_from_slice(&magnitudes);
                }
            }
        }
        Reduction::Weight | Reduction::Sum(_) | Reduction::Product(..) => {
            let (value, magnitude) = match reduction {
                Reduction::Sum(a) => sum(weight, of(a), one),
                Reduction::Product(a, b) => sum(weight, of(a), of(b)),
                _ => sum(weight, one, one),
            };
            machine.sums[first] = value;
            machine.magnitudes[first] = magnitude;
        }
    }
}

/// Values that differ by less than this, relative to their sizes, may compare the other way when they are computed another way.
const CLOSE: f64 = 4.0 * f64::EPSILON;

/// Marks the observations for which the two operands are as they should not be.
#[inline(always)]
fn mark(
    machine: &mut Machine,
    slots: &[f64],
    left: Operand,
    right: Operand,
    by: f64,
    violates: impl Fn(f64, f64) -> bool,
) {
    if !machine.guarded {
        machine.violations.0.fill(0.0);
        machine.guarded = true;
    }
    let (registers, columns) = (&machine.registers, &machine.columns);
    let (left, right) = (lanes(registers, columns, left, slots), lanes(registers, columns, right, slots));
    let mut any = false;
    for (i, violations) in machine.violations.strips()[..machine.strips].as_flattened_mut().iter_mut().enumerate() {
        let violated = violates(left.at(i), right.at(i));
        *violations += if violated { by } else { 0.0 };
        any |= violated;
    }
    machine.violated |= any;
}
