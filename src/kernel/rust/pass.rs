//! A program as loops over a chunk of rows.
//!
//! Steps without branches stand together in loops that become vector instructions. Between them, a function that has to be called
//! for one row after the other has a loop of its own; what is used in another loop than it is computed in is kept in an array.

use super::super::program::{Instruction, Operand, Order, Program, Reduction, Step};
use super::number::comparison;
use super::operations::{Each, Needs};
use std::collections::HashMap;
use std::fmt::Write;

/// The source of a pass over the rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Pass {
    /// Arrays that are declared before the loop over chunks.
    pub arrays: String,
    /// The loops over a chunk.
    pub loops: String,
    /// What is added to the sums after them.
    pub reductions: String,
    /// Whether there are decisions on data.
    pub guarded: bool,
}

/// A value for each row.
#[derive(Clone, Debug)]
struct Value {
    /// The loop it is computed in.
    place: usize,
    /// Whether another loop uses it.
    kept: bool,
}

/// What stands in one loop.
#[derive(Clone, Debug, Default)]
struct Loop {
    lines: Vec<String>,
    /// Whether a row is covered, and the line for one that is not.
    repair: Option<(String, String)>,
    /// Whether it is a call, with which nothing else stands.
    alone: bool,
}

/// What an array of terms holds: an operand, or 1, times the weight or not, 0 for rows that do not count.
type Term = (Option<Operand>, bool);

struct Writer<'a> {
    slots: &'a [String],
    needs: &'a mut Needs,
    values: Vec<Value>,
    /// The value that a register holds.
    registers: HashMap<u32, usize>,
    loops: Vec<Loop>,
    terms: HashMap<Term, usize>,
    pass: Pass,
}

impl Pass {
    /// The source of a program whose slots have this source. The functions that sum are called `total`, `dot` and `moments` with
    /// this suffix.
    pub fn of(program: &Program, slots: &[String], needs: &mut Needs, suffix: &str) -> Self {
        let mut writer = Writer {
            slots,
            needs,
            values: Vec::new(),
            registers: HashMap::new(),
            loops: vec![Loop::default()],
            terms: HashMap::new(),
            pass: Self::default(),
        };
        // The first run finds the values that are used in other loops than their own.
        for _ in 0..2 {
            writer.registers.clear();
            writer.loops = vec![Loop::default()];
            writer.terms.clear();
            writer.pass = Self::default();
            let mut values = 0;
            for &instruction in &program.instructions {
                writer.instruction(instruction, &mut values, suffix);
            }
        }
        writer.finish()
    }
}

