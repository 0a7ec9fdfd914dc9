//! Wald, score and likelihood-ratio tests, Hausman's test and information criteria: closed forms, R, identities, refusals.

use super::challenger::{FLIGHTS, Logistic, assert_near};
use fisher_information::Error;
use fisher_information::distributions::{
    Bernoulli, Exponential, Gamma, NegativeBinomial, Normal, NormalVariance, Poisson, Weibull,
};
use fisher_information::expectation::Provenance;
use fisher_information::inference::{
    Comparison, Linear, MaximumLikelihood, NormalPrior, NullLaw, Restriction, TestKind, hausman, likelihood_ratio,
    maximum_likelihood, wald,
};
use fisher_information::information::Covariance;
use fisher_information::prelude::*;
use nalgebra::{DMatrix, dmatrix};

const TIMES: [f64; 8] = [1.1, 0.6, 2.3, 1.9, 0.8, 1.4, 3.0, 1.2];

fn covariance(names: [&str; 2], matrix: DMatrix<f64>) -> Covariance {
    Covariance::new(names, matrix, DMatrix::zeros(2, 2), Provenance::ClosedForm).unwrap()
}

#[test]
fn three_tests_of_no_slope_are_those_of_r() {
    // R 4.2.2: anova(update(fit, . ~ 1), fit, test = "Rao"), logLik, AIC, BIC of glm(any ~ temperature, binomial)
    let fit = maximum_likelihood(&Logistic, &FLIGHTS).unwrap();
    let restricted = fit.restricted(&[("slope", 0.0)]).unwrap();
    let wald = fit.wald(&Linear::values(&[("slope", 0.0)]), &fit.covariance().unwrap()).unwrap();
    let score = restricted.score_test(&restricted.expected().unwrap()).unwrap();
    let ratio = restricted.likelihood_ratio().unwrap();
    assert_near(wald.statistic.value, 4.600842888186379, 1e-9, "Wald");
    assert_near(score.statistic.value, 7.231211734696638, 1e-11, "score");
    assert_near(ratio.statistic.value, 7.951960046426677, 1e-11, "likelihood ratio");
    assert_near(wald.p_value(), 0.031956241249327305, 1e-8, "p of Wald");
    assert_near(score.p_value(), 0.0071646831917361415, 1e-10, "p of score");
    assert_near(ratio.p_value(), 0.00480353251014031, 1e-10, "p of likelihood ratio");
    // The link is canonical: observed and expected information are the same.
    let observed = restricted.score_test(&restricted.observed().unwrap()).unwrap();
    assert_near(observed.statistic.value, score.statistic.value, 1e-12, "score with the observed information");
    assert_eq!(ratio.to_string(), "likelihood-ratio test of slope = 0: 7.952 against χ²(1), p = 0.0048");

    let criteria = fit.criteria().unwrap();
    assert_near(criteria.log_likelihood, -10.157596343933411, 1e-12, "log-likelihood");
    assert_near(criteria.aic(), 24.315192687866823, 1e-12, "AIC");
    assert_near(criteria.bic(), 26.586181119725122, 1e-12, "BIC");
    assert_near(criteria.aicc().unwrap(), 24.315192687866823 + 12.0 / 20.0, 1e-12, "AICc");
}

