//! Value, score, Hessian, third derivatives and slope in x of the log-likelihood of one observation, exact to rounding.
//!
//! The parameters are seeded as dual numbers once for a θ and then used for any number of observations. A
//! [`Fixed<P>`](crate::model::Fixed) model is differentiated in one evaluation; a [`Dynamic`](crate::model::Dynamic) one in
//! chunks: one evaluation for each pair of chunks of the lower triangle.
//!
//! ```
//! use fisher_information::{derivatives::derivatives, distributions::Normal};
//!
//! let at = derivatives(&Normal, &[1.0, 2.0], &4.0)?;      // z = (4 − 1)/2 = 3/2
//! assert_eq!(at.score.as_slice(), [0.75, 0.625]);         // z/σ and (z² − 1)/σ
//! assert_eq!(at.hessian[(0, 0)], -0.25);                  // −1/σ²
//! # Ok::<(), fisher_information::Error>(())
//! ```

use crate::error::Error;
use crate::model::{Datum, LogLikelihood, Observation, OwnedTheta, ParameterSpace, Theta};
use crate::scalar::{Compose, FirstOrder, SecondOrder};
use nalgebra::{DMatrix, DVector};
use num_dual::Dual64;
use std::borrow::Borrow;

/// The log-likelihood of one observation with its first and second derivatives.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Derivatives {
    /// ℓ(θ; x)
    pub value: f64,
    /// s = ∂ℓ/∂θ, the score
    pub score: DVector<f64>,
    /// H = ∂²ℓ/∂θ∂θᵀ, the Hessian
    pub hessian: DMatrix<f64>,
}

/// The log-likelihood ℓ(θ; x) and the score s = ∂ℓ/∂θ of one observation.
///
/// # Errors
/// Parameters outside their domain; see [`Differentiator::new`].
pub fn score<M: LogLikelihood>(
    model: &M,
    theta: &Theta<M, f64>,
    x: &Datum<M, f64>,
) -> Result<(f64, DVector<f64>), Error> {
    let mut at = Differentiator::new(model, theta)?;
    let mut score = DVector::zeros(at.length());
    let value = at.first(x, score.as_mut_slice());
    Ok((value, score))
}

/// The log-likelihood, the score and the Hessian of one observation.
///
/// # Errors
/// Parameters outside their domain; see [`Differentiator::new`].
pub fn derivatives<M: LogLikelihood>(
    model: &M,
    theta: &Theta<M, f64>,
    x: &Datum<M, f64>,
) -> Result<Derivatives, Error> {
    let mut at = Differentiator::new(model, theta)?;
    let length = at.length();
    let (mut score, mut packed) = (DVector::zeros(length), vec![0.0; packed_length(length)]);
    let value = at.second(x, score.as_mut_slice(), &mut packed);
    Ok(Derivatives { value, score, hessian: unpack(length, &packed) })
}

/// The slope of the log-likelihood in the observation, ∂ℓ/∂x, one entry for each coordinate of x.
///
/// ```
/// use fisher_information::{derivatives::slope, distributions::Normal};
///
/// assert_eq!(slope(&Normal, &[1.0, 2.0], &4.0)?, [-0.75]);     // −(x − μ)/σ²
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// Parameters outside their domain.
pub fn slope<M: LogLikelihood>(model: &M, theta: &Theta<M, f64>, x: &Datum<M, f64>) -> Result<Vec<f64>, Error> {
    crate::model::checked_parameters(model, theta)?;
    let theta = M::Parameters::build(theta.as_ref().len(), |i| Dual64::from(theta.as_ref()[i]));
    let x = M::Observation::coordinates(x);
    let along = |direction: usize| {
        let x: Vec<_> =
            x.iter().enumerate().map(|(i, &x)| Dual64::new(x, f64::from(u8::from(i == direction)))).collect();
        // An observation that has coordinates can be made of them.
        M::Observation::from_coordinates(&x).map_or(f64::NAN, |x| model.ln_likelihood(theta.borrow(), x).eps)
    };
    Ok((0..x.len()).map(along).collect())
}

/// The third derivatives ∂³ℓ/∂θᵢ∂θⱼ∂θₖ of one observation: element k of the result is ∂H/∂θₖ.
///
/// # Errors
/// Parameters outside their domain; see [`Differentiator::new`].
pub fn third_derivatives<M: LogLikelihood>(
    model: &M,
    theta: &Theta<M, f64>,
    x: &Datum<M, f64>,
) -> Result<Vec<DMatrix<f64>>, Error> {
    crate::model::checked_parameters(model, theta)?;
    let theta = theta.as_ref();
    let mut buffer = Default::default();
    Ok((0..theta.len())
        .map(|direction| {
            let along: Vec<_> =
                theta.iter().enumerate().map(|(i, &t)| Dual64::new(t, f64::from(u8::from(i == direction)))).collect();
            let blocks = blocks::<M, Dual64>(&along);
            let mut packed = vec![0.0; packed_length(theta.len())];
            for block in &blocks {
                let jet = M::Observation::lift(x, &mut buffer, |x| model.ln_likelihood(block.theta.borrow(), x));
                block.read(theta.len(), |i, j, row, column| {
                    packed[packed_index(i, j)] = jet.second(row, column).eps;
                });
            }
            unpack(theta.len(), &packed)
        })
        .collect())
}