impl Writer<'_> {
    fn instruction(&mut self, instruction: Instruction, values: &mut usize, suffix: &str) {
        match instruction {
            Instruction::Compute(register, step) => {
                let value = *values;
                *values += 1;
                self.compute(value, step);
                self.registers.insert(register, value);
            }
            Instruction::Guard(relation, left, right, holds) => {
                self.ready();
                let (left, right) = (self.operand(left), self.operand(right));
                let comparison = comparison(&left, relation, &right, holds);
                self.pass.guarded = true;
                self.line(format!("strays[i] += if {comparison} {{ 0.0 }} else {{ 1.0 }};"));
            }
            Instruction::Reduce(first, reduction) => {
                let (call, count) = match reduction {
                    Reduction::Weight => (format!("total{suffix}(&m{})", self.term(None, true)), 1),
                    Reduction::Sum(a) => (format!("total{suffix}(&m{})", self.term(Some(a), true)), 1),
                    Reduction::Product(a, b) => {
                        let (a, b) = (self.term(Some(a), true), self.term(Some(b), false));
                        (format!("dot{suffix}(&m{a}, &m{b})"), 1)
                    }
                    Reduction::Moments(a, u, order, _) => {
                        let (a, u) = (self.term(a, true), self.term(Some(u), false));
                        let (even, count) = match order {
                            Order::Two => (2, 3),
                            Order::Four => (3, 5),
                        };
                        (format!("moments{suffix}::<{even}, {count}>(&m{a}, &m{u})"), count)
                    }
                };
                // Writing to a string does not fail.
                let _ = match count {
                    1 => writeln!(self.pass.reductions, "        sums[{first}] = {call};"),
                    _ => {
                        let end = first + count;
                        writeln!(self.pass.reductions, "        sums[{first}..{end}].copy_from_slice(&{call});")
                    }
                };
            }
            // A row on the edge of two courses takes that which the comparison tells. Neither of the programs that are translated keeps values.
            Instruction::Tie(..) | Instruction::Output(..) => {}
        }
    }

    fn line(&mut self, line: String) {
        if let Some(last) = self.loops.last_mut() {
            last.lines.push(line);
        }
    }

    /// Another loop, unless the last is empty.
    fn another(&mut self) {
        if self.loops.last().is_none_or(|last| !last.lines.is_empty()) {
            self.loops.push(Loop::default());
        }
    }

    /// Another loop after that of a call.
    fn ready(&mut self) {
        if self.loops.last().is_some_and(|last| last.alone) {
            self.another();
        }
    }

    fn compute(&mut self, value: usize, step: Step) {
        self.ready();
        let operands = step.operands();
        // Calls are found without regard to the operands.
        let alone = !matches!(self.needs.each(step, |_| "0.0".to_owned()), Each::Lanes(_));
        if alone {
            self.another();
        }
        let sources: Vec<String> = operands.iter().map(|&operand| self.operand(operand)).collect();
        let source = |operand: Operand| {
            let place = operands.iter().position(|&of| of == operand);
            place.map(|place| sources[place].clone()).unwrap_or_default()
        };
        let (code, repair) = match self.needs.each(step, source) {
            Each::Lanes(code) | Each::Call(code) => (code, None),
            Each::Covered { core, covers, call } => (core, Some((covers, format!("a{value}[i] = {call};")))),
        };
        let place = self.loops.len() - 1;
        match self.values.get_mut(value) {
            Some(known) => known.place = place,
            None => self.values.push(Value { place, kept: false }),
        }
        self.line(format!("let v{value} = {code};"));
        if let Some(last) = self.loops.last_mut() {
            last.alone = alone;
            last.repair = repair;
        }
        if self.values[value].kept {
            self.line(format!("a{value}[i] = v{value};"));
            let _ = writeln!(self.pass.arrays, "    let mut a{value} = [0.0; ROWS];");
        }
    }

    /// The source of an operand in the last loop.
    fn operand(&mut self, operand: Operand) -> String {
        match operand {
            Operand::Column(column) => format!("x[{column}][i]"),
            Operand::Slot(slot) => self.slots[slot as usize].clone(),
            Operand::Register(register) => {
                let value = self.registers[&register];
                let here = self.loops.len() - 1;
                if self.values[value].place == here {
                    return format!("v{value}");
                }
                self.values[value].kept = true;
                format!("a{value}[i]")
            }
        }
    }

    /// The number of the array of a term.
    fn term(&mut self, operand: Option<Operand>, weighted: bool) -> usize {
        // A register may hold another value later.
        let key = operand.map(|operand| match operand {
            Operand::Register(register) => Operand::Register(self.registers[&register] as u32),
            other => other,
        });
        if let Some(&known) = self.terms.get(&(key, weighted)) {
            return known;
        }
        self.ready();
        let term = match (operand.map(|operand| self.operand(operand)), weighted) {
            (Some(operand), true) => format!("w[i] * {operand}"),
            (Some(operand), false) => operand,
            (None, true) => "w[i]".to_owned(),
            (None, false) => "1.0".to_owned(),
        };
        let number = self.terms.len();
        self.terms.insert((key, weighted), number);
        let _ = writeln!(self.pass.arrays, "    let mut m{number} = [0.0; ROWS];");
        self.line(format!("m{number}[i] = if counts {{ {term} }} else {{ 0.0 }};"));
        number
    }

    fn finish(mut self) -> Pass {
        let mut text = String::new();
        if self.pass.guarded {
            self.pass.arrays += "    let mut strays = [0.0; ROWS];\n";
            text += "        strays.fill(0.0);\n";
        }
        for Loop { lines, repair, .. } in self.loops.iter().filter(|of| !of.lines.is_empty()) {
            text += "        for i in 0..ROWS {\n";
            let first = lines.iter().position(|line| line.starts_with('m'));
            for (number, line) in lines.iter().enumerate() {
                // Guards come before all terms.
                if first == Some(number) {
                    let _ = writeln!(text, "            let counts = {};", self.counts());
                }
                let _ = writeln!(text, "            {line}");
            }
            text += "        }\n";
            if let Some((covers, call)) = repair {
                let _ = write!(
                    text,
                    "        let missed = (0..ROWS).fold(0, |missed, i| missed + u64::from(!{covers}));\n        \
                     if missed > 0 {{\n            for i in 0..ROWS {{\n                if !{covers} {{\n                    \
                     {call}\n                }}\n            }}\n        }}\n"
                );
            }
        }
        self.pass.loops = text;
        self.pass
    }

    /// Whether the row counts: it has weight, and has taken the course that was recorded.
    fn counts(&self) -> &'static str {
        if self.pass.guarded { "(w[i] != 0.0) & (strays[i] == 0.0)" } else { "w[i] != 0.0" }
    }
}
