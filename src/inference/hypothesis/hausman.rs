//! Hausman's test: whether two estimators agree.

use super::test::{Test, TestKind};
use crate::error::{Error, check_length};
use crate::expectation::{Estimate, Provenance};
use crate::information::{Covariance, Information, Observed};
use nalgebra::DVector;

/// Hausman's test of an efficient estimator against one that is consistent even where the model of the first is wrong.
///
/// ```math
/// (\hat\theta_c - \hat\theta_e)^{\mathsf T} (\Sigma_c - \Sigma_e)^{-} (\hat\theta_c - \hat\theta_e)
/// ```
///
/// The degrees of freedom are the rank of the difference of the covariances, decided against the errors of its entries. Both are about the
/// same parameters; of a larger covariance take the [`marginal`](Covariance::marginal).
///
/// ```
/// use fisher_information::expectation::Provenance;
/// use fisher_information::inference::hausman;
/// use fisher_information::information::Covariance;
/// use nalgebra::{DMatrix, dmatrix};
///
/// let of = |matrix| Covariance::new(["a", "b"], matrix, DMatrix::zeros(2, 2), Provenance::ClosedForm);
/// let (consistent, efficient) = (of(dmatrix![5.0, 0.0; 0.0, 2.0])?, of(dmatrix![1.0, 0.0; 0.0, 2.0])?);
/// let test = hausman((&[7.0, 1.0], &consistent), (&[3.0, 1.0], &efficient))?;
/// assert_eq!(test.statistic.value, 4.0);                // 4²/(5 − 1); of b both are sure alike
/// assert_eq!(test.degrees_of_freedom(), 1);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: J. A. Hausman, *Specification tests in econometrics*, Econometrica 46 (1978), doi:10.2307/1913827.
///
/// # Errors
/// - [`Error::NamesDiffer`], [`Error::LengthMismatch`].
/// - [`Error::NotMoreEfficient`] if the difference of the covariances is negative in some direction, by more than its error: the test does
///   not exist for such a sample.
/// - [`Error::DifferenceWithoutVariance`] if the estimates differ where the covariances do not.
pub fn hausman(consistent: (&[f64], &Covariance), efficient: (&[f64], &Covariance)) -> Result<Test, Error> {
    let names = consistent.1.names();
    for (position, (expected, found)) in names.iter().zip(efficient.1.names()).enumerate() {
        if expected != found {
            return Err(Error::NamesDiffer { position, expected: expected.clone(), found: found.clone() });
        }
    }
    check_length("parameters", names.len(), efficient.1.names().len())?;
    check_length("estimates", names.len(), consistent.0.len())?;
    check_length("estimates", names.len(), efficient.0.len())?;
    for (what, estimates) in [("the consistent estimator", consistent.0), ("the efficient estimator", efficient.0)] {
        if let Some(&value) = estimates.iter().find(|value| !value.is_finite()) {
            return Err(Error::FormulaNotFinite { quantity: what, value });
        }
    }
    let matrix = consistent.1.matrix() - efficient.1.matrix();
    let sizes = consistent.1.matrix().abs() + efficient.1.matrix().abs();
    let error = consistent.1.error() + efficient.1.error() + sizes * f64::EPSILON;
    // Only for its eigenvalues with their errors: the scaled difference.
    let spectrum = Information::<Observed>::new(names, matrix, error, 1.0, Provenance::Derived)?.spectrum();
    let differences = consistent.0.iter().zip(efficient.0).map(|(c, e)| c - e);
    let difference = DVector::from_iterator(names.len(), differences).component_div(spectrum.scale());

    let (mut statistic, mut rank) = (Estimate::new(0.0, 0.0), 0);
    for (k, &Estimate { value, error }) in spectrum.values().iter().enumerate() {
        let vector = spectrum.vectors().column(k);
        let component = vector.dot(&difference);
        let direction = || spectrum.direction(k).to_string();
        if value < -error {
            return Err(Error::NotMoreEfficient { direction: direction(), eigenvalue: value, error });
        }
        if value > error {
            let share = component * component / value;
            rank += 1;
            statistic = Estimate::new(statistic.value + share, statistic.error + share * error / (value - error));
        } else if component * component > NULL * error.max(f64::EPSILON) {
            let difference = component;
            return Err(Error::DifferenceWithoutVariance { direction: direction(), difference });
        }
    }
    let hypotheses = names.iter().map(|name| format!("{name} alike")).collect();
    Ok(Test::chi_squared(TestKind::Hausman, hypotheses, statistic, rank))
}

/// How large the square of a difference may be beside a variance that cannot be told from zero: five standard errors.
const NULL: f64 = 25.0;
