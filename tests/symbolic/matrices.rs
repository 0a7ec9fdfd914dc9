//! Matrices of formulas: inverses, determinants, Jeffreys' priors, other coordinates, and models that carry their closed form.

use super::closed_forms::printed;
use fisher_information::distributions::*;
use fisher_information::information::closed_form;
use fisher_information::model::{
    ClosedForm, Dynamic, Elementwise, ExponentialFamily, Fixed, Known, Link, LogLikelihood, NaturalCoordinates,
    ParameterSpace, Reparametrised, SampleSpace,
};
use fisher_information::prelude::expected;
use fisher_information::symbolic::{Matrix, Refusal, Solved, coordinates, expected_information};
use num_dual::Dual64;
use std::borrow::Borrow;

fn found<M: SampleSpace>(model: &M) -> Matrix {
    expected_information(model).unwrap().matrix().clone()
}

/// Parameters of moderate size: positive ones from 0.3 to 3, probabilities and others that fit.
fn points(matrix: &Matrix) -> Vec<Vec<f64>> {
    let value = |k: usize, i: usize| {
        let u = (0.37 + 0.618_034 * k as f64 + 0.414_214 * i as f64).fract();
        let domain = matrix.parameters()[i].domain();
        match (domain.lower.is_finite(), domain.upper.is_finite()) {
            (true, true) => domain.lower + (domain.upper - domain.lower) * (0.1 + 0.8 * u) / matrix.size() as f64,
            (true, false) => domain.lower + 0.3 * 10_f64.powf(u),
            (false, true) => domain.upper - 0.3 * 10_f64.powf(u),
            (false, false) => 4.0 * u - 2.0,
        }
    };
    (0..8).map(|k| (0..matrix.size()).map(|i| value(k, i)).collect()).collect()
}

fn close(got: f64, want: f64, scale: f64, what: &str) {
    assert!((got - want).abs() <= 1e-11 * scale, "{what}: {got} for {want}");
}

/// The inverse, the determinant and Jeffreys' prior of a matrix at scattered θ.
fn invert<M: SampleSpace>(name: &str, model: &M) -> Matrix {
    let matrix = found(model);
    let (inverse, determinant, prior) =
        (matrix.inverse().unwrap(), matrix.determinant().unwrap(), matrix.jeffreys().unwrap());
    assert_eq!(inverse.parameters(), matrix.parameters());
    let back = inverse.inverse().unwrap();
    for theta in points(&matrix) {
        let [a, b, c] = [&matrix, &inverse, &back].map(|matrix| matrix.evaluate(&theta));
        let numbers = nalgebra::DMatrix::from_fn(matrix.size(), matrix.size(), |i, j| a[i][j]);
        for i in 0..matrix.size() {
            for j in 0..matrix.size() {
                let terms = (0..matrix.size()).map(|k| a[i][k] * b[k][j]);
                let scale = terms.clone().map(f64::abs).sum::<f64>();
                close(terms.sum(), f64::from(i == j), scale, &format!("{name} at {theta:?}: (I I⁻¹)({i}, {j})"));
                let unit = (a[i][i] * a[j][j]).sqrt();
                close(c[i][j], a[i][j], 1e2 * unit, &format!("{name} at {theta:?}: the inverse of the inverse"));
            }
        }
        let value = determinant.evaluate::<f64>(&theta, &[]);
        close(value, numbers.determinant(), numbers.diagonal().product(), &format!("{name} at {theta:?}: determinant"));
        let density = prior.evaluate::<f64>(&theta, &[]);
        assert!(density > 0.0);
        close(density * density, value, value, &format!("{name} at {theta:?}: Jeffreys"));
    }
    inverse
}

#[test]
fn inverses_determinants_and_priors() {
    assert_eq!(printed(&invert("normal", &Normal)), ["σ²", "0", "σ²/2"]);
    assert_eq!(printed(&invert("Poisson", &Poisson)), ["λ"]);
    assert_eq!(printed(&invert("categorical", &Categorical::<2>)), ["p₁(1 − p₁)", "−p₁p₂", "p₂(1 − p₂)"]);
    invert("gamma", &Gamma);
    invert("beta", &Beta);
    invert("Weibull", &Weibull);
    invert("Gumbel", &Gumbel);
    invert("Nakagami", &Nakagami);
    invert("inverse Gaussian", &InverseGaussian);
    invert("zero-inflated Poisson", &ZeroInflatedPoisson);
    invert("Dirichlet", &Dirichlet::<3>);
    invert("von Mises", &VonMises);

    let prior = |matrix: Matrix| matrix.jeffreys().unwrap().to_string();
    assert_eq!(prior(found(&Normal)), "√2/σ²");
    assert_eq!(prior(found(&Poisson)), "1/√λ");
    assert_eq!(prior(found(&Bernoulli)), "1/√(p(1 − p))");
    assert_eq!(prior(found(&Exponential)), "1/λ");
    assert_eq!(prior(found(&Gamma)), "√(αψ₁(α) − 1)/β");
}

