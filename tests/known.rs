//! Models of which some parameters are known.

use fisher_information::Error;
use fisher_information::any;
use fisher_information::derivatives::derivatives;
use fisher_information::distributions::*;
use fisher_information::prelude::*;
use num_dual::Dual64;

/// A model behind slices.
fn any(model: &impl any::AnyModel) -> &dyn any::AnyModel {
    model
}

fn assert_close(found: f64, want: f64, what: &str) {
    assert!((found - want).abs() <= 1e-12 * want.abs(), "{what}: {found:e} instead of {want:e}");
}

#[test]
fn what_cannot_be_known_is_told() {
    let refusal = |known: &[(&str, f64)]| Known::<_, Dynamic>::new(StudentT, known).unwrap_err();
    let names = ["location", "scale", "degrees of freedom"].map(String::from).to_vec();
    assert_eq!(refusal(&[("mean", 0.0)]), Error::UnknownParameter { name: "mean".into(), known: names });
    assert_eq!(refusal(&[("scale", 1.0), ("scale", 1.0)]), Error::RepeatedName { name: "scale".into() });
    for value in [0.0, -1.0, f64::INFINITY, f64::NAN] {
        let refused = refusal(&[("location", 2.0), ("scale", value)]);
        assert!(matches!(refused, Error::ParameterOutsideDomain { ref name, .. } if name == "scale"), "{refused}");
    }
    let all = [("location", 0.0), ("scale", 1.0), ("degrees of freedom", 3.0)];
    assert_eq!(refusal(&all), Error::ParameterCount { expected: 1, found: 0 });
    let none = Known::<_, Fixed<0>>::new(StudentT, &all).unwrap_err();
    assert_eq!(none, Error::ParameterCount { expected: 1, found: 0 });
    let wrong = Known::<_, Fixed<1>>::new(StudentT, &all[..1]).unwrap_err();
    assert_eq!(wrong, Error::ParameterCount { expected: 1, found: 2 });
    // Two parameters of the model have the name.
    let twice = Known::<_, Dynamic>::new(LocationScale::new(Cauchy), &[("scale", 1.0)]).unwrap_err();
    assert_eq!(twice, Error::RepeatedName { name: "scale".into() });
}

#[test]
fn the_others_keep_their_names_and_their_order() {
    let model = Known::<_, Fixed<4>>::new(BivariateNormal, &[("deviation 1", 2.0)]).unwrap();
    let mut want = BivariateNormal.parameters();
    want.remove(2);
    assert_eq!(model.parameters(), want);
    // Nothing need be known, and what is known may be given in any order.
    let whole = Known::<_, Fixed<2>>::new(Gamma, &[]).unwrap();
    assert_eq!(whole.ln_likelihood(&[2.5, 0.5], &3.0), Gamma.ln_likelihood(&[2.5, 0.5], &3.0));
    let means =
        Known::<_, Fixed<2>>::new(BivariateNormal, &[("correlation", 0.5), ("deviation 2", 3.0), ("deviation 1", 2.0)])
            .unwrap();
    let x = [0.5, -1.0];
    assert_eq!(means.ln_likelihood(&[1.0, 4.0], &x), BivariateNormal.ln_likelihood(&[1.0, 4.0, 2.0, 3.0, 0.5], &x));
}

/// Score, Hessian and Fisher matrix of `known` are those of `model` at these places.
fn check_submatrix(
    known: &impl any::AnyModel,
    psi: &[f64],
    model: &impl any::AnyModel,
    theta: &[f64],
    left: &[usize],
    x: &[f64],
) {
    let (known, model) = (any(known), any(model));
    let (part, whole) = (known.derivatives(psi, x).unwrap(), model.derivatives(theta, x).unwrap());
    let (part_matrix, whole_matrix) = (known.expected(psi).unwrap(), model.expected(theta).unwrap());
    assert_eq!(known.closed_form(psi).unwrap().is_some(), model.closed_form(theta).unwrap().is_some());
    for (a, &i) in left.iter().enumerate() {
        assert_eq!(part.score[a], whole.score[i]);
        for (b, &j) in left.iter().enumerate() {
            assert_eq!(part.hessian[(a, b)], whole.hessian[(i, j)]);
            let (found, want) = (part_matrix.matrix()[(a, b)], whole_matrix.matrix()[(i, j)]);
            let error = part_matrix.error()[(a, b)] + whole_matrix.error()[(i, j)];
            assert!((found - want).abs() <= error, "({a}, {b}): {found:e} instead of {want:e}");
        }
    }
}

