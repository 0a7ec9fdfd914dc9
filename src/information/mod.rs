//! placeholder
mod moments;
#[cfg(test)]
mod scratch {
    use super::moments::ScoreStatistic;
    use crate::Error;
    use crate::expectation::{Expectation, Integrand, Settings, Statistic, quadrature::integrate};
    use crate::model::*;
    use crate::scalar::Scalar;
    struct One<'m, M: LogLikelihood>(ScoreStatistic<'m, M>, usize);
    impl<M: LogLikelihood<Observation = f64>> Integrand for One<'_, M> {
        fn dimension(&self) -> usize {
            self.0.dimension()
        }
        fn evaluate(&mut self, x: &[f64], v: &mut [f64]) -> f64 {
            self.1 += 1;
            self.0.evaluate(&x[0], v)
        }
        fn scales(&self, m: &mut [f64]) {
            self.0.scales(m)
        }
        fn ln_density(&mut self, x: &[f64]) -> f64 {
            self.1 += 1;
            self.0.ln_density(&x[0])
        }
    }
    struct Cauchy;
    impl LogLikelihood for Cauchy {
        type Parameters = Fixed<2>;
        type Observation = f64;
        fn ln_likelihood<D: Scalar>(&self, &[m, s]: &[D; 2], &x: &D) -> D {
            let z = (x - m) / s;
            -(z * z).ln_1p() - s.ln() - std::f64::consts::PI.ln()
        }
    }
    struct Laplace;
    impl LogLikelihood for Laplace {
        type Parameters = Fixed<2>;
        type Observation = f64;
        fn ln_likelihood<D: Scalar>(&self, &[m, s]: &[D; 2], &x: &D) -> D {
            -((x - m) / s).abs() - (s * 2.0).ln()
        }
    }
    struct Weibull;
    impl LogLikelihood for Weibull {
        type Parameters = Fixed<2>;
        type Observation = f64;
        fn ln_likelihood<D: Scalar>(&self, &[k, s]: &[D; 2], &x: &D) -> D {
            let l = (x / s).ln();
            (k / s).ln() + (k - 1.0) * l - (l * k).exp()
        }
    }
    struct Mix;
    impl LogLikelihood for Mix {
        type Parameters = Fixed<5>;
        type Observation = f64;
        fn ln_likelihood<D: Scalar>(&self, &[w, a, b, s, t]: &[D; 5], &x: &D) -> D {
            let f = |w: D, m: D, s: D| {
                let z = (x - m) / s;
                w * (-z * z * 0.5).exp() / s
            };
            (f(w, a, s) + f(-w + 1.0, b, t)).ln() - 0.5 * std::f64::consts::TAU.ln()
        }
    }
    fn show<M: LogLikelihood<Observation = f64>>(name: &str, m: &M, theta: &Theta<M, f64>, a: f64, b: f64) {
        let mut one = One(ScoreStatistic::new(m, theta).unwrap(), 0);
        let start = std::time::Instant::now();
        let e: Result<Expectation, Error> = integrate(&mut one, a, b, &Settings::default());
        let t = start.elapsed();
        match e {
            Ok(e) => {
                println!(
                    "{name} {:?} {} {:?} {}us mass {:?}",
                    theta.as_ref(),
                    one.1,
                    e.provenance,
                    t.as_micros(),
                    e.mass.unwrap()
                );
                for v in &e.values {
                    print!(" {:e}±{:.1e}", v.value, v.error);
                }
                println!();
            }
            Err(e) => println!("{name} {:?} ERR {e}  {}", theta.as_ref(), one.1),
        }
    }
    #[test]
    fn scratch() {
        use crate::distributions::Normal;
        let inf = f64::INFINITY;
        show("normal", &Normal, &[0.0, 1.0], -inf, inf);
        show("normal", &Normal, &[0.0, 1.0], -inf, inf);
        show("normal", &Normal, &[1e6, 1e-3], -inf, inf);
        show("normal", &Normal, &[1048576., 4096.], -inf, inf);
        show("normal", &Normal, &[2.5, 1e6], -inf, inf);
        show("cauchy", &Cauchy, &[0.0, 1.0], -inf, inf);
        show("cauchy", &Cauchy, &[-2.25, 0.015625], -inf, inf);
        show("cauchy", &Cauchy, &[1e6, 1e-3], -inf, inf);
        show("laplace", &Laplace, &[-1.5, 0.03125], -inf, inf);
        show("laplace", &Laplace, &[1000., 4096.], -inf, inf);
        show("weibull", &Weibull, &[1., 1.], 0.0, inf);
        show("weibull", &Weibull, &[0.125, 0.5], 0.0, inf);
        show("weibull", &Weibull, &[64., 1024.], 0.0, inf);
        show("mix", &Mix, &[0.3, -1.0, 2.0, 0.8, 1.3], -inf, inf);
        show("mix far", &Mix, &[0.3, -1000.0, 2.0, 0.001, 1.3], -inf, inf);
    }

    struct Mvn2;
    impl LogLikelihood for Mvn2 {
        type Parameters = Fixed<5>;
        type Observation = [f64; 2];
        fn ln_likelihood<D: Scalar>(&self, &[a, b, s, t, r]: &[D; 5], &[x, y]: &[D; 2]) -> D {
            let (u, v) = ((x - a) / s, (y - b) / t);
            let q = -r * r + 1.0;
            -(u * u - r * u * v * 2.0 + v * v) / q * 0.5 - s.ln() - t.ln() - q.ln() * 0.5 - std::f64::consts::TAU.ln()
        }
    }
    struct Nd<'m, M: LogLikelihood, const K: usize>(ScoreStatistic<'m, M>, usize);
    impl<const K: usize, M: LogLikelihood<Observation = [f64; K]>> Integrand for Nd<'_, M, K> {
        fn dimension(&self) -> usize {
            self.0.dimension()
        }
        fn evaluate(&mut self, x: &[f64], v: &mut [f64]) -> f64 {
            self.1 += 1;
            self.0.evaluate(x.try_into().unwrap(), v)
        }
        fn ln_density(&mut self, x: &[f64]) -> f64 {
            self.1 += 1;
            self.0.ln_density(x.try_into().unwrap())
        }
        fn scales(&self, m: &mut [f64]) {
            self.0.scales(m)
        }
    }
    #[test]
    fn scratch2() {
        for theta in [
            [0., 0., 1., 1., 0.],
            [1., -2., 2., 0.5, -0.625],
            [0., 0., 1., 1024., 0.9990234375],
            [1e3, -2e-3, 1e-3, 1e-4, 0.5],
        ] {
            let mut one = Nd::<_, 2>(ScoreStatistic::new(&Mvn2, &theta).unwrap(), 0);
            let start = std::time::Instant::now();
            match crate::expectation::cubature::integrate(
                &mut one,
                &[Support::real(), Support::real()],
                &Settings::default(),
            ) {
                Ok(e) => {
                    println!(
                        "mvn2 {theta:?} {} {:?} {}us mass {:?}",
                        one.1,
                        e.provenance,
                        start.elapsed().as_micros(),
                        e.mass
                    );
                    let q = 1.0 - theta[4] * theta[4];
                    println!(
                        "{:?} expect {} ; {:?} expect {}",
                        e.values[5],
                        1.0 / (theta[2] * theta[2] * q),
                        e.values[19],
                        (1.0 + theta[4] * theta[4]) / q / q
                    );
                }
                Err(e) => println!("mvn2 {theta:?} {} {e}", one.1),
            }
        }
    }
}