#[test]
fn five_parameters_are_multiplied_out_but_not_inverted() {
    let matrix = found(&BivariateNormal);
    assert_eq!(matrix.inverse().unwrap_err(), Refusal::TooManyParameters { size: 5, most: 4 });
    assert_eq!(matrix.determinant().unwrap().to_string(), "4/(σ₁⁴σ₂⁴(1 − ρ²)⁴)");
    // A redundant parameter.
    let theta = matrix.parameters().to_vec();
    let singular = Known::<_, Fixed<2>>::new(Normal, &[]).map(|model| found(&model)).unwrap();
    let first = fisher_information::symbolic::Expression::symbol(&singular.parameters()[0]);
    let squared = singular.in_coordinates(singular.parameters(), &[first.clone(), first]).unwrap();
    assert_eq!(squared.inverse().unwrap_err(), Refusal::Singular);
    assert_eq!(theta.len(), 5);
}

#[test]
fn orthogonal_parameters() {
    let pairs = |matrix: Matrix| matrix.orthogonal();
    assert_eq!(pairs(found(&Normal)), [(0, 1)]);
    assert_eq!(pairs(found(&InverseGaussian)), [(0, 1)]);
    assert_eq!(pairs(found(&Nakagami)), [(0, 1)]);
    assert_eq!(pairs(found(&VonMises)), [(0, 1)]);
    assert_eq!(pairs(found(&Cauchy)), [(0, 1)]);
    assert_eq!(pairs(found(&Gamma)), []);
    assert_eq!(pairs(found(&BivariateNormal)), [(0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4)]);
}

/// A matrix in other coordinates: by formulas, by the model in those coordinates, and by JᵀIJ in numbers.
fn carry<M: SampleSpace + Clone>(name: &str, model: &M, links: &[Link]) {
    let map = Elementwise(links.to_vec());
    let (phi, theta) = coordinates::<M::Parameters, _>(&map, LogLikelihood::parameters(model)).unwrap();
    let original = found(model);
    let moved = original.in_coordinates(&phi, &theta).unwrap();
    let new = Reparametrised::new(model.clone(), map);
    match expected_information(&new) {
        Ok(direct) => assert_eq!(printed(&moved), printed(direct.matrix()), "{name}"),
        // A group is looked for among the parameters as they are.
        Err(refusal) => assert_eq!(name, "Cauchy", "{refusal}"),
    }
    for at in points(&moved) {
        let point = M::Parameters::from_slice(&at).unwrap();
        let jacobian = new.jacobian(point.borrow());
        let here: Vec<f64> = theta.iter().map(|theta| theta.evaluate(&at, &[])).collect();
        let (metric, matrix) = (original.evaluate(&here), moved.evaluate(&at));
        for i in 0..at.len() {
            for j in 0..at.len() {
                let pairs = (0..at.len()).flat_map(|k| (0..at.len()).map(move |l| (k, l)));
                let terms: Vec<f64> = pairs.map(|(k, l)| jacobian[k][i] * metric[k][l] * jacobian[l][j]).collect();
                let scale = terms.iter().map(|term| term.abs()).sum::<f64>().max(f64::MIN_POSITIVE);
                close(matrix[i][j], terms.iter().sum(), scale, &format!("{name} at {at:?}: entry ({i}, {j})"));
            }
        }
    }
}

#[test]
fn other_coordinates() {
    carry("normal", &Normal, &[Link::Identity, Link::Log]);
    carry("normal by √σ", &Normal, &[Link::Identity, Link::SquareRoot]);
    carry("gamma", &Gamma, &[Link::Log, Link::Log]);
    carry("Bernoulli", &Bernoulli, &[Link::Logit]);
    carry("Poisson", &Poisson, &[Link::SquareRoot]);
    carry("zero-inflated Poisson", &ZeroInflatedPoisson, &[Link::Logit, Link::Log]);
    carry("Cauchy", &Cauchy, &[Link::Identity, Link::Log]);
    let short = found(&Normal);
    let refusal = short.in_coordinates(short.parameters(), &[]).unwrap_err();
    assert!(matches!(refusal, Refusal::Model(_)), "{refusal}");
}

/// The information of the natural parameters, found in them, against the author's closed form pulled back.
fn carry_to_natural<M>(name: &str, model: &M, points: &[&[f64]])
where
    M: SampleSpace + ClosedForm + ExponentialFamily + Clone,
{
    let natural = Reparametrised::new(model.clone(), NaturalCoordinates(model.clone()));
    let found = expected_information(&natural).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    println!("{name}: {:?}", printed(found.matrix()));
    for theta in points {
        let point = M::Parameters::from_slice(theta).unwrap();
        let eta = model.natural::<f64>(point.borrow());
        let pulled_back = closed_form(&natural, eta.borrow()).unwrap().unwrap();
        let matrix = found.evaluate(eta.as_ref());
        for (i, row) in matrix.iter().enumerate() {
            for (j, &found) in row.iter().enumerate() {
                let entry = |i: usize, j: usize| pulled_back.matrix()[(i, j)];
                let unit = (entry(i, i) * entry(j, j)).sqrt();
                close(found, entry(i, j), unit, &format!("{name} at η = {:?}: entry ({i}, {j})", eta.as_ref()));
            }
        }
    }
}