#[test]
fn tests_of_an_exponential_rate_by_hand() {
    // r = λ₀ x̄: LR = 2n(r − 1 − ln r), score test n(1 − r)² with the expected, observed or (at r) empirical information
    let data = [0.5, 0.25, 2.0, 1.0, 0.25];
    let (n, rate) = (5.0, 2.0);
    let r = rate * 0.8;
    let fit = maximum_likelihood(&Exponential, &data).unwrap();
    let restricted = fit.restricted(&[("rate", rate)]).unwrap();
    assert_near(restricted.likelihood_ratio().unwrap().statistic.value, 2.0 * n * (r - 1.0 - f64::ln(r)), 1e-11, "LR");
    let with_expected = restricted.score_test(&restricted.expected().unwrap()).unwrap().statistic;
    assert_near(with_expected.value, n * (1.0 - r).powi(2), 1e-12, "score");
    let with_observed = restricted.score_test(&restricted.observed().unwrap()).unwrap().statistic;
    assert_near(with_observed.value, n * (1.0 - r).powi(2), 1e-12, "score, observed");
    let squares: f64 = data.iter().map(|x| (0.5 - x).powi(2)).sum();
    let with_empirical = restricted.score_test(&restricted.empirical().unwrap()).unwrap().statistic;
    assert_near(with_empirical.value, (n / rate - 4.0).powi(2) / squares, 1e-12, "score, empirical");
    // Wald at λ̂ = n/Σx with variance λ̂²/n
    let at = fit.wald(&Linear::values(&[("rate", rate)]), &fit.covariance().unwrap()).unwrap();
    assert_near(at.statistic.value, n * (1.0 - r).powi(2), 1e-9, "Wald");
}

#[test]
fn tests_of_a_binomial_probability_by_hand() {
    // 7 of 10
    let data = [1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0];
    let fit = maximum_likelihood(&Bernoulli, &data).unwrap();
    let restricted = fit.restricted(&[("probability", 0.5)]).unwrap();
    let ratio = 2.0 * (7.0 * f64::ln(0.7 / 0.5) + 3.0 * f64::ln(0.3 / 0.5));
    assert_near(restricted.likelihood_ratio().unwrap().statistic.value, ratio, 1e-10, "LR");
    let score = restricted.score_test(&restricted.expected().unwrap()).unwrap();
    assert_near(score.statistic.value, 0.04 / 0.025, 1e-12, "score");
    let wald = fit.wald(&Linear::values(&[("probability", 0.5)]), &fit.covariance().unwrap()).unwrap();
    assert_near(wald.statistic.value, 0.04 / 0.021, 1e-8, "Wald");
}

/// Two normal means with unit variances: a log-likelihood that is quadratic in the parameters.
struct TwoMeans;

impl LogLikelihood for TwoMeans {
    type Parameters = Fixed<2>;
    type Observation = [f64; 2];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], &[x, y]: &[D; 2]) -> D {
        let (u, v) = (x - a, y - a - b);
        -(u * u + v * v) * 0.5
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("a"), Parameter::real("b")]
    }
}

#[test]
fn in_a_quadratic_model_the_three_tests_are_one() {
    let data = [[1.0, 2.5], [0.3, 1.7], [2.2, 1.1], [-0.4, 0.9]];
    let fit = maximum_likelihood(&TwoMeans, &data).unwrap();
    let restricted = fit.restricted(&[("b", 0.25)]).unwrap();
    let ratio = restricted.likelihood_ratio().unwrap().statistic.value;
    let score = restricted.score_test(&restricted.observed().unwrap()).unwrap().statistic.value;
    let wald = fit.wald(&Linear::values(&[("b", 0.25)]), &fit.covariance().unwrap()).unwrap().statistic.value;
    assert_near(score, ratio, 1e-11, "score");
    assert_near(wald, ratio, 1e-11, "Wald");
}

/// ln λ = 0
struct LogRate;

impl Restriction<Fixed<1>> for LogRate {
    fn names(&self) -> Vec<String> {
        vec!["ln rate = ln 2".into()]
    }

    fn values<D: Scalar>(&self, &[rate]: &[D; 1]) -> Vec<D> {
        vec![rate.ln() - 2.0_f64.ln()]
    }
}

