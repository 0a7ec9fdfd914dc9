//! Families with some parameters known and the others in other coordinates: what is found holds where it was not verified.

use fisher_information::distributions::{
    Beta, Cauchy, Gamma, InverseGaussian, LogNormal, Logarithmic, NegativeBinomial, Normal, StudentT, VonMises,
    Weibull, ZeroInflatedPoisson,
};
use fisher_information::expectation::{Method, Settings};
use fisher_information::information::moments;
use fisher_information::model::{Domain, Dynamic, Elementwise, Known, Link, Reparametrised, SampleSpace};
use fisher_information::symbolic::expected_information;

fn links(domain: Domain) -> &'static [Link] {
    match (domain.lower, domain.upper) {
        (0.0, f64::INFINITY) => &[Link::Log, Link::SquareRoot, Link::Identity],
        (0.0, 1.0) => &[Link::Logit, Link::SquareRoot, Link::Identity],
        _ => &[Link::Identity],
    }
}

/// Every choice of parameters that are known, with a link for each of the others; how many forms were looked for and found.
fn anywhere<M: SampleSpace + Clone + Send>(name: &str, model: &M, theta: &[f64]) -> [usize; 2] {
    let parameters = model.parameters();
    let mut count = [0, 0];
    for choice in 0..(1 << theta.len()) - 1 {
        let (known, left): (Vec<usize>, Vec<usize>) = (0..theta.len()).partition(|i| choice >> i & 1 == 1);
        let values: Vec<(&str, f64)> = known.iter().map(|&i| (parameters[i].name.as_ref(), theta[i])).collect();
        let link = |&i: &usize| {
            let choices = links(parameters[i].domain);
            choices[(choice + i) % choices.len()]
        };
        let links: Vec<Link> = left.iter().map(link).collect();
        let phi: Vec<f64> = left.iter().zip(&links).map(|(&i, link)| link.apply(theta[i])).collect();
        let at = format!("{name} with {values:?}, {links:?}, at {phi:?}");
        let known = Known::<M, Dynamic>::new(model.clone(), &values).unwrap();
        let model = Reparametrised::new(known, Elementwise(links));
        count[0] += 1;
        let Ok(found) = expected_information(&model) else { continue };
        count[1] += 1;
        let reference = moments(&model, &phi, Method::Automatic, &Settings::default()).unwrap().information().unwrap();
        for (i, row) in found.evaluate(&phi).iter().enumerate() {
            for (j, got) in row.iter().enumerate() {
                let (want, error) = (reference.matrix()[(i, j)], reference.error()[(i, j)]);
                let unit = (reference.matrix()[(i, i)] * reference.matrix()[(j, j)]).sqrt();
                let difference = (got - want).abs();
                assert!(difference <= 1e-9 * unit + error, "{at}: entry ({i}, {j}) is {got} for {want} ± {error:.1e}");
            }
        }
    }
    count
}

#[test]
fn families_in_any_coordinates_with_anything_known() {
    let counts = [
        anywhere("normal", &Normal, &[0.7, 2.5]),
        anywhere("lognormal", &LogNormal, &[0.7, 0.4]),
        anywhere("gamma", &Gamma, &[3.5, 0.3]),
        anywhere("Weibull", &Weibull, &[1.7, 4.0]),
        anywhere("beta", &Beta, &[1.6, 3.7]),
        anywhere("Cauchy", &Cauchy, &[-1.0, 0.4]),
        anywhere("inverse Gaussian", &InverseGaussian, &[0.4, 5.0]),
        anywhere("Student's t", &StudentT, &[0.3, 1.5, 4.5]),
        anywhere("von Mises", &VonMises, &[0.4, 3.3]),
        anywhere("negative binomial", &NegativeBinomial, &[3.5, 0.3]),
        anywhere("zero-inflated Poisson", &ZeroInflatedPoisson, &[0.2, 3.5]),
        anywhere("logarithmic", &Logarithmic, &[0.8]),
    ];
    // A group is looked for in the coordinates of the model only, and Student's t needs known degrees of freedom as well, the
    // negative binomial a known size.
    let expected = [[3, 3], [3, 3], [3, 3], [3, 1], [3, 3], [3, 1], [3, 3], [7, 2], [3, 3], [3, 1], [3, 3], [1, 1]];
    assert_eq!(counts, expected);
}