#[test]
fn the_information_is_a_submatrix() {
    let model = Known::<_, Fixed<2>>::new(StudentT, &[("degrees of freedom", 4.5)]).unwrap();
    check_submatrix(&model, &[0.5, 1.5], &StudentT, &[0.5, 1.5, 4.5], &[0, 1], &[2.0]);
    let model = Known::<_, Dynamic>::new(NormalVector::new(2), &[("covariance 2 1", 0.5), ("mean 1", 1.0)]).unwrap();
    let theta = [1.0, -1.0, 2.0, 0.5, 1.0];
    check_submatrix(&model, &[-1.0, 2.0, 1.0], &NormalVector::new(2), &theta, &[1, 2, 4], &[0.5, 0.25]);
    // By quadrature, over a sum and over a product of supports.
    check_submatrix(
        &Known::<_, Fixed<1>>::new(Rice, &[("scale", 1.0)]).unwrap(),
        &[2.0],
        &Rice,
        &[2.0, 1.0],
        &[0],
        &[1.5],
    );
    let skellam = Known::<_, Dynamic>::new(Skellam, &[("first mean", 2.0)]).unwrap();
    check_submatrix(&skellam, &[3.0], &Skellam, &[2.0, 3.0], &[1], &[-1.0]);
    let two = || Mixture::new(vec![Normal, Normal]).unwrap();
    let even = Known::<_, Dynamic>::new(two(), &[("weight 1", 0.5)]).unwrap();
    check_submatrix(&even, &[0.0, 1.0, 3.0, 2.0], &two(), &[0.5, 0.0, 1.0, 3.0, 2.0], &[1, 2, 3, 4], &[1.0]);
}

#[test]
fn knowing_a_parameter_helps_with_those_it_is_correlated_with() {
    let bound =
        |information: Information<Expected>, name: &str| information.inverse().unwrap().get(name, name).unwrap();
    // 1 − ρ² with ρ² = (1 − γ)²/(π²/6 + (1 − γ)²) in I(k, λ)
    let rest = 1.0 - 0.577_215_664_901_532_9;
    let fraction = 1.0 - rest * rest / (std::f64::consts::PI.powi(2) / 6.0 + rest * rest);
    let weibull = Known::<_, Fixed<1>>::new(Weibull, &[("shape", 1.5)]).unwrap();
    let (one, both) = (expected(&weibull, &[2.0]).unwrap(), expected(&Weibull, &[1.5, 2.0]).unwrap());
    assert_close(bound(one, "scale").value / bound(both, "scale").value, fraction, "Weibull");
    // The mean and the deviation of a normal are orthogonal.
    let normal = Known::<_, Fixed<1>>::new(Normal, &[("deviation", 3.0)]).unwrap();
    assert_close(bound(expected(&normal, &[1.0]).unwrap(), "mean").value, 9.0, "normal");
    assert_close(bound(expected(&Normal, &[1.0, 3.0]).unwrap(), "mean").value, 9.0, "normal");
}

