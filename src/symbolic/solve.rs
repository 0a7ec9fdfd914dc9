//! The expectations that make the mean score zero, and what they make of the mean Hessian.
//!
//! With ln f = η(θ)·T(x) − A(θ) + ln h(x) the score is linear in T, and so is the Hessian:
//!
//! ```math
//! \mathrm{E}[s_i] = \sum_j \frac{\partial\eta_j}{\partial\theta_i} \mathrm{E}[T_j] - \frac{\partial A}{\partial\theta_i} = 0,
//! \qquad
//! I_{ik} = \frac{\partial^2 A}{\partial\theta_i\,\partial\theta_k} - \sum_j \frac{\partial^2\eta_j}{\partial\theta_i\,\partial\theta_k} \mathrm{E}[T_j]
//! ```
//!
//! Where the second row of coefficients is a combination of the first, the information follows without knowing each E\[Tⱼ\].

use super::Refusal;
use super::expression::{Expression, Symbol};
use super::family::Decomposition;
use super::linear::Echelon;

/// What follows from E\[s\] = 0.
pub(super) struct Solution {
    /// I(θ), row by row.
    pub information: Vec<Vec<Expression>>,
    /// E\[T\], where the equations determine it.
    pub mean: Option<Vec<Expression>>,
}

impl Solution {
    /// Solves the equations of a family, to which the expectations of some statistics that are known otherwise may be added.
    pub(super) fn of(
        family: &Decomposition,
        parameters: &[Symbol],
        known: &[(usize, Expression)],
    ) -> Result<Self, Refusal> {
        let rank = family.rank();
        let coefficients = |of: &dyn Fn(&Expression) -> Expression| -> Vec<Expression> {
            family.natural.iter().chain([&family.ln_partition]).map(of).collect()
        };
        let scores: Vec<Vec<Expression>> =
            parameters.iter().map(|parameter| coefficients(&|e| e.derivative(parameter).reduced())).collect();
        let zero = Expression::integer(0);
        if let Some(i) = scores.iter().position(|row| row[..rank].iter().all(|c| *c == zero) && row[rank] != zero) {
            return Err(Refusal::NoMeanZeroScore { parameter: parameters[i].name().to_owned() });
        }
        let given = !known.is_empty();
        let known = known.iter().map(|(statistic, mean)| {
            let mut equation = vec![zero.clone(); rank + 1];
            equation[*statistic] = Expression::integer(1);
            equation[rank] = mean.clone();
            equation
        });
        let equations = Echelon::new(known.chain(scores.iter().cloned()).collect(), rank)?;
        // With expectations that are known the equations may say the same thing twice in ways that the algebra cannot see through.
        if !given && equations.rows.len() > equations.pivots.len() {
            let names: Vec<&str> = parameters.iter().map(Symbol::name).collect();
            return Err(Refusal::NoMeanZeroScore { parameter: names.join(", ") });
        }
        let mut information = vec![vec![zero.clone(); parameters.len()]; parameters.len()];
        for i in 0..parameters.len() {
            for k in 0..=i {
                let mut row: Vec<Expression> =
                    scores[i].iter().map(|entry| entry.derivative(&parameters[k]).reduced()).collect();
                equations.reduce(&mut row);
                if let Some(obstacle) = row.iter().find_map(Expression::obstacle) {
                    return Err(obstacle.into());
                }
                if row[..rank].iter().any(|left| *left != zero) {
                    return Err(Refusal::Curved { rank, parameters: parameters.len() });
                }
                let entry = row.swap_remove(rank);
                information[k][i] = entry.clone();
                information[i][k] = entry;
            }
        }
        let mean = (equations.pivots.len() == rank).then(|| {
            let row = |j: usize| equations.pivots.iter().position(|&pivot| pivot == j);
            (0..rank).filter_map(row).map(|row| equations.rows[row][rank].clone()).collect()
        });
        Ok(Self { information, mean })
    }
}
