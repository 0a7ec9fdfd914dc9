//! A plane with axes, and what is drawn on it.

use super::clip::clip;
use crate::error::Error;
use plotters::prelude::*;
use std::ops::Range;

/// The colour of a curve or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// For the main thing.
    Blue,
    /// For what it is compared with.
    Red,
    /// For a third thing.
    Green,
    /// For the background: indicatrices, contours.
    Grey,
}

impl Colour {
    fn rgb(self) -> RGBColor {
        match self {
            Self::Blue => RGBColor(31, 90, 166),
            Self::Red => RGBColor(190, 60, 40),
            Self::Green => RGBColor(40, 130, 80),
            Self::Grey => RGBColor(150, 150, 150),
        }
    }
}

/// A picture of two coordinates.
///
/// Things are drawn in the order in which they are added, and cut off at the edges. A picture is 720 units wide and 480 high.
#[derive(Clone, Debug)]
pub struct Plane {
    across: (String, Range<f64>),
    up: (String, Range<f64>),
    things: Vec<Thing>,
}

#[derive(Clone, Debug)]
enum Thing {
    Curve { points: Vec<[f64; 2]>, colour: Colour, width: u32 },
    Marks { points: Vec<[f64; 2]>, colour: Colour },
    Label { at: [f64; 2], text: String, colour: Colour },
}

impl Plane {
    /// A plane with a name and a range for each coordinate, the first across and the second up.
    ///
    /// # Errors
    /// [`Error::EmptySupport`] of a range that is empty or not finite.
    pub fn new(across: (&str, Range<f64>), up: (&str, Range<f64>)) -> Result<Self, Error> {
        let checked = |(name, range): (&str, Range<f64>)| {
            let finite = range.start.is_finite() && range.end.is_finite();
            if finite && range.start < range.end {
                Ok((name.to_owned(), range))
            } else {
                Err(Error::EmptySupport { lower: range.start, upper: range.end })
            }
        };
        Ok(Self { across: checked(across)?, up: checked(up)?, things: Vec::new() })
    }

    /// The ranges of the coordinates.
    #[must_use]
    pub fn ranges(&self) -> [&Range<f64>; 2] {
        [&self.across.1, &self.up.1]
    }

    /// A curve through these points.
    ///
    /// # Errors
    /// [`Error::ObservationNotFinite`], naming the point.
    pub fn curve(&mut self, points: &[[f64; 2]], colour: Colour) -> Result<&mut Self, Error> {
        self.line(points.to_vec(), colour, 5)
    }

    /// Marks at these points.
    ///
    /// # Errors
    /// [`Error::ObservationNotFinite`], naming the point.
    pub fn marks(&mut self, points: &[[f64; 2]], colour: Colour) -> Result<&mut Self, Error> {
        finite(points)?;
        self.things.push(Thing::Marks { points: points.to_vec(), colour });
        Ok(self)
    }

    /// A text beside a point.
    ///
    /// # Errors
    /// [`Error::ObservationNotFinite`].
    pub fn label(&mut self, at: [f64; 2], text: impl Into<String>, colour: Colour) -> Result<&mut Self, Error> {
        finite(&[at])?;
        self.things.push(Thing::Label { at, text: text.into(), colour });
        Ok(self)
    }

    /// A curve of some width.
    pub(super) fn line(&mut self, points: Vec<[f64; 2]>, colour: Colour, width: u32) -> Result<&mut Self, Error> {
        finite(&points)?;
        self.things.push(Thing::Curve { points, colour, width });
        Ok(self)
    }

    /// The picture as SVG.
    ///
    /// # Errors
    /// [`Error::Picture`] with what the drawing library says.
    pub fn svg(&self) -> Result<String, Error> {
        let mut svg = String::new();
        self.draw(SVGBackend::with_string(&mut svg, (SCALE * WIDTH, SCALE * HEIGHT)))
            .map_err(|refusal| Error::Picture { message: refusal.to_string() })?;
        // Drawn large, since the backend has whole units only, and shown small.
        let drawn = format!("width=\"{}\" height=\"{}\"", SCALE * WIDTH, SCALE * HEIGHT);
        Ok(svg.replacen(&drawn, &format!("width=\"{WIDTH}\" height=\"{HEIGHT}\""), 1))
    }

    fn draw<B: DrawingBackend>(&self, backend: B) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
        let area = backend.into_drawing_area();
        area.fill(&WHITE)?;
        let text = |size: u32| ("sans-serif", SCALE * size).into_font();
        let mut chart = ChartBuilder::on(&area)
            .margin(SCALE * 12)
            .x_label_area_size(SCALE * 36)
            .y_label_area_size(SCALE * 48)
            .build_cartesian_2d(self.across.1.clone(), self.up.1.clone())?;
        chart
            .configure_mesh()
            .disable_mesh()
            .x_desc(self.across.0.as_str())
            .y_desc(self.up.0.as_str())
            .x_label_style(text(13))
            .y_label_style(text(13))
            .axis_desc_style(text(15))
            .axis_style(BLACK.stroke_width(SCALE))
            .draw()?;
        let pair = |&[x, y]: &[f64; 2]| (x, y);
        for thing in &self.things {
            match thing {
                Thing::Curve { points, colour, width } => {
                    let style = colour.rgb().stroke_width(*width * SCALE / 4);
                    for piece in clip(points, self.ranges()) {
                        chart.draw_series(LineSeries::new(piece.iter().map(pair), style))?;
                    }
                }
                Thing::Marks { points, colour } => {
                    let inside = |[x, y]: &&[f64; 2]| self.across.1.contains(x) && self.up.1.contains(y);
                    let marks = points
                        .iter()
                        .filter(inside)
                        .map(|point| Circle::new(pair(point), SCALE * 4, colour.rgb().filled()));
                    chart.draw_series(marks)?;
                }
                Thing::Label { at, text: words, colour } => {
                    let style = text(14).color(&colour.rgb());
                    chart.draw_series(std::iter::once(Text::new(words.clone(), pair(at), style)))?;
                }
            }
        }
        area.present()
    }
}

/// That all points are.
fn finite(points: &[[f64; 2]]) -> Result<(), Error> {
    for (index, point) in points.iter().enumerate() {
        if let Some(coordinate) = point.iter().position(|value| !value.is_finite()) {
            return Err(Error::ObservationNotFinite { index, coordinate, value: point[coordinate] });
        }
    }
    Ok(())
}

const WIDTH: u32 = 720;
const HEIGHT: u32 = 480;
const SCALE: u32 = 4;
