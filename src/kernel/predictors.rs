//! Linear predictors: sums η = Σᵢ θᵢ xᵢ + o through which a log-likelihood depends on many parameters.
//!
//! With the predictors as variables the derivatives of a row are few, and those in the coefficients follow by the chain rule:
//! the score is Xᵀg, the Hessian XᵀWX.

use crate::recording::graph::hasher::FastMap;
use crate::recording::graph::{Binary, Graph, Node, NodeId, Unary};

/// A variable of the log-likelihood of a row, as a linear function of the parameters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variable {
    /// The variable in the graph of the row.
    pub node: NodeId,
    /// The parameters it depends on, in order, each with its derivative: a node that depends on the data alone.
    pub slopes: Vec<(u32, NodeId)>,
}

/// A log-likelihood as a function of its linear predictors.
#[derive(Clone, Debug)]
pub(super) struct Structure {
    /// The log-likelihood with the predictors as data.
    pub value: NodeId,
    pub variables: Vec<Variable>,
    /// Each predictor: the number of its datum, and its formula.
    pub computed: Vec<(u32, NodeId)>,
}

/// What is known of a node as a function of θ.
#[derive(Clone, Debug)]
enum Form {
    /// It depends on the data alone.
    Data,
    /// A sum of parameters times functions of the data, and such a function.
    Linear(Vec<(u32, NodeId)>),
    /// Anything else.
    Other,
}

/// A sum of more terms than this is no linear predictor; forming the sums one term at a time takes the square of their number.
const MOST_TERMS: usize = 2000;

impl Structure {
    /// The linear predictors of a log-likelihood with so many parameters and coordinates; `None` if they do not pay.
    pub fn of(graph: &mut Graph, value: NodeId, parameters: usize, coordinates: usize) -> Option<Self> {
        let order = graph.reachable(&[value]);
        let mut forms: FastMap<NodeId, Form> = FastMap::default();
        for &id in &order {
            let form = form(graph, &forms, id)?;
            forms.insert(id, form);
        }
        let is_of_several = |id: NodeId| match &forms[&id] {
            Form::Linear(terms) => terms.len() > 1 && graph.depends_on_data(id),
            _ => false,
        };
        // The largest linear sums: those that something is made of which is not linear.
        let mut predictors: Vec<NodeId> = Vec::new();
        for &id in &order {
            if matches!(forms[&id], Form::Other) {
                predictors.extend(graph.node(id).operands().filter(|&operand| is_of_several(operand)));
            }
        }
        predictors.sort_unstable();
        predictors.dedup();
        let mut replaced: FastMap<NodeId, NodeId> = FastMap::default();
        let (mut variables, mut computed) = (Vec::new(), Vec::new());
        for (number, &source) in (coordinates as u32..).zip(&predictors) {
            let node = graph.datum(number);
            replaced.insert(source, node);
            computed.push((number, source));
            if let Form::Linear(slopes) = &forms[&source] {
                variables.push(Variable { node, slopes: slopes.clone() });
            }
        }
        let value = substituted(graph, value, &replaced);
        let one = graph.constant(1.0);
        for id in graph.reachable(&[value]) {
            if let Node::Parameter(index) = graph.node(id) {
                variables.push(Variable { node: id, slopes: vec![(index, one)] });
            }
        }
        (2 * variables.len() <= parameters && variables.len() <= MOST_VARIABLES).then_some(Self {
            value,
            variables,
            computed,
        })
    }
}

/// Second derivatives in more variables than this are too many formulas.
const MOST_VARIABLES: usize = 32;