#[test]
fn likelihood_ratio_and_score_do_not_depend_on_the_coordinates_but_wald_does() {
    let data = [0.5, 0.25, 2.0, 1.0, 0.25];
    let fit = maximum_likelihood(&Exponential, &data).unwrap();
    let model = Reparametrised::new(Exponential, Elementwise(vec![Link::Log]));
    let in_logs = maximum_likelihood(&model, &data).unwrap();
    let (plain, logs) =
        (fit.restricted(&[("rate", 2.0)]).unwrap(), in_logs.restricted(&[("ln rate", 2.0_f64.ln())]).unwrap());
    let ratios =
        [&plain.likelihood_ratio().unwrap(), &logs.likelihood_ratio().unwrap()].map(|test| test.statistic.value);
    assert_near(ratios[1], ratios[0], 1e-11, "likelihood ratio");
    let scores =
        [plain.score_test(&plain.expected().unwrap()).unwrap(), logs.score_test(&logs.expected().unwrap()).unwrap()];
    assert_near(scores[1].statistic.value, scores[0].statistic.value, 1e-11, "score");
    // With the observed information the score test depends on the coordinates too.
    let observed = logs.score_test(&logs.observed().unwrap()).unwrap().statistic.value;
    assert_near(observed, 1.8 / 1.6, 1e-11, "score, observed in logs"); // n(1 − r)²/r

    let one = fit.wald(&Linear::values(&[("rate", 2.0)]), &fit.covariance().unwrap()).unwrap().statistic.value;
    let hypothesis = Linear::values(&[("ln rate", 2.0_f64.ln())]);
    let other = in_logs.wald(&hypothesis, &in_logs.covariance().unwrap()).unwrap().statistic.value;
    assert_near(one, 5.0 * 0.36, 1e-9, "Wald in λ");
    assert_near(other, 5.0 * f64::ln(1.6).powi(2), 1e-9, "Wald in ln λ");
    let nonlinear = fit.wald_nonlinear(&LogRate, &fit.covariance().unwrap()).unwrap();
    assert_near(nonlinear.statistic.value, other, 1e-9, "Wald of ln λ in λ");
    assert_eq!(nonlinear.hypotheses, ["ln rate = ln 2"]);
}

#[test]
fn linear_hypotheses_need_not_be_about_single_parameters() {
    let of = covariance(["a", "b"], dmatrix![4.0, 1.0; 1.0, 2.0]);
    let both = Linear::values(&[("a", 1.0), ("b", -1.0)]);
    // (4, 2) (4 1; 1 2)⁻¹ (4, 2)ᵀ = (2·16 − 2·8 + 4·4)/7
    let test = wald(&[5.0, 1.0], &of, &both).unwrap();
    assert_near(test.statistic.value, 32.0 / 7.0, 1e-13, "both");
    assert_eq!(test.degrees_of_freedom(), 2);
    // any basis of the same hypotheses gives the same
    let basis = Linear::new(&[("a", 1.0), ("b", 1.0)], 0.0).and(&[("a", 2.0), ("b", -1.0)], 3.0);
    assert_near(wald(&[5.0, 1.0], &of, &basis).unwrap().statistic.value, 32.0 / 7.0, 1e-13, "another basis");
    assert_eq!(basis.names(), ["a + b = 0", "2 a − b = 3"]);
}