/// The derivatives of a model at one θ, for any number of observations.
pub struct Differentiator<'m, M: LogLikelihood> {
    model: &'m M,
    theta: OwnedTheta<M, f64>,
    first: Vec<Chunk<M>>,
    second: Vec<Block<M, f64>>,
    first_buffer: Buffer<M, First<M>>,
    second_buffer: Buffer<M, Second<M, f64>>,
}

type First<M> = <<M as LogLikelihood>::Parameters as ParameterSpace>::First<f64>;
type Second<M, T> = <<M as LogLikelihood>::Parameters as ParameterSpace>::Second<T>;
type Buffer<M, D> = <<M as LogLikelihood>::Observation as Observation>::Buffer<D>;

/// θ with one chunk of the parameters seeded for first derivatives.
#[derive(Clone)]
struct Chunk<M: LogLikelihood> {
    start: usize,
    theta: OwnedTheta<M, First<M>>,
}

/// θ with one chunk of rows and one chunk of columns seeded for second derivatives.
struct Block<M: LogLikelihood, T: Compose> {
    rows: usize,
    columns: usize,
    theta: OwnedTheta<M, Second<M, T>>,
}

impl<M: LogLikelihood, T: Compose> Block<M, T> {
    /// Calls `read(i, j, row, column)` for every entry of the lower triangle that lies in this block.
    #[inline]
    fn read(&self, length: usize, mut read: impl FnMut(usize, usize, usize, usize)) {
        let width = <Second<M, T> as SecondOrder<T>>::WIDTH;
        for (row, i) in (self.rows..length.min(self.rows + width)).enumerate() {
            for (column, j) in (self.columns..=i.min(self.columns + width - 1)).enumerate() {
                read(i, j, row, column);
            }
        }
    }
}

impl<'m, M: LogLikelihood> Differentiator<'m, M> {
    /// Seeds the parameters.
    ///
    /// # Errors
    /// [`Error::ParameterOutsideDomain`], naming the parameter, if one is NaN, infinite or outside its domain.
    pub fn new(model: &'m M, theta: &Theta<M, f64>) -> Result<Self, Error> {
        crate::model::checked_parameters(model, theta)?;
        Self::unchecked(model, theta)
    }

    /// Seeds the parameters without asking whether the model allows them.
    pub(crate) fn unchecked(model: &'m M, theta: &Theta<M, f64>) -> Result<Self, Error> {
        let theta = theta.as_ref();
        Ok(Self {
            model,
            theta: M::Parameters::from_slice(theta)?,
            first: chunks::<M>(theta),
            second: blocks::<M, f64>(theta),
            first_buffer: Default::default(),
            second_buffer: Default::default(),
        })
    }

    /// The number of parameters.
    #[must_use]
    pub fn length(&self) -> usize {
        self.theta.as_ref().len()
    }

    /// θ.
    pub fn theta(&self) -> &Theta<M, f64> {
        self.theta.borrow()
    }

    /// ℓ(θ; x).
    #[inline]
    pub fn value(&self, x: &Datum<M, f64>) -> f64 {
        self.model.ln_likelihood(self.theta(), x)
    }

    /// Writes the score and returns the value.
    ///
    /// # Panics
    /// If `score` is shorter than [`length`](Self::length).
    #[inline]
    pub fn first(&mut self, x: &Datum<M, f64>, score: &mut [f64]) -> f64 {
        let (length, width) = (self.length(), <First<M> as FirstOrder<f64>>::WIDTH);
        let mut value = f64::NAN;
        for chunk in &self.first {
            let (model, theta) = (self.model, chunk.theta.borrow());
            let jet = M::Observation::lift(x, &mut self.first_buffer, |x| model.ln_likelihood(theta, x));
            for (slot, i) in (chunk.start..length.min(chunk.start + width)).enumerate() {
                score[i] = jet.derivative(slot);
            }
            value = FirstOrder::value(&jet);
        }
        value
    }