#[test]
fn everything_that_the_model_can_do_is_passed_on() {
    let known = Known::<_, Fixed<1>>::new(Gamma, &[("shape", 2.5)]).unwrap();
    let (psi, theta, other) = ([0.5], [2.5, 0.5], [2.5, 0.75]);
    let stream = || <fisher_information::model::Stream as rand::SeedableRng>::seed_from_u64(1);
    assert_eq!(any(&known).sample(&psi, &mut stream()), any(&Gamma).sample(&theta, &mut stream()));
    assert_eq!(known.sample(&psi, &mut stream()), Gamma.sample(&theta, &mut stream()));
    assert_eq!(any(&known).quantile(&psi, &[0.25]), any(&Gamma).quantile(&theta, &[0.25]));
    assert_eq!(any(&known).tails(&psi, &[3.0]), any(&Gamma).tails(&theta, &[3.0]));
    assert_eq!(any(&known).formulas(&psi, &[0.75]), any(&Gamma).formulas(&theta, &other));
    assert_eq!(known.ln_probability(&psi, &1.0, &2.0), Gamma.ln_probability(&theta, &1.0, &2.0));
    assert_eq!(known.entropy(&psi), Gamma.entropy(&theta));
    assert_eq!(known.divergence(&psi, &[0.75]), Gamma.divergence(&theta, &other));
    assert_eq!(known.quantile(&psi, &[0.25]), Gamma.quantile(&theta, &[0.25]));
    let truncated = Truncated::new(known, 1.0, 4.0).unwrap();
    assert_eq!(
        truncated.ln_likelihood(&psi, &2.0),
        Truncated::new(Gamma, 1.0, 4.0).unwrap().ln_likelihood(&theta, &2.0)
    );
    // dI/dλ of k²/λ²
    let weibull = Known::<_, Fixed<1>>::new(Weibull, &[("shape", 1.5)]).unwrap();
    let slope = weibull.information(&[Dual64::from(2.0).derivative()])[0][0].eps;
    assert_close(slope, -2.0 * 2.25 / 8.0, "dI/dλ");
}

/// A binomial row of trials and successes.
struct Successes;

impl LogLikelihood for Successes {
    type Parameters = Fixed<2>;
    type Observation = [f64; 2];

    fn ln_likelihood<D: Scalar>(&self, &[intercept, slope]: &[D; 2], &[trials, successes]: &[D; 2]) -> D {
        let logit = intercept + slope;
        (trials + 1.0).ln_gamma() - (successes + 1.0).ln_gamma() - (trials - successes + 1.0).ln_gamma()
            + logit.ln_logistic() * successes
            + (-logit).ln_logistic() * (trials - successes)
    }
}

impl SampleSpace for Successes {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::response(1, Support::counts())
    }

    fn support_given(&self, _: &[f64; 2], &[trials, _]: &[f64; 2]) -> Support {
        Support::response(1, Support::integers(0, trials as i64))
    }
}

#[test]
fn support_and_conditions_are_those_of_the_model() {
    let bounded = Known::<_, Fixed<1>>::new(GeneralizedPareto, &[("shape", -0.5)]).unwrap();
    assert_eq!(bounded.support(&[3.0]), Support::interval(0.0, 6.0));
    // A model without names; its second parameter is called θ2.
    let rows = Known::<_, Fixed<1>>::new(Successes, &[("θ2", 0.5)]).unwrap();
    assert_eq!(rows.support_given(&[0.0], &[7.0, 0.0]), Support::response(1, Support::integers(0, 7)));
    assert_eq!(derivatives(&rows, &[0.25], &[7.0, 2.0]).unwrap().score.len(), 1);

    let likely = Known::<_, Fixed<1>>::new(Categorical::<2>, &[("probability 1", 0.75)]).unwrap();
    assert!(expected(&likely, &[0.125]).is_ok());
    assert!(matches!(expected(&likely, &[0.25]), Err(Error::ParametersOutsideDomain { .. })));
    let vector = Known::<_, Dynamic>::new(NormalVector::new(1), &[("variance 1", 2.0)]).unwrap();
    assert_eq!(expected(&vector, &[]).unwrap_err(), Error::ParameterCount { expected: 1, found: 0 });
    assert_eq!(expected(&vector, &[0.0, 1.0]).unwrap_err(), Error::ParameterCount { expected: 1, found: 2 });
    assert!(vector.ln_likelihood(&[], &[1.0]).is_nan());
}