#[test]
fn what_cannot_be_tested_is_refused() {
    let of = covariance(["a", "b"], dmatrix![4.0, 1.0; 1.0, 2.0]);
    let refusal = |hypotheses: Linear| wald(&[5.0, 1.0], &of, &hypotheses).unwrap_err();
    let twice = Linear::new(&[("a", 1.0)], 0.0).and(&[("b", 1.0)], 0.0).and(&[("a", 1.0), ("b", 1.0)], 0.0);
    assert!(matches!(refusal(twice), Error::RedundantHypotheses { rank: 2, hypotheses: 3, .. }));
    assert!(matches!(refusal(Linear::new(&[], 1.0)), Error::RedundantHypotheses { rank: 0, hypotheses: 1, .. }));
    assert_eq!(refusal(Linear::default()), Error::ParameterCount { expected: 1, found: 0 });
    assert!(matches!(refusal(Linear::values(&[("c", 0.0)])), Error::UnknownParameter { ref name, .. } if name == "c"));
    let infinite = refusal(Linear::values(&[("a", f64::INFINITY)]));
    assert!(
        matches!(infinite, Error::HypothesisNotFinite { ref hypothesis, .. } if hypothesis == "a = ∞"),
        "{infinite}"
    );
    assert!(matches!(wald(&[1.0], &of, &Linear::values(&[("a", 0.0)])), Err(Error::LengthMismatch { .. })));

    let fit = maximum_likelihood(&Gamma, &TIMES).unwrap();
    let refused = |values: &[(&str, f64)]| fit.restricted(values).err().unwrap();
    assert_eq!(refused(&[]), Error::ParameterCount { expected: 1, found: 0 });
    assert!(matches!(refused(&[("scale", 1.0)]), Error::UnknownParameter { .. }));
    assert_eq!(refused(&[("shape", 1.0), ("shape", 1.0)]), Error::RepeatedName { name: "shape".into() });
    assert!(matches!(refused(&[("shape", -1.0)]), Error::ParameterOutsideDomain { ref name, .. } if name == "shape"));
    assert!(matches!(fit.wald(&Linear::values(&[("a", 0.0)]), &of), Err(Error::NamesDiffer { position: 0, .. })));
    let restricted = fit.restricted(&[("shape", 1.0)]).unwrap();
    let few = maximum_likelihood(&Gamma, &TIMES[..5].to_vec()).unwrap().observed().unwrap();
    assert_eq!(restricted.score_test(&few).unwrap_err(), Error::ObservationsDiffer { expected: 8.0, found: 5.0 });
    let of_weibull = maximum_likelihood(&Weibull, &TIMES).unwrap().observed().unwrap();
    assert!(matches!(restricted.score_test(&of_weibull), Err(Error::NamesDiffer { position: 1, .. })));

    let prior = NormalPrior { moments: vec![(1.0, 1.0)] };
    let mode = MaximumLikelihood::new(&Gamma, &TIMES).prior(&prior).fit().unwrap();
    assert!(matches!(mode.restricted(&[("shape", 1.0)]).err(), Some(Error::Unsupported { .. })));
    assert!(matches!(likelihood_ratio(&mode, &fit), Err(Error::Unsupported { .. })));
    assert!(matches!(mode.criteria(), Err(Error::Unsupported { .. })));
}

#[test]
fn models_that_are_not_nested_are_refused() {
    let exponential = maximum_likelihood(&Exponential, &TIMES).unwrap();
    let weibull = maximum_likelihood(&Weibull, &TIMES).unwrap();
    assert_eq!(likelihood_ratio(&weibull, &exponential).unwrap_err(), Error::NotNested { restricted: 2, full: 1 });
    let fewer = TIMES[..5].to_vec();
    let few = maximum_likelihood(&Weibull, &fewer).unwrap();
    assert_eq!(
        likelihood_ratio(&exponential, &few).unwrap_err(),
        Error::ObservationsDiffer { expected: 8.0, found: 5.0 }
    );
    // An exponential distribution is no normal one, and fits these better.
    let skew = [0.1, 0.2, 0.1, 0.3, 4.0, 0.1, 0.05, 2.0];
    let (better, worse) =
        (maximum_likelihood(&Exponential, &skew).unwrap(), maximum_likelihood(&Normal, &skew).unwrap());
    assert!(
        matches!(likelihood_ratio(&better, &worse), Err(Error::RestrictedIsHigher { restricted, full }) if restricted > full)
    );
}

#[test]
fn a_restriction_of_all_parameters_needs_no_search() {
    let fit = maximum_likelihood(&Gamma, &TIMES).unwrap();
    let restricted = fit.restricted(&[("rate", 2.0), ("shape", 3.0)]).unwrap();
    assert_eq!(restricted.estimates(), [3.0, 2.0]);
    let test = restricted.likelihood_ratio().unwrap();
    assert_eq!((test.degrees_of_freedom(), test.hypotheses), (2, vec!["rate = 2".to_owned(), "shape = 3".to_owned()]));
}

