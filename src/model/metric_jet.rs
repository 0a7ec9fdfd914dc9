//! A closed form of the Fisher matrix with its first and second derivatives.

use super::{ClosedForm, ParameterSpace, Theta};
use crate::scalar::{Scalar, SecondOrder};
use nalgebra::DMatrix;
use std::borrow::Borrow;

/// The 2-jet of a metric at a point: gᵢⱼ, ∂ₖgᵢⱼ and ∂ₖ∂ₗgᵢⱼ.
#[derive(Clone, Debug)]
pub(crate) struct MetricJet {
    /// gᵢⱼ
    pub value: DMatrix<f64>,
    /// Element k is ∂ₖg.
    pub first: Vec<DMatrix<f64>>,
    /// Element k·p + l is ∂ₖ∂ₗg.
    pub second: Vec<DMatrix<f64>>,
}

/// The number that carries first and second derivatives with respect to the parameters of a space.
type Jet<S> = <S as ParameterSpace>::Second<f64>;

impl MetricJet {
    /// The jet of a formula that is generic over the number type.
    pub fn of<M: ClosedForm + ?Sized>(model: &M, theta: &Theta<M, f64>) -> Self {
        Self::read::<M::Parameters>(theta.as_ref(), |theta| model.information(theta))
    }

    /// The jet of a function of parameters that carry derivatives: asked for all at once, or for each pair of chunks.
    pub(super) fn read<S: ParameterSpace>(theta: &[f64], metric: impl Fn(&S::Of<Jet<S>>) -> S::Square<Jet<S>>) -> Self {
        let (size, width) = (theta.len(), <Jet<S> as SecondOrder<f64>>::WIDTH);
        let zero = || DMatrix::zeros(size, size);
        let mut jet = Self { value: zero(), first: vec![zero(); size], second: vec![zero(); size * size] };
        let slot = |i: usize, start: usize| i.checked_sub(start).filter(|&slot| slot < width);
        for rows in (0..size).step_by(width) {
            for columns in (0..=rows).step_by(width) {
                let seeded = S::build(size, |i| Jet::<S>::seed(theta[i], slot(i, rows), slot(i, columns)));
                let square = metric(seeded.borrow());
                for i in 0..size {
                    for j in 0..size {
                        jet.take(i, j, &S::entry(&square, i, j), rows, columns, width);
                    }
                }
            }
        }
        jet
    }

    /// Reads what one evaluation says of entry (i, j).
    fn take<J: SecondOrder<f64>>(&mut self, i: usize, j: usize, entry: &J, rows: usize, columns: usize, width: usize) {
        let size = self.value.nrows();
        self.value[(i, j)] = entry.value();
        for (row, k) in (rows..size.min(rows + width)).enumerate() {
            self.first[k][(i, j)] = entry.first(row);
            for (column, l) in (columns..size.min(columns + width)).enumerate() {
                let second = entry.second(row, column);
                self.second[k * size + l][(i, j)] = second;
                self.second[l * size + k][(i, j)] = second;
            }
        }
    }

    /// gᵢⱼ at θ + Δ to second order, where Δ is nilpotent: the metric at parameters that depend on others.
    pub(super) fn at<D: Scalar>(&self, i: usize, j: usize, change: &[D]) -> D {
        let size = change.len();
        let mut sum = D::from(self.value[(i, j)]);
        for (k, &by) in change.iter().enumerate() {
            let mut slope = D::from(self.first[k][(i, j)]);
            for (l, &with) in change.iter().enumerate() {
                slope += with * (0.5 * self.second[k * size + l][(i, j)]);
            }
            sum += slope * by;
        }
        sum
    }

    /// The jet of the metric of some of the parameters, the others being known.
    pub(super) fn restrict(&self, left: &[usize]) -> Self {
        let size = self.value.nrows();
        let part = |matrix: &DMatrix<f64>| matrix.select_rows(left).select_columns(left);
        let pairs = left.iter().flat_map(|&k| left.iter().map(move |&l| k * size + l));
        Self {
            value: part(&self.value),
            first: left.iter().map(|&k| part(&self.first[k])).collect(),
            second: pairs.map(|pair| part(&self.second[pair])).collect(),
        }
    }

    /// Whether all of it is finite.
    pub fn is_finite(&self) -> bool {
        let matrices = std::iter::once(&self.value).chain(&self.first).chain(&self.second);
        matrices.flat_map(|matrix| matrix.iter()).all(|entry| entry.is_finite())
    }
}

/// Numbers less their real parts.
pub(super) fn nilpotent<D: Scalar>(theta: &[D]) -> Vec<D> {
    theta.iter().map(|&theta| theta - theta.re()).collect()
}
