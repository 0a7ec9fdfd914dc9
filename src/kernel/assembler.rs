//! From nodes of a graph to instructions over blocks.

use super::fused;
use super::program::{Instruction, Operand, Program, Reduction, Step};
use crate::recording::Decision;
use crate::recording::graph::hasher::FastMap;
use crate::recording::graph::{Binary, Constant, Graph, Node, NodeId, Unary};
use crate::scalar::Special;
use std::hash::BuildHasherDefault;

/// What a slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Slot {
    /// The value of a node at θ.
    Node(NodeId),
    /// Its reciprocal.
    Reciprocal(NodeId),
    /// A number.
    Number(Constant),
}

/// Makes a program, each value once.
pub(super) struct Assembler<'g> {
    graph: &'g Graph,
    /// Coordinates of the observation that are computed: linear predictors.
    computed: &'g [(u32, NodeId)],
    instructions: Vec<Instruction>,
    /// The values of nodes, at their places in the graph.
    nodes: Vec<Option<Operand>>,
    steps: FastMap<Step, Operand>,
    definitions: Vec<Step>,
    slots: Vec<Slot>,
    slot_of: FastMap<Slot, Operand>,
    sums: u32,
    outputs: u32,
}

impl<'g> Assembler<'g> {
    pub fn new(graph: &'g Graph, computed: &'g [(u32, NodeId)]) -> Self {
        Self {
            graph,
            computed,
            instructions: Vec::with_capacity(graph.len()),
            nodes: vec![None; graph.len()],
            steps: FastMap::with_capacity_and_hasher(graph.len(), BuildHasherDefault::default()),
            definitions: Vec::with_capacity(graph.len()),
            slots: Vec::new(),
            slot_of: FastMap::default(),
            sums: 0,
            outputs: 0,
        }
    }

    /// The program, and what its slots hold.
    pub fn finish(mut self) -> (Program, Vec<Slot>) {
        fused::products(&mut self.instructions);
        (Program::allocate(self.instructions), self.slots)
    }

    /// The value of a node for each observation.
    pub fn value(&mut self, node: NodeId) -> Operand {
        if let Some(known) = self.known(node) {
            return known;
        }
        // Operands first, without recursion: a sum may have a million terms.
        let mut pending = vec![node];
        let mut last = None;
        while let Some(&id) = pending.last() {
            last = self.known(id);
            if last.is_some() {
                pending.pop();
                continue;
            }
            let before = pending.len();
            let operand = match self.graph.node(id) {
                _ if !self.graph.depends_on_data(id) => Some(self.slot(Slot::Node(id))),
                Node::Datum(index) => match self.computed.iter().find(|(of, _)| *of == index) {
                    None => Some(Operand::Column(index)),
                    Some(&(_, source)) => {
                        let known = self.known(source);
                        pending.extend(known.is_none().then_some(source));
                        known
                    }
                },
                node => {
                    pending.extend(node.operands().filter(|&operand| self.known(operand).is_none()));
                    (pending.len() == before).then(|| self.operation(node))
                }
            };
            self.nodes[id.index()] = operand;
        }
        // The node itself is the last that was waited for.
        last.unwrap_or(Operand::Slot(0))
    }

    fn known(&self, node: NodeId) -> Option<Operand> {
        self.nodes[node.index()]
    }

    fn slot(&mut self, slot: Slot) -> Operand {
        let slots = &mut self.slots;
        *self.slot_of.entry(slot).or_insert_with(|| {
            slots.push(slot);
            Operand::Slot(slots.len() as u32 - 1)
        })
    }

    /// An operation whose operands are known.
    fn operation(&mut self, node: Node) -> Operand {
        let nodes = &self.nodes;
        // Operands are known.
        let of = |id: NodeId| nodes[id.index()].unwrap_or(Operand::Slot(0));
        match node {
            Node::Unary(function, x) => self.step(Step::Unary(function, of(x))),
            // A division takes several times as long as a product.
            Node::Binary(Binary::Divide, a, b) if !self.graph.depends_on_data(b) => {
                let a = of(a);
                let inverse = self.slot(Slot::Reciprocal(b));
                self.product(a, inverse)
            }
            Node::Binary(function, a, b) => {
                let (a, b) = (of(a), of(b));
                self.binary(function, a, b)
            }
            Node::PowerInteger(x, 2) => self.product(of(x), of(x)),
            Node::PowerInteger(x, n) => self.step(Step::PowerInteger(of(x), n)),
            Node::PowerReal(x, n) => self.step(Step::PowerReal(of(x), n)),
            Node::MultiplyAdd(a, b, c) => self.step(Step::MultiplyAdd(of(a), of(b), of(c))),
            Node::Special(Special::Ln1pExp(x)) => self.softplus(of(x)),
            Node::Special(Special::Logistic(x)) => self.logistic(of(x)),
            Node::Special(call) => self.step(Step::Special(call.map(of))),
            Node::Partial(call, orders) => self.step(Step::Partial(call.map(of), orders)),
            // Neither reaches this point: constants and parameters are slots, data columns.
            Node::Constant(_) | Node::Parameter(_) | Node::Datum(_) => self.constant(f64::NAN),
        }
    }