#[test]
fn tails_are_right_far_out() {
    // mpmath 1.3: log(gammainc(k/2, t/2, regularized=True)) at 40 digits
    for (degrees, statistic, want) in [
        (1, 100.0, -52.53813796995252),
        (3, 1400.0, -696.6029640728608),
        (1, 1340.0, -673.8267486805803),
        (50, 1500.0, -645.870494653854),
        (1000, 1e4, -3354.9313341454836),
        (1, 1e6, -500007.1335476316),
    ] {
        assert_near(NullLaw::chi_squared(degrees).ln_tail(statistic), want, 1e-13, "ln of the tail");
    }
    let law = NullLaw::chi_squared(2); // e^(−t/2)
    for statistic in [0.0, 1e-3, 1.0, 30.0, 1e3, 1e5] {
        assert!((law.ln_tail(statistic) + statistic / 2.0).abs() <= 1e-13 * statistic);
    }
    assert_eq!(law.tail(f64::INFINITY), 0.0);
    assert!(law.tail(f64::NAN).is_nan() && law.ln_tail(f64::NAN).is_nan());
    assert_eq!(law.tail(-1.0), 1.0);
}

#[test]
fn on_a_boundary_half_the_law_has_a_degree_less() {
    let law = NullLaw::on_boundary(2);
    let (one, two) = (NullLaw::chi_squared(1), NullLaw::chi_squared(2));
    for statistic in [0.1, 3.0, 40.0] {
        assert_near(law.tail(statistic), 0.5 * one.tail(statistic) + 0.5 * two.tail(statistic), 1e-14, "mixture");
        assert_near(law.ln_tail(statistic), law.tail(statistic).ln(), 1e-13, "its logarithm");
    }
    assert_eq!(law.to_string(), "½ χ²(1) + ½ χ²(2)");
    let counts = [0.0, 3.0, 1.0, 0.0, 7.0, 2.0, 0.0, 1.0, 4.0, 2.0];
    let poisson = maximum_likelihood(&Poisson, &counts).unwrap();
    let test = likelihood_ratio(&poisson, &maximum_likelihood(&NegativeBinomial, &counts).unwrap()).unwrap();
    let halved = test.clone().on_boundary().unwrap();
    assert_near(halved.p_value(), test.p_value() / 2.0, 1e-13, "p");
    let wald = wald(&[1.0, 0.0], &covariance(["a", "b"], dmatrix![1.0, 0.0; 0.0, 1.0]), &Linear::values(&[("a", 0.0)]));
    assert!(matches!(wald.unwrap().on_boundary(), Err(Error::Unsupported { .. })));
}

#[test]
fn hausman_by_hand_and_by_r() {
    // Two of the three parameters of labour_hausman in the reference fits of R: nnet::multinom against glm without one response.
    let names = ["husband_income", "children"];
    let consistent = covariance(
        names,
        dmatrix![0.0008194829414355982, 0.002300197762042212; 0.002300197762042212, 0.13451380329361126],
    );
    let difference = dmatrix![3.010617991472072e-05, 0.0002760275819488; 0.0002760275819488, 0.0033255113546013793];
    let efficient = covariance(names, consistent.matrix() - &difference);
    let estimates = [-0.09963991303319851, -2.574450837253244];
    let others = [estimates[0] + 0.0024092456376584165, estimates[1] + 0.015855792203653518];
    let test = hausman((&estimates, &consistent), (&others, &efficient)).unwrap();
    let d = nalgebra::dvector![-0.0024092456376584165, -0.015855792203653518];
    let want = d.dot(&(difference.try_inverse().unwrap() * &d));
    assert_near(test.statistic.value, want, 1e-8, "Hausman");
    assert_eq!((test.kind, test.degrees_of_freedom()), (TestKind::Hausman, 2));

    // The other way round it is no test.
    let refused = hausman((&others, &efficient), (&estimates, &consistent)).unwrap_err();
    assert!(matches!(refused, Error::NotMoreEfficient { .. }), "{refused}");
}