    /// Writes the score and the lower triangle of the Hessian, row after row ([`packed_index`]), and returns the value.
    ///
    /// # Panics
    /// If `score` is shorter than [`length`](Self::length) or `hessian` than [`packed_length`].
    #[inline]
    pub fn second(&mut self, x: &Datum<M, f64>, score: &mut [f64], hessian: &mut [f64]) -> f64 {
        let (model, buffer) = (self.model, &mut self.second_buffer);
        if let Some(value) = model.second_order(self.theta.borrow(), x, score, hessian) {
            return value;
        }
        let Some(length) = M::Parameters::LENGTH else { return self.second_by_blocks(x, score, hessian) };
        // Seeds made on the spot are known to the compiler, which then drops the parts that are not there.
        let theta = seeded::<M, f64>(self.theta.as_ref(), 0, 0);
        let jet = M::Observation::lift(x, buffer, |x| model.ln_likelihood(theta.borrow(), x));
        let (score, hessian) = (&mut score[..length], &mut hessian[..packed_length(length)]);
        for i in 0..length {
            score[i] = jet.first(i);
            for j in 0..=i {
                hessian[packed_index(i, j)] = jet.second(i, j);
            }
        }
        SecondOrder::value(&jet)
    }

    /// [`second`](Self::second) for a number of parameters known at run time: one evaluation for each block.
    fn second_by_blocks(&mut self, x: &Datum<M, f64>, score: &mut [f64], hessian: &mut [f64]) -> f64 {
        let (model, length) = (self.model, self.length());
        let mut value = f64::NAN;
        for block in &self.second {
            let buffer = &mut self.second_buffer;
            let jet = M::Observation::lift(x, buffer, |x| model.ln_likelihood(block.theta.borrow(), x));
            block.read(length, |i, j, row, column| {
                hessian[packed_index(i, j)] = jet.second(row, column);
                if i == j {
                    score[i] = jet.first(row);
                }
            });
            value = SecondOrder::value(&jet);
        }
        value
    }
}

impl<M: LogLikelihood> Clone for Differentiator<'_, M> {
    fn clone(&self) -> Self {
        Self {
            model: self.model,
            theta: self.theta.clone(),
            first: self.first.iter().map(|c| Chunk { start: c.start, theta: c.theta.clone() }).collect(),
            second: self
                .second
                .iter()
                .map(|b| Block { rows: b.rows, columns: b.columns, theta: b.theta.clone() })
                .collect(),
            first_buffer: Default::default(),
            second_buffer: Default::default(),
        }
    }
}

/// θ seeded for first derivatives, chunk by chunk.
fn chunks<M: LogLikelihood>(theta: &[f64]) -> Vec<Chunk<M>> {
    let width = <First<M> as FirstOrder<f64>>::WIDTH;
    (0..theta.len())
        .step_by(width)
        .map(|start| Chunk {
            start,
            theta: M::Parameters::build(theta.len(), |i| First::<M>::seed(theta[i], slot(i, start, width))),
        })
        .collect()
}

/// θ with the chunk of rows and the chunk of columns that begin at these parameters seeded for second derivatives.
#[inline(always)]
fn seeded<M: LogLikelihood, T: Compose>(theta: &[T], rows: usize, columns: usize) -> OwnedTheta<M, Second<M, T>> {
    let width = <Second<M, T> as SecondOrder<T>>::WIDTH;
    M::Parameters::build(theta.len(), |i| Second::<M, T>::seed(theta[i], slot(i, rows, width), slot(i, columns, width)))
}

/// θ seeded for second derivatives, block by block of the lower triangle.
fn blocks<M: LogLikelihood, T: Compose>(theta: &[T]) -> Vec<Block<M, T>> {
    let width = <Second<M, T> as SecondOrder<T>>::WIDTH;
    let starts = || (0..theta.len()).step_by(width);
    starts()
        .flat_map(|rows| starts().take_while(move |&columns| columns <= rows).map(move |columns| (rows, columns)))
        .map(|(rows, columns)| Block { rows, columns, theta: seeded::<M, T>(theta, rows, columns) })
        .collect()
}

/// The place of parameter `i` in the chunk that begins at `start`, if it lies there.
#[inline(always)]
fn slot(i: usize, start: usize, width: usize) -> Option<usize> {
    i.checked_sub(start).filter(|&slot| slot < width)
}

/// Where entry (i, j), j ≤ i, of a symmetric matrix stands when its lower triangle is stored row after row.
#[inline]
#[must_use]
pub fn packed_index(i: usize, j: usize) -> usize {
    debug_assert!(j <= i);
    i * (i + 1) / 2 + j
}

/// How many entries the lower triangle of a matrix of this size has.
#[inline]
#[must_use]
pub fn packed_length(size: usize) -> usize {
    size * (size + 1) / 2
}

/// The symmetric matrix whose lower triangle is stored row after row.
#[must_use]
pub fn unpack(size: usize, packed: &[f64]) -> DMatrix<f64> {
    DMatrix::from_fn(size, size, |i, j| packed[packed_index(i.max(j), i.min(j))])
}
