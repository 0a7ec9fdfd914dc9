//! Everything that can go wrong, each with the evidence.

use crate::domain::Domain;

/// Why a result could not be given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The parameter vector has the wrong length.
    #[error("expected {expected} parameter(s), found {found}")]
    ParameterCount {
        /// How many the model has.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// A parameter is NaN, infinite or outside its domain.
    #[error("parameter {name} = {value} is outside its domain {domain}")]
    ParameterOutsideDomain {
        /// The parameter.
        name: String,
        /// Its value.
        value: f64,
        /// Where it may lie.
        domain: Domain,
    },
    /// Each parameter lies in its domain, but together they do not.
    #[error("parameters {} = {}: {condition}", names.join(", "), listed(values))]
    ParametersOutsideDomain {
        /// The parameters.
        names: Vec<String>,
        /// Their values.
        values: Vec<f64>,
        /// What does not hold.
        condition: String,
    },
    /// A distribution of `statrs` and a family of the catalogue do not match here.
    #[error("no counterpart of {distribution}: {reason}")]
    NoCounterpart {
        /// The distribution of `statrs`.
        distribution: &'static str,
        /// Why.
        reason: String,
    },
    /// No member of an exponential family has these mean values.
    #[error("no member of the family has the mean values {}", listed(mean))]
    NoSuchMember {
        /// The mean values.
        mean: Vec<f64>,
    },
    /// A closed formula has no value at these parameters.
    #[error("{quantity} by its formula is {value}")]
    FormulaNotFinite {
        /// What the formula is of.
        quantity: &'static str,
        /// Its value.
        value: f64,
    },
    /// A coordinate of an observation is NaN or infinite.
    #[error("observation {index}, coordinate {coordinate}: {value} is not a finite number")]
    ObservationNotFinite {
        /// Which observation, counted from 0.
        index: usize,
        /// Which of its coordinates, counted from 0.
        coordinate: usize,
        /// The value.
        value: f64,
    },
    /// The log-likelihood of an observation, or a derivative of it, is NaN or infinite: the observation lies outside the
    /// support, or the model breaks down there.
    #[error("observation {index}: the {quantity} is {value}; does the observation lie in the support?")]
    LikelihoodNotFinite {
        /// Which observation, counted from 0.
        index: usize,
        /// What is not finite: log-likelihood, score or Hessian.
        quantity: &'static str,
        /// Its value.
        value: f64,
    },
    /// There is no data.
    #[error("the data set is empty")]
    NoData,
    /// A weight is negative, NaN or infinite.
    #[error("the weight of observation {index} is {value}; weights are finite and not negative")]
    InvalidWeight {
        /// Which observation, counted from 0.
        index: usize,
        /// The weight.
        value: f64,
    },
    /// All weights are zero.
    #[error("all {count} weights are zero")]
    ZeroWeights {
        /// How many weights there are.
        count: usize,
    },
    /// Two things that belong together have different lengths.
    #[error("{what}: expected length {expected}, found {found}")]
    LengthMismatch {
        /// Which length is meant.
        what: &'static str,
        /// What it should be.
        expected: usize,
        /// What it is.
        found: usize,
    },
    /// The log-density is NaN or +∞ inside the support.
    #[error("the log-density is {value} at x = {at:?}, inside the support")]
    DensityNotFinite {
        /// The coordinates of the point.
        at: Vec<f64>,
        /// The value.
        value: f64,
    },
    /// A component of the function whose expectation is sought is NaN or infinite where the density is positive.
    #[error("component {component} is {value} at x = {at:?}, where the density is positive")]
    StatisticNotFinite {
        /// Which component, counted from 0.
        component: usize,
        /// The coordinates of the point; empty for an opaque observation.
        at: Vec<f64>,
        /// The value.
        value: f64,
    },
    /// No point of positive density was found in the support.
    #[error("the density is zero at all {points} points of the support that were tried")]
    NoMass {
        /// How many points were tried.
        points: usize,
    },
    /// The integral or sum did not reach its tolerance within the evaluations allowed.
    #[error("no convergence in {evaluations} evaluations: {} is near {value} with an error of at least {error:.1e}", integral(*component))]
    NoConvergence {
        /// How many evaluations were spent.
        evaluations: usize,
        /// The worst component, counted from 0; `None` is the total mass.
        component: Option<usize>,
        /// Its value so far.
        value: f64,
        /// Its error so far.
        error: f64,
    },
    /// The terms of a sum over a countable support fall off so slowly that its tail cannot be bounded.
    #[error("the tail of the sum cannot be bounded: component {component} still gains {term:.1e} at x = {at}")]
    SlowTail {
        /// The component, counted from 0.
        component: usize,
        /// The last point added.
        at: f64,
        /// The last term.
        term: f64,
    },
    /// There are too few random draws for a standard error.
    #[error("{draws} draw(s) do not give a standard error; at least {needed} are needed")]
    TooFewDraws {
        /// How many were asked for.
        draws: usize,
        /// How many it takes.
        needed: usize,
    },
    /// The support has no form that the method can work on.
    #[error("{method} needs {needs}")]
    Unsupported {
        /// The method.
        method: &'static str,
        /// What it needs.
        needs: &'static str,
    },
    /// There is no parameter of this name.
    #[error("there is no parameter {name}; the parameters are {}", .known.join(", "))]
    UnknownParameter {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A name stands for two parameters.
    #[error("the name {name} is used more than once")]
    RepeatedName {
        /// The name.
        name: String,
    },
    /// Two results are about different parameters.
    #[error("parameter {position} is {expected} in one and {found} in the other")]
    NamesDiffer {
        /// The first place where they differ, counted from 0.
        position: usize,
        /// The name in the first.
        expected: String,
        /// The name in the second.
        found: String,
    },
    /// An entry of a matrix is NaN or infinite.
    #[error("entry ({row}, {column}) is {value}")]
    EntryNotFinite {
        /// The parameter of the row.
        row: String,
        /// The parameter of the column.
        column: String,
        /// The entry.
        value: f64,
    },
    /// The error of an entry is NaN or negative.
    #[error("the error of entry ({row}, {column}) is {error}; errors are not negative")]
    InvalidEntryError {
        /// The parameter of the row.
        row: String,
        /// The parameter of the column.
        column: String,
        /// The error.
        error: f64,
    },
    /// A matrix that should be symmetric is not, by more than rounding and the errors of its entries.
    #[error("entry ({row}, {column}) is {upper} and entry ({column}, {row}) is {lower}: the matrix is not symmetric")]
    NotSymmetric {
        /// The parameter of the row.
        row: String,
        /// The parameter of the column.
        column: String,
        /// The entry above the diagonal.
        upper: f64,
        /// The entry below it.
        lower: f64,
    },
    /// The number of observations that an information stands for is zero, negative, NaN or infinite.
    #[error("an information cannot stand for {value} observations")]
    InvalidObservations {
        /// The number given.
        value: f64,
    },
    /// Two results that should be about the same observations are about different numbers of them.
    #[error("one is about {expected} observations, the other about {found}")]
    ObservationsDiffer {
        /// The number in the first.
        expected: f64,
        /// The number in the second.
        found: f64,
    },
    /// The derivative of a change of coordinates, or a gradient, is NaN or infinite.
    #[error("entry ({row}, {column}) of the {what} is {value}")]
    DerivativeNotFinite {
        /// Which matrix or vector.
        what: &'static str,
        /// Its row, counted from 0.
        row: usize,
        /// Its column, counted from 0.
        column: usize,
        /// The entry.
        value: f64,
    },
    /// The information matrix is singular within its own errors: some parameters are not identified.
    #[error("the information has rank {rank} of {parameters}; nothing is known along {}", .directions.join(" or along "))]
    Singular {
        /// Its rank.
        rank: usize,
        /// How many parameters there are.
        parameters: usize,
        /// The null directions, in names: `a − b` means that raising a and lowering b by as much changes nothing.
        directions: Vec<String>,
    },
    /// The information matrix is negative in some direction, as an observed information may be away from the maximum.
    #[error(
        "the information is not positive: its scaled eigenvalue along {direction} is {eigenvalue:.3e} ± {error:.1e}"
    )]
    NotPositiveDefinite {
        /// The direction, in names.
        direction: String,
        /// The smallest eigenvalue of the matrix scaled to a unit diagonal.
        eigenvalue: f64,
        /// Its error.
        error: f64,
    },
    /// A variance is negative by more than its error.
    #[error("the variance of {name} is {value}")]
    NegativeVariance {
        /// The parameter.
        name: String,
        /// Its variance.
        value: f64,
    },
    /// A correlation with a quantity that does not vary.
    #[error("the variance of {name} is zero, so it has no correlations")]
    ZeroVariance {
        /// The parameter.
        name: String,
    },
    /// A stored result is of another kind.
    #[error("expected a result of kind {expected}, found {found}")]
    KindDiffers {
        /// The kind that is read.
        expected: &'static str,
        /// The kind that is stored.
        found: String,
    },
    /// Two partial sums were taken at different parameters.
    #[error("the sums were taken at {name} = {expected} and at {name} = {found}")]
    ThetaDiffers {
        /// The first parameter that differs.
        name: String,
        /// Its value in the first.
        expected: f64,
        /// Its value in the second.
        found: f64,
    },
    /// Something is wrong with one of several experts or shards that should be merged.
    #[error("{expert}: {reason}")]
    InExpert {
        /// Which one.
        expert: String,
        /// What is wrong.
        reason: Box<Error>,
    },
    /// The weight of an expert is negative, NaN or infinite.
    #[error("the weight of {expert} is {value}; weights are finite and not negative")]
    InvalidExpertWeight {
        /// Which expert.
        expert: String,
        /// The weight.
        value: f64,
    },
    /// A parameter is in none of the groups into which the parameters should be divided.
    #[error("{name} is in none of the groups of parameters")]
    NotInAGroup {
        /// The parameter.
        name: String,
    },
    /// The rows of a data set have different widths.
    #[error("row {row} has {found} coordinate(s), not {expected}")]
    RowWidth {
        /// The row, counted from 0.
        row: usize,
        /// How wide it should be: as the model or the first row says.
        expected: usize,
        /// How wide it is.
        found: usize,
    },
    /// An integral does not exist: its integrand does not fall off.
    #[error("{} diverges: its integrand does not fall off at x = {at:e}", integral(*component))]
    Divergent {
        /// The component, counted from 0; `None` is the total mass.
        component: Option<usize>,
        /// How far out was looked.
        at: f64,
    },
    /// The bulk of the density falls between the numbers of double precision.
    #[error("the bulk of the density near x = {at:e} is too narrow for the spacing of double precision numbers there")]
    TooNarrow {
        /// Where the bulk is.
        at: f64,
    },
    /// The density holds mass where double precision has no numbers.
    #[error(
        "about {missing:.1e} of the mass lies closer to an end of the support than double precision can tell; \
         no expectation can be integrated"
    )]
    Unresolved {
        /// The fraction of the mass that cannot be reached.
        missing: f64,
    },
    /// A moment of the score does not exist.
    #[error("the expectation of {moment} diverges: its integrand does not fall off at x = {at:e}")]
    DivergentMoment {
        /// The moment.
        moment: String,
        /// How far out was looked.
        at: f64,
    },
    /// A derivative of the log-likelihood is NaN or infinite where the density is positive.
    #[error("{moment} is {value} at x = {at:?}, where the density is positive")]
    MomentNotFinite {
        /// The moment.
        moment: String,
        /// The coordinates of the point.
        at: Vec<f64>,
        /// The value.
        value: f64,
    },
    /// A density does not have mass 1.
    #[error("the density has mass {mass} ± {error:.1e}, not 1: is a normalising constant missing?")]
    NotNormalised {
        /// Its mass.
        mass: f64,
        /// The error of that.
        error: f64,
    },
    /// The mean score is not zero, so the model is not regular and no matrix is its Fisher information.
    #[error(
        "the mean score of {parameter} is {mean} ± {error:.1e}, not 0{}",
        if moving_support.is_empty() { String::new() } else { format!(": the support depends on {}", moving_support.join(", ")) }
    )]
    NonRegular {
        /// The parameter.
        parameter: String,
        /// Its mean score.
        mean: f64,
        /// The error of that.
        error: f64,
        /// The parameters on which the support depends.
        moving_support: Vec<String>,
    },
    /// A symbol of a recording was used on another thread, or together with a symbol of another recording.
    #[error("a symbol of a recording was used on another thread or mixed with one of another recording")]
    ForeignSymbol,
    /// A log-likelihood that was recorded did not come to an end.
    #[error("the log-likelihood does more than {nodes} different operations, too many to record")]
    TraceTooLong {
        /// How many operations were recorded.
        nodes: usize,
    },
    /// The likelihood has no maximum: it rises as the parameters go to infinity. A class that the covariates
    /// separate from the others does that, and a Poisson regression without events.
    #[error(
        "the likelihood has no maximum: it rises as {direction} goes to infinity \
         (log-likelihood {})", listed(&[*log_likelihood])
    )]
    MaximumAtInfinity {
        /// The direction, in names.
        direction: String,
        /// The log-likelihood where the search ended.
        log_likelihood: f64,
    },
    /// The likelihood rises towards the bound of a parameter, where it is finite: the maximum is not inside the domain.
    #[error(
        "the likelihood rises as {name} goes to its bound {bound} (it is {value:e}, the log-likelihood {})", listed(&[*log_likelihood])
    )]
    MaximumOnBoundary {
        /// The parameter.
        name: String,
        /// The bound of its domain.
        bound: f64,
        /// Its value where the search ended.
        value: f64,
        /// The log-likelihood there.
        log_likelihood: f64,
    },
    /// The likelihood has a pole: it rises without limit as a parameter goes to a bound of its domain.
    #[error(
        "the likelihood rises without limit as {name} goes to {bound} (it is {value:e}, the log-likelihood {})", listed(&[*log_likelihood])
    )]
    UnboundedLikelihood {
        /// The parameter.
        name: String,
        /// The bound of its domain.
        bound: f64,
        /// Its value where the search ended.
        value: f64,
        /// The log-likelihood there.
        log_likelihood: f64,
    },
    /// The likelihood rises towards points where the model has no value: the maximum lies on a constraint.
    #[error("the likelihood rises from {} = {} towards points where {reason}", names.join(", "), listed(values))]
    MaximumOnConstraint {
        /// The parameters.
        names: Vec<String>,
        /// Their values where the search ended.
        values: Vec<f64>,
        /// Why it cannot go on.
        reason: Box<Error>,
    },
    /// The likelihood has a kink where its maximum seems to be, as in the location of a Laplace distribution: there is no slope that could
    /// be zero, and no curvature.
    #[error("the likelihood has a kink at {} = {} (log-likelihood {}): no slope is zero there", names.join(", "), listed(values), listed(&[*log_likelihood]))]
    Kink {
        /// The parameters in which it has a kink.
        names: Vec<String>,
        /// Their values there.
        values: Vec<f64>,
        /// The log-likelihood there.
        log_likelihood: f64,
    },
    /// A search did not find a maximum.
    #[error(
        "no maximum in {iterations} steps; the search is at {} = {}{}",
        names.join(", "),
        listed(values),
        standard_errors.map_or(", where the likelihood is not concave".into(), |d| format!(", {d:.1e} standard errors away"))
    )]
    NoMaximum {
        /// How many steps were taken.
        iterations: usize,
        /// The parameters.
        names: Vec<String>,
        /// Their values where the search ended.
        values: Vec<f64>,
        /// How far away the maximum seems to be; nothing where the likelihood is not concave.
        standard_errors: Option<f64>,
    },
    /// A descent used up its steps.
    #[error(
        "no minimum in {steps} steps; the descent is at {} = {}, where the norm of the gradient is {norm:.1e}",
        names.join(", "),
        listed(values)
    )]
    DescentNotEnded {
        /// How many steps were taken.
        steps: usize,
        /// The parameters.
        names: Vec<String>,
        /// Their values where the descent ended.
        values: Vec<f64>,
        /// The norm of the gradient there, in the metric of the descent.
        norm: f64,
    },
    /// A loss does not fall along minus its gradient, however short the step: the gradient is not its own, or there is a kink.
    #[error("at {} = {} no step along the gradient lowers the loss: is it the gradient of that loss?", names.join(", "), listed(values))]
    NoDecrease {
        /// The parameters.
        names: Vec<String>,
        /// Their values.
        values: Vec<f64>,
    },
    /// A setting has a value without sense.
    #[error("{setting} is {value}; a value of use {needs}")]
    InvalidSetting {
        /// What is set.
        setting: &'static str,
        /// Its value.
        value: f64,
        /// What it should be.
        needs: &'static str,
    },
    /// A file of data cannot be read.
    #[error("{file}: {message}")]
    Input {
        /// The file, or what else was read.
        file: String,
        /// What the system or the reader says.
        message: String,
    },
    /// There is no column or term of this name.
    #[error("there is no column {name}; the columns are {}", .known.join(", "))]
    MissingColumn {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A cell is empty or says NA.
    #[error("row {row}: {column} is missing")]
    MissingValue {
        /// The column.
        column: String,
        /// The row, counted from 0 after the header.
        row: usize,
    },
    /// A cell is not a finite number.
    #[error("row {row}: {column} is {text:?}, not a finite number")]
    UnparsableCell {
        /// The column.
        column: String,
        /// The row, counted from 0 after the header.
        row: usize,
        /// What stands there.
        text: String,
    },
    /// A category is not one of the levels.
    #[error("{column} has no level {level:?}; the levels are {}", .known.join(", "))]
    UnknownLevel {
        /// The column.
        column: String,
        /// The level.
        level: String,
        /// The levels there are.
        known: Vec<String>,
    },
    /// The columns of a design are linearly dependent: their coefficients cannot be told apart.
    #[error("{} is 0 in every row: the columns of the design are collinear", .directions.join(" and "))]
    Collinear {
        /// The combinations of columns that vanish, in names.
        directions: Vec<String>,
    },
    /// There are fewer observations than parameters.
    #[error("{observations} observation(s) cannot determine {parameters} parameters")]
    FewerObservationsThanParameters {
        /// How many observations there are.
        observations: usize,
        /// How many parameters.
        parameters: usize,
    },
    /// A combination of the covariates separates the classes of the response, wholly or but for ties: the likelihood rises as its
    /// coefficient goes to infinity.
    #[error(
        "the response is separated along {direction}: the likelihood rises towards {log_likelihood} without a maximum"
    )]
    Separated {
        /// The direction in which the coefficients go to infinity, in names.
        direction: String,
        /// The log-likelihood where the search ended.
        log_likelihood: f64,
    },
    /// A row of a regression has leverage 1: the fit goes through it whatever its response, and nothing is left of its residual.
    #[error("row {row} has leverage 1: the fit goes through it whatever its response")]
    FullLeverage {
        /// The row, counted from 0.
        row: usize,
    },
    /// A class of the response has no observation, and that is why the likelihood has no maximum.
    #[error("class {class} of the response has no observation, so the likelihood has no maximum")]
    EmptyClass {
        /// The number of the class, counted from 0.
        class: usize,
    },
    /// The response is the same in every row, and that is why the likelihood has no maximum.
    #[error("the response is {value} in every row, so the likelihood has no maximum")]
    ConstantResponse {
        /// The response.
        value: f64,
    },
    /// A hypothesis is about a value that is NaN or infinite.
    #[error("the hypothesis {hypothesis} is about the value {value}")]
    HypothesisNotFinite {
        /// The hypothesis.
        hypothesis: String,
        /// The value.
        value: f64,
    },
    /// Some hypotheses follow from others, or are about what does not vary.
    #[error("{hypotheses} hypotheses say {rank} things; nothing new is said by {}", .combinations.join(" or by "))]
    RedundantHypotheses {
        /// How many are independent.
        rank: usize,
        /// How many there are.
        hypotheses: usize,
        /// The combinations of hypotheses that have no variance.
        combinations: Vec<String>,
    },
    /// A model that should contain another has not more parameters than it.
    #[error("a model of {full} parameter(s) cannot contain one of {restricted}")]
    NotNested {
        /// The parameters of the model that should be contained.
        restricted: usize,
        /// Those of the model that should contain it.
        full: usize,
    },
    /// The likelihood of a restricted model is higher than that of the model that contains it, whose maximum is then not the highest.
    #[error(
        "the log-likelihood {full} of the full model is below {restricted}, that of the restricted: it is a local maximum, or they are not nested"
    )]
    RestrictedIsHigher {
        /// The log-likelihood of the restricted model.
        restricted: f64,
        /// That of the full one.
        full: f64,
    },
    /// One covariance is smaller than another in a direction in which it should be larger.
    #[error(
        "the estimator that should be efficient varies more than the other along {direction}: scaled eigenvalue {eigenvalue} ± {error:.1e}"
    )]
    NotMoreEfficient {
        /// The direction, in names.
        direction: String,
        /// The smallest eigenvalue of the difference scaled to a unit diagonal.
        eigenvalue: f64,
        /// Its error.
        error: f64,
    },
    /// Two estimators differ where, by their covariances, they cannot.
    #[error("the estimators differ by {difference} along {direction}, where the difference has no variance")]
    DifferenceWithoutVariance {
        /// The direction, in names.
        direction: String,
        /// The difference.
        difference: f64,
    },
    /// All indicators of a test are functions of the scores, so that there is nothing to test.
    #[error("the model leaves nothing to test: {}", entries.join(", "))]
    NothingToTest {
        /// The entries that are zero whatever the data.
        entries: Vec<String>,
    },
    /// Too few observations for a quantity.
    #[error("{what} needs more than {needed} observations, there are {found}")]
    TooFewObservations {
        /// What is asked for.
        what: &'static str,
        /// How many are too few.
        needed: f64,
        /// How many there are.
        found: f64,
    },
    /// There is no observation of this number.
    #[error("there is no observation {index}; there are {count}, counted from 0")]
    UnknownObservation {
        /// The number.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// The level of an interval or a region is not between 0 and 1.
    #[error("a level of {value}; levels lie strictly between 0 and 1")]
    InvalidLevel {
        /// The level given.
        value: f64,
    },
    /// No coordinates φ with θ(φ) = θ were found near the start.
    #[error("no coordinates were found whose parameters are {}", listed(theta))]
    NoSuchCoordinates {
        /// The parameters.
        theta: Vec<f64>,
    },
    /// A function of the parameters does not take a value near these parameters.
    #[error("{function} does not take the value {value} as {parameter} varies near {}", listed(theta))]
    ValueNotTaken {
        /// The function.
        function: String,
        /// The value.
        value: f64,
        /// The parameter that was varied.
        parameter: String,
        /// All parameters.
        theta: Vec<f64>,
    },
    /// A profile found a higher likelihood than that of the fit, which therefore is not at the highest maximum.
    #[error("the log-likelihood is higher by {excess:e} at {} = {}: the fit is not at the highest maximum", names.join(", "), listed(values))]
    HigherLikelihood {
        /// The parameters.
        names: Vec<String>,
        /// Their values there.
        values: Vec<f64>,
        /// By how much.
        excess: f64,
    },
    /// A profile likelihood was followed in many steps and neither fell enough nor became flat.
    #[error("the likelihood has neither fallen enough nor become flat in {steps} steps")]
    ProfileNotEnded {
        /// How many steps were taken.
        steps: usize,
    },
    /// A variance between clusters takes two of them at least.
    #[error("{clusters} cluster(s) of positive weight; at least 2 are needed")]
    TooFewClusters {
        /// How many there are.
        clusters: usize,
    },
    /// A weight that should count repetitions is not a whole number.
    #[error("the weight of observation {index} is {value}; an observation can only be drawn a whole number of times")]
    FractionalWeight {
        /// Which observation, counted from 0.
        index: usize,
        /// The weight.
        value: f64,
    },
    /// An estimator gave NaN or an infinite number.
    #[error("the estimate of {name} is {value}")]
    EstimateNotFinite {
        /// The parameter.
        name: String,
        /// The estimate.
        value: f64,
    },
    /// So many replications failed that too few are left.
    #[error(
        "{failures} of {replications} replications failed, but {needed} have to succeed; the first, number {first}: {reason}"
    )]
    TooManyFailures {
        /// How many failed.
        failures: usize,
        /// How many there were.
        replications: usize,
        /// How many have to succeed.
        needed: usize,
        /// The number of the first that failed.
        first: usize,
        /// Why it failed.
        reason: Box<Error>,
    },
    /// A coordinate of a draw is NaN or infinite.
    #[error("draw {index} of {name} is {value}")]
    DrawNotFinite {
        /// Which draw, counted from 0.
        index: usize,
        /// The parameter.
        name: String,
        /// The value.
        value: f64,
    },
    /// −E\[H\] is not E\[s sᵀ\], since the score jumps somewhere; so the second derivatives do not tell how the model bends.
    #[error("the Hessian misses a kink: for {row} and {column} E[ssᵀ] is {outer_product} and −E[H] is {hessian}")]
    HessianFails {
        /// The first parameter of the worst entry.
        row: String,
        /// The second parameter of the worst entry.
        column: String,
        /// E\[s sᵀ\] there.
        outer_product: f64,
        /// −E\[H\] there.
        hessian: f64,
    },
    /// A tangent vector that should give a direction is zero or not finite.
    #[error("the vector ({}) has no direction", listed(vector))]
    NoDirection {
        /// The vector.
        vector: Vec<f64>,
    },
    /// Two tangent vectors that should span a plane do not.
    #[error("the vectors ({}) and ({}) do not span a plane", listed(u), listed(v))]
    NoPlane {
        /// The first.
        u: Vec<f64>,
        /// The second.
        v: Vec<f64>,
    },
    /// A radius is not positive, or not finite.
    #[error("a radius of {value}; radii are positive")]
    InvalidRadius {
        /// The radius.
        value: f64,
    },
    /// A picture could not be drawn.
    #[error("the picture could not be drawn: {message}")]
    Picture {
        /// What the drawing library says.
        message: String,
    },
    /// No geodesic between two points was found.
    #[error(
        "no geodesic from ({}) to ({}) was found; the best path has length {length} and residual {residual:.1e}{}",
        listed(from),
        listed(to),
        because(reason.as_deref())
    )]
    NoGeodesic {
        /// Where it should begin.
        from: Vec<f64>,
        /// Where it should end.
        to: Vec<f64>,
        /// The length of the best path that was found between them; infinite if there is none.
        length: f64,
        /// Its largest covariant acceleration, relative to its length.
        residual: f64,
        /// What first stood in the way, if the manifold refused a point.
        reason: Option<Box<Error>>,
    },
    /// A geodesic cannot be followed any farther: it comes to the edge of the manifold, or to a point without a metric.
    #[error(
        "the geodesic ends at the time {time}, at {} = {}{}",
        names.join(", "),
        listed(values),
        because(reason.as_deref())
    )]
    GeodesicEnds {
        /// The time up to which it was followed.
        time: f64,
        /// The coordinates.
        names: Vec<String>,
        /// The last point.
        values: Vec<f64>,
        /// Why the next point was refused; nothing if the steps became too short for double precision.
        reason: Option<Box<Error>>,
    },
    /// A time at which there is no point of a geodesic.
    #[error("a time of {value}; it should lie between 0 and {longest}")]
    InvalidTime {
        /// The time.
        value: f64,
        /// The latest that there is.
        longest: f64,
    },
    /// A component of a tangent vector is NaN or infinite.
    #[error("component {name} of a tangent vector is {value}")]
    TangentNotFinite {
        /// The coordinate.
        name: String,
        /// The component.
        value: f64,
    },
    /// A search for a mean did not end.
    #[error(
        "no mean in {iterations} steps; the search is at {} = {}, where the mean of the logarithms has the length {gradient:.1e}",
        names.join(", "),
        listed(values)
    )]
    NoMean {
        /// How many steps were taken.
        iterations: usize,
        /// The coordinates.
        names: Vec<String>,
        /// Where the search ended.
        values: Vec<f64>,
        /// The length there of the mean of the logarithms of the points, which is zero at a mean.
        gradient: f64,
    },
    /// The volume of a model is infinite.
    #[error("the volume is infinite: √det I does not fall off fast enough as {parameter} goes to {towards}")]
    InfiniteVolume {
        /// The parameter that goes to an end of its domain.
        parameter: String,
        /// The end.
        towards: f64,
    },
    /// A region of parameters has no extent in one of them.
    #[error("the region of {parameter} from {lower} to {upper} is empty")]
    EmptyRegion {
        /// The parameter.
        parameter: String,
        /// Where its range begins.
        lower: f64,
        /// Where its range ends.
        upper: f64,
    },
    /// A support without a point in it.
    #[error("the support from {lower} to {upper} is empty")]
    EmptySupport {
        /// Its lower end.
        lower: f64,
        /// Its upper end.
        upper: f64,
    },
}