    pub fn binary(&mut self, function: Binary, a: Operand, b: Operand) -> Operand {
        self.step(Step::Binary(function, a, b))
    }

    pub fn product(&mut self, a: Operand, b: Operand) -> Operand {
        self.binary(Binary::Multiply, a, b)
    }

    /// e^{−|x|}, which ln(1 + eˣ), the logistic function of x and that of −x share.
    fn small_exponential(&mut self, x: Operand) -> Operand {
        // |x| = |−x| is one value.
        let positive = match self.definition(x) {
            Some(Step::Unary(Unary::Negate, opposite)) => opposite,
            _ => x,
        };
        let size = self.step(Step::Unary(Unary::Abs, positive));
        let negative = self.step(Step::Unary(Unary::Negate, size));
        self.step(Step::Unary(Unary::Exp, negative))
    }

    /// ln(1 + eˣ) = max(x, 0) + ln(1 + e^{−|x|})
    fn softplus(&mut self, x: Operand) -> Operand {
        let small = self.small_exponential(x);
        let ln = self.step(Step::Unary(Unary::Ln1p, small));
        let zero = self.constant(0.0);
        let positive = self.step(Step::Select(x, x, zero));
        self.binary(Binary::Add, positive, ln)
    }

    /// 1/(1 + e^{−x}) = (1 or e^{−|x|})/(1 + e^{−|x|})
    fn logistic(&mut self, x: Operand) -> Operand {
        let small = self.small_exponential(x);
        let one = self.constant(1.0);
        let sum = self.binary(Binary::Add, small, one);
        let large_part = self.step(Step::Unary(Unary::Reciprocal, sum));
        let small_part = self.product(small, large_part);
        match self.definition(x) {
            Some(Step::Unary(Unary::Negate, opposite)) => self.step(Step::Select(opposite, small_part, large_part)),
            _ => self.step(Step::Select(x, large_part, small_part)),
        }
    }

    pub fn constant(&mut self, value: f64) -> Operand {
        self.slot(Slot::Number(Constant::new(value)))
    }

    /// The step that computed a register.
    fn definition(&self, operand: Operand) -> Option<Step> {
        match operand {
            Operand::Register(value) => self.definitions.get(value as usize).copied(),
            _ => None,
        }
    }

    pub fn step(&mut self, step: Step) -> Operand {
        if let Some(&known) = self.steps.get(&step) {
            return known;
        }
        let value = self.definitions.len() as u32;
        self.definitions.push(step);
        self.instructions.push(Instruction::Compute(value, step));
        self.steps.insert(step, Operand::Register(value));
        Operand::Register(value)
    }

    /// Sums over the observations; the number of the first.
    pub fn reduce(&mut self, reduction: Reduction) -> usize {
        let first = self.sums;
        self.sums += reduction.sums() as u32;
        self.instructions.push(Instruction::Reduce(first, reduction));
        first as usize
    }

    /// Keeps a value.
    pub fn output(&mut self, operand: Operand) -> usize {
        self.instructions.push(Instruction::Output(self.outputs, operand));
        self.outputs += 1;
        self.outputs as usize - 1
    }

    /// Whether two nodes have the same bits whoever computes them: they are made by sums and products of numbers alone.
    fn is_exact(&self, left: NodeId, right: NodeId) -> bool {
        self.graph.reachable(&[left, right]).into_iter().all(|id| {
            matches!(
                self.graph.node(id),
                Node::Constant(_)
                    | Node::Parameter(_)
                    | Node::Datum(_)
                    | Node::Unary(Unary::Negate | Unary::Abs, _)
                    | Node::Binary(Binary::Add | Binary::Subtract | Binary::Multiply, ..)
            )
        })
    }

    /// Asks whether a comparison of data comes out as recorded.
    pub fn guard(&mut self, decision: Decision) {
        if let Decision::Comparison { left, relation, right, holds } = decision {
            let is_exact = self.is_exact(left, right);
            let (left, right) = (self.value(left), self.value(right));
            self.instructions.push(Instruction::Guard(relation, left, right, holds));
            if !is_exact {
                self.instructions.push(Instruction::Tie(left, right));
            }
        }
    }
}