#[test]
fn natural_coordinates() {
    carry_to_natural("normal", &Normal, &[&[0.3, 1.2], &[-2.0, 0.4]]);
    carry_to_natural("gamma", &Gamma, &[&[2.5, 0.7], &[0.6, 3.0]]);
    carry_to_natural("beta", &Beta, &[&[2.5, 0.7]]);
    carry_to_natural("inverse Gaussian", &InverseGaussian, &[&[1.2, 0.7], &[0.5, 4.0]]);
    carry_to_natural("Nakagami", &Nakagami, &[&[1.2, 0.7]]);
    carry_to_natural("Bernoulli", &Bernoulli, &[&[0.3], &[0.9]]);
    carry_to_natural("geometric", &Geometric, &[&[0.3]]);
    carry_to_natural("Poisson", &Poisson, &[&[0.3], &[7.0]]);
    carry_to_natural("categorical", &Categorical::<2>, &[&[0.3, 0.5]]);
    carry_to_natural("bivariate normal", &BivariateNormal, &[&[0.3, -1.0, 1.2, 0.7, 0.4]]);
}

/// ∂I/∂θ by dual numbers over the formula that was found, against differences of it.
fn differentiate<M: SampleSpace>(name: &str, model: M) {
    let solved = Solved::new(model).unwrap();
    let matrix = solved.closed_form().matrix().clone();
    for theta in points(&matrix) {
        for k in 0..theta.len() {
            let at = |shift: f64| {
                let moved: Vec<f64> =
                    theta.iter().enumerate().map(|(i, &t)| if i == k { t + shift } else { t }).collect();
                let point = M::Parameters::from_slice(&moved).unwrap();
                let information = solved.information::<f64>(point.borrow());
                (0..theta.len() * theta.len())
                    .map(|p| M::Parameters::entry(&information, p / theta.len(), p % theta.len()))
                    .collect::<Vec<f64>>()
            };
            let h = 2e-5 * theta[k].abs().max(0.1);
            let [a, b, c, d] = [2.0 * h, h, -h, -2.0 * h].map(at);
            let dual: Vec<Dual64> = theta.iter().enumerate().map(|(i, &t)| Dual64::new(t, f64::from(i == k))).collect();
            let point = M::Parameters::from_slice(&dual).unwrap();
            let slopes = solved.information::<Dual64>(point.borrow());
            for p in 0..a.len() {
                let got = M::Parameters::entry(&slopes, p / theta.len(), p % theta.len()).eps;
                let want = (8.0 * (b[p] - c[p]) - (a[p] - d[p])) / (12.0 * h);
                let scale = want.abs().max(a[p].abs() / theta[k].abs().max(0.1));
                assert!((got - want).abs() <= 1e-8 * scale.max(1e-300), "{name} at {theta:?}: {got} for {want}");
            }
        }
    }
}

#[test]
fn closed_forms_that_were_found_are_differentiated() {
    differentiate("normal", Normal);
    differentiate("gamma", Gamma);
    differentiate("beta", Beta);
    differentiate("Weibull", Weibull);
    differentiate("von Mises", VonMises);
    differentiate("zero-inflated Poisson", ZeroInflatedPoisson);
    differentiate("Dirichlet", Dirichlet::<3>);
    differentiate("bivariate normal", BivariateNormal);
}

#[test]
fn a_solved_model_is_the_model() {
    let solved = Solved::new(Weibull).unwrap();
    assert_eq!(solved.ln_likelihood(&[1.5, 2.0], &0.7), Weibull.ln_likelihood(&[1.5, 2.0], &0.7));
    assert_eq!(LogLikelihood::parameters(&solved).len(), 2);
    let (by_formula, by_author) = (expected(&solved, &[1.5, 2.0]).unwrap(), expected(&Weibull, &[1.5, 2.0]).unwrap());
    assert_eq!(by_formula.provenance().to_string(), "closed form");
    assert!((by_formula.matrix() - by_author.matrix()).amax() <= 1e-14);
    // Known parameters of a solved model are known in its matrix.
    let known = Known::<_, Dynamic>::new(Solved::new(Gamma).unwrap(), &[("shape", 2.0)]).unwrap();
    assert_eq!(expected(&known, &[4.0]).unwrap().matrix()[(0, 0)], 0.125);
    assert!(matches!(Solved::new(StudentT), Err(Refusal::NotSeparable { .. })));
}