/// A node as a function of θ, given its operands. `None` if a sum is too long.
fn form(graph: &mut Graph, forms: &FastMap<NodeId, Form>, id: NodeId) -> Option<Form> {
    if !graph.depends_on_parameters(id) {
        return Some(Form::Data);
    }
    let linear = match graph.node(id) {
        Node::Parameter(index) => Some(vec![(index, graph.constant(1.0))]),
        Node::Unary(Unary::Negate, x) => term(forms, x).map(|terms| scaled(&terms, |of| graph.negate(of))),
        Node::Binary(Binary::Add, a, b) => match (&forms[&a], &forms[&b]) {
            (Form::Linear(a), Form::Linear(b)) => Some(sum(graph, a, b)),
            (Form::Linear(terms), Form::Data) | (Form::Data, Form::Linear(terms)) => single(terms),
            _ => None,
        },
        Node::Binary(Binary::Subtract, a, b) => match (&forms[&a], &forms[&b]) {
            (Form::Linear(a), Form::Linear(b)) => single(b).map(|b| {
                let b = scaled(&b, |of| graph.negate(of));
                sum(graph, a, &b)
            }),
            (Form::Linear(a), Form::Data) => single(a),
            (Form::Data, Form::Linear(b)) => single(b).map(|b| scaled(&b, |of| graph.negate(of))),
            _ => None,
        },
        Node::Binary(Binary::Multiply, a, b) => product(graph, forms, a, b),
        Node::Binary(Binary::Divide, a, b) if matches!(forms[&b], Form::Data) => {
            term(forms, a).map(|terms| scaled(&terms, |of| graph.divide(of, b)))
        }
        Node::MultiplyAdd(a, b, c) => match (product(graph, forms, a, b), &forms[&c]) {
            (Some(product), Form::Linear(c)) => Some(sum(graph, &product, c)),
            (Some(product), Form::Data) => Some(product),
            _ => None,
        },
        _ => None,
    };
    match linear {
        Some(terms) if terms.len() > MOST_TERMS => None,
        Some(terms) => Some(Form::Linear(terms)),
        None => Some(Form::Other),
    }
}

/// The term of a node that is linear in one parameter.
///
/// A multiple of a sum of several, or the sum of one and a function of the data, is not another predictor.
fn term(forms: &FastMap<NodeId, Form>, id: NodeId) -> Option<Vec<(u32, NodeId)>> {
    match &forms[&id] {
        Form::Linear(terms) => single(terms),
        _ => None,
    }
}

fn single(terms: &[(u32, NodeId)]) -> Option<Vec<(u32, NodeId)>> {
    (terms.len() == 1).then(|| terms.to_vec())
}

/// A product of a function of the data and a node that is linear in one parameter.
fn product(graph: &mut Graph, forms: &FastMap<NodeId, Form>, a: NodeId, b: NodeId) -> Option<Vec<(u32, NodeId)>> {
    let (factor, linear) = if matches!(forms[&a], Form::Data) { (a, b) } else { (b, a) };
    if !matches!(forms[&factor], Form::Data) {
        return None;
    }
    term(forms, linear).map(|terms| scaled(&terms, |of| graph.multiply(factor, of)))
}

fn scaled(terms: &[(u32, NodeId)], mut slope: impl FnMut(NodeId) -> NodeId) -> Vec<(u32, NodeId)> {
    terms.iter().map(|&(parameter, of)| (parameter, slope(of))).collect()
}

/// The sum of two linear nodes, the slopes of parameters that stand in both added.
fn sum(graph: &mut Graph, a: &[(u32, NodeId)], b: &[(u32, NodeId)]) -> Vec<(u32, NodeId)> {
    let mut sum = a.to_vec();
    for &(parameter, slope) in b {
        match sum.binary_search_by_key(&parameter, |term| term.0) {
            Ok(place) => sum[place].1 = graph.add(sum[place].1, slope),
            Err(place) => sum.insert(place, (parameter, slope)),
        }
    }
    sum
}

/// A node rebuilt with some of the nodes it is made of replaced.
fn substituted(graph: &mut Graph, output: NodeId, replaced: &FastMap<NodeId, NodeId>) -> NodeId {
    let mut new: FastMap<NodeId, NodeId> = FastMap::default();
    for id in graph.reachable(&[output]) {
        let to = match replaced.get(&id) {
            Some(&to) => to,
            None => {
                let node = graph.node(id).map(|operand| new[&operand]);
                graph.build(node)
            }
        };
        new.insert(id, to);
    }
    new[&output]
}