#[test]
fn hausman_without_a_full_rank() {
    let (large, small) =
        (covariance(["a", "b"], dmatrix![5.0, 1.0; 1.0, 2.0]), covariance(["a", "b"], dmatrix![1.0, 1.0; 1.0, 2.0]));
    let test = hausman((&[7.0, 1.0], &large), (&[3.0, 1.0], &small)).unwrap();
    assert_eq!((test.statistic.value, test.degrees_of_freedom()), (4.0, 1));
    let refused = hausman((&[7.0, 1.5], &large), (&[3.0, 1.0], &small)).unwrap_err();
    assert!(matches!(refused, Error::DifferenceWithoutVariance { ref direction, .. } if direction == "b"), "{refused}");
    let refused = hausman((&[7.0, f64::NAN], &large), (&[3.0, 1.0], &small)).unwrap_err();
    assert!(matches!(refused, Error::FormulaNotFinite { .. }));
}

#[test]
fn the_same_covariances_leave_nothing_to_compare() {
    let of = covariance(["a", "b"], dmatrix![5.0, 1.0; 1.0, 2.0]);
    let test = hausman((&[7.0, 1.0], &of), (&[7.0, 1.0], &of)).unwrap();
    assert_eq!((test.statistic.value, test.degrees_of_freedom(), test.p_value()), (0.0, 0, 1.0));
}

#[test]
fn takeuchi_counts_the_parameters_of_a_true_model() {
    // For the normal tr(A⁻¹B) = 1 + (kurtosis − 1)/2, by hand.
    let data = [0.3, -1.2, 2.5, 0.4, -0.7, 1.9, -0.1];
    let fit = maximum_likelihood(&Normal, &data).unwrap();
    let mean = data.iter().sum::<f64>() / 7.0;
    let moment = |k: i32| data.iter().map(|x| (x - mean).powi(k)).sum::<f64>() / 7.0;
    let kurtosis = moment(4) / moment(2).powi(2);
    assert_near(fit.criteria().unwrap().effective_parameters, 1.0 + (kurtosis - 1.0) / 2.0, 1e-9, "trace");
    let variance = maximum_likelihood(&NormalVariance, &data).unwrap();
    assert_near(variance.criteria().unwrap().tic(), fit.criteria().unwrap().tic(), 1e-9, "TIC in other coordinates");
}

#[test]
fn models_are_compared_by_weights() {
    let exponential = maximum_likelihood(&Exponential, &TIMES).unwrap().criteria().unwrap();
    let gamma = maximum_likelihood(&Gamma, &TIMES).unwrap().criteria().unwrap();
    let comparison = Comparison::of([("exponential", exponential), ("gamma", gamma)]).unwrap();
    let ratio = comparison.rows()[1].weight / comparison.rows()[0].weight;
    assert_near(
        ratio,
        ((gamma.aic() - exponential.aic()) / 2.0).exp().min(((exponential.aic() - gamma.aic()) / 2.0).exp()),
        1e-12,
        "ratio",
    );
    assert_eq!(comparison.rows()[0].name, "gamma");
    assert_eq!(comparison.to_string().lines().count(), 3);
    assert_eq!(Comparison::of::<String>([]).unwrap_err(), Error::NoData);
    let few = maximum_likelihood(&Exponential, &TIMES[..2].to_vec()).unwrap().criteria().unwrap();
    assert_eq!(
        few.aicc().unwrap_err().to_string(),
        "the corrected criterion of Akaike needs more than 2 observations, there are 2"
    );
    assert_eq!(
        Comparison::of([("a", gamma), ("b", few)]).unwrap_err(),
        Error::ObservationsDiffer { expected: 8.0, found: 2.0 }
    );
}
