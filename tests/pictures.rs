//! The pictures of the notes, `docs/pictures/*.svg`: that they are what the code draws.
//!
//! `UPDATE_PICTURES=1 cargo test --features pictures --test pictures` draws them anew. Beside each stands a file that defines the picture as
//! a link target for the pages of the documentation, which have no folder of pictures. The notes include that file, so a new picture begins
//! with an empty one.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use fisher_information::Error;
use fisher_information::distributions::Normal;
use fisher_information::geometry::natural_gradient::{Descent, DescentMetric, Loss, NegativeLogLikelihood, StepLength};
use fisher_information::geometry::picture::{Colour, Plane};
use fisher_information::geometry::{FisherMetric, Geodesic, Manifold};
use std::fmt::Write;
use std::fs;

/// The points of a geodesic between two points of a plane.
fn path(manifold: &dyn Manifold, from: [f64; 2], to: [f64; 2]) -> Vec<[f64; 2]> {
    let geodesic = Geodesic::between(manifold, &from, &to).unwrap();
    let point = |step: i32| geodesic.at(f64::from(step) / 120.0).unwrap().point;
    (0..=120).map(|step| [point(step)[0], point(step)[1]]).collect()
}

/// Normal distributions ten units apart.
fn half_plane() -> Result<String, Error> {
    let normal = FisherMetric::of(&Normal);
    let mut plane = Plane::new(("mean μ", -2.0..12.0), ("standard deviation σ", 0.0..6.0))?;
    plane.indicatrices(&normal, 0.12, (10, 7))?;
    for (deviation, colour) in [(0.1, Colour::Green), (1.0, Colour::Blue), (3.0, Colour::Red)] {
        let ends = [[0.0, deviation], [10.0, deviation]];
        let shortest = path(&normal, ends[0], ends[1]);
        plane.curve(&shortest, colour)?.marks(&ends, colour)?;
        plane.label([10.25, deviation + 0.15], format!("σ = {deviation}"), colour)?;
    }
    plane.svg()
}

/// Plain and natural descents of minus the log-likelihood of ten numbers from the same starts, in steps so small that they are curves.
fn descents() -> Result<String, Error> {
    let data = [1.1, 2.3, 0.4, 1.9, 3.2, 1.4, 2.6, 0.9, 2.1, 1.6];
    let loss = NegativeLogLikelihood::new(&Normal, &data);
    let normal = FisherMetric::of(&Normal);
    let mut plane = Plane::new(("mean μ", -3.0..6.0), ("standard deviation σ", 0.0..5.0))?;
    let value = |[mean, deviation]: [f64; 2]| loss.at(&[mean, deviation]).map_or(f64::NAN, |at| at.value.value);
    let levels: Vec<f64> = (0..9).map(|step| 12.5 + f64::from(2_i32.pow(step)) / 4.0).collect();
    plane.contours(value, &levels)?;
    for start in [[-2.5, 1.0], [5.5, 0.8], [4.0, 4.5]] {
        let points = |descent: Descent, length: f64| -> Result<Vec<[f64; 2]>, Error> {
            let path = descent.length(StepLength::Fixed(length)).iterations(20_000).tolerance(0.05).run(&start)?;
            let every = path.points().iter().step_by(1 + path.steps() / 150).chain([path.last()]);
            Ok(every.map(|point| [point.theta[0], point.theta[1]]).collect())
        };
        let natural = Descent::natural(&loss, DescentMetric::manifold(&normal, 10.0));
        plane.curve(&points(Descent::plain(&loss), 5e-4)?, Colour::Red)?;
        plane.curve(&points(natural, 0.002)?, Colour::Blue)?;
        plane.marks(&[start], Colour::Green)?;
    }
    plane.label([-2.7, 4.6], "plain gradient", Colour::Red)?;
    plane.label([-2.7, 4.3], "natural gradient", Colour::Blue)?;
    plane.svg()
}

#[test]
fn the_pictures_are_what_the_code_draws() {
    for (name, picture) in [("half-plane", half_plane()), ("descents", descents())] {
        let svg = picture.unwrap();
        let file = format!("{}/docs/pictures/{name}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            fs::write(format!("{file}.svg"), &svg).unwrap();
            fs::write(format!("{file}.link"), link(name, &svg)).unwrap();
        }
        assert!(fs::read_to_string(format!("{file}.svg")).unwrap() == svg, "{name}.svg is not what the code draws");
        assert!(fs::read_to_string(format!("{file}.link")).unwrap() == link(name, &svg), "{name}.link is out of date");
    }
}

/// The definition of a link whose target is the picture itself.
fn link(name: &str, svg: &str) -> String {
    let mut target = String::new();
    for byte in svg.bytes() {
        match byte {
            b'\n' => target.push(' '),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b',' | b'/' | b'=' | b':' => {
                target.push(char::from(byte))
            }
            other => write!(target, "%{other:02X}").unwrap(),
        }
    }
    format!("[{name}]: <data:image/svg+xml,{}>\n", target.replace(' ', "%20"))
}

#[test]
fn refusals() {
    assert!(matches!(Plane::new(("a", 1.0..1.0), ("b", 0.0..1.0)), Err(Error::EmptySupport { .. })));
    assert!(matches!(Plane::new(("a", 0.0..f64::NAN), ("b", 0.0..1.0)), Err(Error::EmptySupport { .. })));
    let mut plane = Plane::new(("a", 0.0..1.0), ("b", 0.0..1.0)).unwrap();
    let bad = [[0.0, 0.0], [f64::INFINITY, 0.0]];
    assert!(matches!(
        plane.curve(&bad, Colour::Blue),
        Err(Error::ObservationNotFinite { index: 1, coordinate: 0, .. })
    ));
    let normal = FisherMetric::of(&Normal);
    assert!(matches!(plane.indicatrices(&normal, 0.0, (2, 2)), Err(Error::InvalidRadius { .. })));
    assert!(matches!(plane.contours(|_| 0.0, &[f64::NAN]), Err(Error::FormulaNotFinite { .. })));
    let poisson = FisherMetric::of(&fisher_information::distributions::Poisson);
    assert!(matches!(plane.indicatrices(&poisson, 0.1, (2, 2)), Err(Error::ParameterCount { .. })));
}

/// A contour of x² + y² is a closed line of points at the right distance.
#[test]
fn contours_are_where_they_should_be() {
    let mut plane = Plane::new(("x", -1.0..1.0), ("y", -1.0..1.0)).unwrap();
    plane.contours(|[x, y]| x * x + y * y, &[0.25]).unwrap();
    let svg = plane.svg().unwrap();
    let lines: Vec<&str> = svg.split("<polyline").skip(1).filter(|line| line.contains("#969696")).collect();
    assert_eq!(lines.len(), 1);
    let points = lines[0].split("points=\"").nth(1).unwrap().split('"').next().unwrap();
    let points: Vec<(f64, f64)> = points
        .split_whitespace()
        .map(|pair| pair.split_once(',').unwrap())
        .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
        .collect();
    assert_eq!(points.first(), points.last());
    // pixels to coordinates by the extreme points of the circle
    let range = |value: fn(&(f64, f64)) -> f64| {
        let low = points.iter().map(value).fold(f64::INFINITY, f64::min);
        let high = points.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
        ((low + high) / 2.0, high - low)
    };
    let ((x, width), (y, height)) = (range(|p| p.0), range(|p| p.1));
    for point in &points {
        let (a, b) = ((point.0 - x) / width, (point.1 - y) / height);
        assert!(((a * a + b * b).sqrt() - 0.5).abs() < 2e-3, "{point:?}");
    }
}