/// That a length is what it should be.
pub(crate) fn check_length(what: &'static str, expected: usize, found: usize) -> Result<(), Error> {
    if expected == found { Ok(()) } else { Err(Error::LengthMismatch { what, expected, found }) }
}

/// Where a name stands among those that there are.
///
/// # Errors
/// [`Error::UnknownParameter`].
pub(crate) fn place_of(name: &str, known: &[String]) -> Result<usize, Error> {
    let unknown = || Error::UnknownParameter { name: name.to_owned(), known: known.to_vec() };
    known.iter().position(|other| other == name).ok_or_else(unknown)
}

/// What component `component` of an expectation is called in a message.
fn integral(component: Option<usize>) -> String {
    component.map_or_else(|| "the total mass".into(), |component| format!("component {component}"))
}

/// A reason in words, where there is one.
fn because(reason: Option<&Error>) -> String {
    reason.map_or_else(String::new, |reason| format!(": {reason}"))
}

/// Values with commas between them.
fn listed(values: &[f64]) -> String {
    let written = |value: &f64| {
        let usual = *value == 0.0 || (1e-5..1e16).contains(&value.abs()) || !value.is_finite();
        if usual { value.to_string() } else { format!("{value:e}") }
    };
    values.iter().map(written).collect::<Vec<_>>().join(", ")
}
