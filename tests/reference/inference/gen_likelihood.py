"""Maximum-likelihood fits at 30 digits, by Newton's method with symbolic derivatives; writes likelihood.json beside this file.

    python3 gen_likelihood.py

Needs Python 3, mpmath, sympy and numpy; reads the files of models/data. README.md says what each entry is.
"""

import csv
import json
from pathlib import Path

import mpmath as mp
import numpy as np
import sympy as sp

import garch
from likelihood_engine import Density, Model, Observation, plain

HERE = Path(__file__).resolve().parent
DATA = HERE / "../../../models/data"


def read(name):
    """Rows as mappings; numbers are exact decimals rounded to the double that a program would read."""

    def value(text):
        try:
            return float(text)
        except ValueError:
            return text

    with open(DATA / f"{name}.csv") as file:
        return [{k: value(v) for k, v in row.items()} for row in csv.DictReader(file)]


def ones(m):
    """The identity matrix: local parameters are the parameters."""
    return [[1 if i == j else 0 for j in range(m)] for i in range(m)]


def block(*rows):
    """The block-diagonal matrix of row vectors: a linear predictor each."""
    width = sum(len(r) for r in rows)
    out, at = [], 0
    for r in rows:
        out.append([0] * at + list(r) + [0] * (width - at - len(r)))
        at += len(r)
    return out


def dummies(value, levels):
    """Treatment contrasts against the first level."""
    return [1 if value == level else 0 for level in levels[1:]]


result = {}
eta, y, m, phi, mu, s, x = sp.symbols("eta y m phi mu s x", real=True)

# Densities

normal_cdf = lambda z: sp.erfc(-z / sp.sqrt(2)) / 2
bernoulli = Density(
    y * eta - m * sp.log(1 + sp.exp(eta)) + sp.loggamma(m + 1) - sp.loggamma(y + 1) - sp.loggamma(m - y + 1), [eta], [y, m]
)
probit = Density(
    y * sp.log(normal_cdf(eta))
    + (m - y) * sp.log(normal_cdf(-eta))
    + sp.loggamma(m + 1)
    - sp.loggamma(y + 1)
    - sp.loggamma(m - y + 1),
    [eta],
    [y, m],
)
poisson = Density(y * eta - sp.exp(eta) - sp.loggamma(y + 1), [eta], [y])
poisson_offset = Density(y * (eta + x) - sp.exp(eta + x) - sp.loggamma(y + 1), [eta], [y, x])
theta = sp.Symbol("theta", positive=True)
negative_binomial = Density(
    sp.loggamma(y + theta)
    - sp.loggamma(theta)
    - sp.loggamma(y + 1)
    + theta * sp.log(theta)
    + y * eta
    - (y + theta) * sp.log(theta + sp.exp(eta)),
    [eta, theta],
    [y],
)


def binary(rows, names, covariates, success, trials, density):
    return Model(names, [Observation(density, [covariates(r)], [success(r), trials(r)]) for r in rows])


def binary_expected(model, probability):
    """The Hessian is linear in the successes, so their expectation stands in for them."""

    def expected(t):
        return [Observation(o.density, o.a, [o.data[1] * probability(o.local(t)[0]), o.data[1]]) for o in model.observations]

    return expected


logistic = lambda e: 1 / (1 + mp.exp(-e))


def binary_outcomes(o, t):
    p = logistic(o.local(t)[0])
    return [(1 - p, [0, 1]), (p, [1, 1])]


def poisson_outcomes(o, t):
    mean = mp.exp(o.local(t)[0])
    out, k, mass = [], 0, mp.exp(-mean)
    while k < mean or mass > mp.mpf(10) ** -28:
        out.append((mass, [k]))
        k += 1
        mass *= mean / k
    return out


# O-rings

rows = read("challenger")
for name, success, trials in [("any", lambda r: r["any"], lambda r: 1), ("binomial", lambda r: r["distressed"], lambda r: 6)]:
    model = binary(rows, ["(Intercept)", "temperature"], lambda r: [1, r["temperature"]], success, trials, bernoulli)
    entry = model.report([5, -0.1] if name == "binomial" else [15, -0.2], binary_expected(model, logistic))
    entry["interval_profile"] = [model.profile_interval(entry["estimate"], j) for j in range(2)]
    entry["interval_profile_99"] = [model.profile_interval(entry["estimate"], j, 0.99) for j in range(2)]
    entry |= model.jackknife(entry["estimate"])
    if name == "any":
        entry["information_matrix_test"] = model.information_matrix_test(entry["estimate"], binary_outcomes)
    result[f"challenger_{name}"] = entry

# Budworms, probit: expected and observed information differ

rows = read("budworm")
model = binary(
    rows,
    ["(Intercept)", "sexfemale", "log2(dose)"],
    lambda r: [1, int(r["sex"] == "female"), mp.log(r["dose"], 2)],
    lambda r: r["dead"],
    lambda r: r["moths"],
    probit,
)
result["budworm_probit"] = model.report([-1.4, -0.65, 0.63], binary_expected(model, mp.ncdf))

# Bacteria, children as clusters

rows = read("bacteria")
model = binary(
    rows,
    ["(Intercept)", "treatmentdrug", "treatmentdrug+", "late"],
    lambda r: [1, *dummies(r["treatment"], ["placebo", "drug", "drug+"]), int(r["week"] > 2)],
    lambda r: r["present"],
    lambda r: 1,
    bernoulli,
)
model.clusters = [r["child"] for r in rows]
entry = model.report([2.8, -1.1, -0.6, -1.3], binary_expected(model, logistic))
entry["information_matrix_test"] = model.information_matrix_test(entry["estimate"], binary_outcomes)
result["bacteria_logit"] = entry

# Absences from school

rows = read("quine")
covariates = lambda r: [
    1,
    int(r["ethnicity"] == "N"),
    int(r["sex"] == "M"),
    *dummies(r["age"], ["F0", "F1", "F2", "F3"]),
    int(r["learner"] == "SL"),
]
names = ["(Intercept)", "ethnicityN", "sexM", "ageF1", "ageF2", "ageF3", "learnerSL"]
cells = ["".join((r["ethnicity"], r["sex"], r["age"], r["learner"])) for r in rows]
model = Model(names, [Observation(poisson, [covariates(r)], [r["days"]]) for r in rows], cells)
result["quine_poisson"] = model.report([2.7, -0.5, 0.2, -0.3, 0.3, 0.4, 0.3])
constant = Model(["(Intercept)"], [Observation(poisson, [[1]], [r["days"]]) for r in rows])
fitted = constant.fit([2.8])
result["quine_poisson_constant"] = constant.report([2.8]) | {
    "information_matrix_test": constant.information_matrix_test(fitted, poisson_outcomes)
}


def negative_binomial_expected(t):
    """Sums over the counts of every cell, until the rest of the mass is below 1e-22."""
    out, size = [], t[-1]
    counted = {}
    for r, c in zip(rows, cells):
        counted.setdefault(c, [covariates(r), 0])[1] += 1
    for row, count in counted.values():
        mean = mp.exp(mp.fsum(a * b for a, b in zip(row, t)))
        k, mass = 0, (size / (size + mean)) ** size
        while k < mean or mass > mp.mpf(10) ** -24:
            out.append(Observation(negative_binomial, block(row, [1]), [k], count * mass))
            mass *= (k + size) / (k + 1) * mean / (size + mean)
            k += 1
    return out


model = Model([*names, "theta"], [Observation(negative_binomial, block(covariates(r), [1]), [r["days"]]) for r in rows], cells)
entry = model.report([2.9, -0.57, 0.08, -0.45, 0.09, 0.36, 0.29, 1.27], negative_binomial_expected)
entry["alpha"] = 1 / entry["estimate"][-1]
entry["se_alpha_observed"] = entry["se_observed"][-1] / entry["estimate"][-1] ** 2
entry["interval_profile_theta"] = model.profile_interval(entry["estimate"], 7)
entry["likelihood_ratio_against_poisson"] = 2 * (entry["ln_likelihood"] - result["quine_poisson"]["ln_likelihood"])
result["quine_negative_binomial"] = entry

# Claims

rows = read("insurance")
levels = {"district": [1, 2, 3, 4], "engine": ["<1l", "1-1.5l", "1.5-2l", ">2l"], "age": ["<25", "25-29", "30-35", ">35"]}
names = ["(Intercept)"] + [k + (f"{v}" if isinstance(v, str) else f"{v:d}") for k in levels for v in levels[k][1:]]
model = Model(
    names,
    [
        Observation(
            poisson_offset, [[1, *(d for k in levels for d in dummies(r[k], levels[k]))]], [r["claims"], mp.log(r["holders"])]
        )
        for r in rows
    ],
)
result["insurance_poisson"] = model.report([-1.8, 0.03, 0.04, 0.2, 0.16, 0.39, 0.56, -0.19, -0.34, -0.54])

# Clotting times, gamma with mean and shape

for link, mean in [("inverse", 1 / eta), ("log", sp.exp(eta))]:
    gamma = Density(phi * sp.log(phi / mean) + (phi - 1) * x - phi * y / mean - sp.loggamma(phi), [eta, phi], [y, x])
    inverse_link = (lambda e: 1 / e) if link == "inverse" else mp.exp
    for lot in [1, 2]:
        lot_rows = [r for r in read("clotting") if r["lot"] == lot]
        model = Model(
            ["(Intercept)", "ln(plasma)", "shape"],
            [Observation(gamma, block([1, mp.log(r["plasma"])], [1]), [r["seconds"], mp.log(r["seconds"])]) for r in lot_rows],
        )

        def expected(t):
            out = []
            for o in model.observations:
                e, a = o.local(t)
                out.append(Observation(gamma, o.a, [inverse_link(e), mp.digamma(a) + mp.log(inverse_link(e) / a)]))
            return out

        start = {
            ("inverse", 1): [-0.0166, 0.0153, 538],
            ("inverse", 2): [-0.0239, 0.0236, 710],
            ("log", 1): [5.5, -0.6, 55.5],
            ("log", 2): [4.9, -0.567, 58.9],
        }[link, lot]
        result[f"clotting_{link}_lot_{lot}"] = model.report(start, expected)

# Yield of gasoline, beta regression with a logit link of the mean and a constant precision

rows = read("gasoline")
z = sp.Symbol("z", real=True)
p = 1 / (1 + sp.exp(-eta))
# x = ln y, z = ln(1 - y)
beta = Density(
    sp.loggamma(phi) - sp.loggamma(p * phi) - sp.loggamma((1 - p) * phi) + (p * phi - 1) * x + ((1 - p) * phi - 1) * z,
    [eta, phi],
    [x, z],
)


def beta_expected(model):
    def expected(t):
        out = []
        for o in model.observations:
            e, precision = o.local(t)
            a, b = logistic(e) * precision, logistic(-e) * precision
            out.append(Observation(beta, o.a, [mp.digamma(a) - mp.digamma(precision), mp.digamma(b) - mp.digamma(precision)]))
        return out

    return expected


def beta_model(covariates, names):
    return Model(
        [*names, "precision"],
        [
            Observation(beta, block(covariates(r), [1]), [mp.log(mp.mpf(r["yield"]) / 100), mp.log(1 - mp.mpf(r["yield"]) / 100)])
            for r in rows
        ],
    )


crudes = "ABCDEFGHIJ"
model = beta_model(
    lambda r: [1, *dummies(r["crude"], crudes[-1] + crudes[:-1]), r["end_point"]],
    ["(Intercept)", *("crude" + c for c in crudes[:-1]), "end_point"],
)
result["gasoline_beta"] = model.report(
    [-6.16, 1.73, 1.32, 1.57, 1.06, 1.13, 1.04, 0.54, 0.50, 0.39, 0.011, 440], beta_expected(model)
)
model = beta_model(lambda r: [1, r["end_point"]], ["(Intercept)", "end_point"])
result["gasoline_beta_end_point"] = model.report([-4.5, 0.009, 20], beta_expected(model))

# Work outside the home: multinomial logit, none as the base

rows = read("labour")
e1, e2, y1, y2 = sp.symbols("e1 e2 y1 y2", real=True)
multinomial = Density(y1 * e1 + y2 * e2 - sp.log(1 + sp.exp(e1) + sp.exp(e2)), [e1, e2], [y1, y2])
row = lambda r: [1, r["husband_income"], int(r["children"] == "present")]
part = ["(Intercept)", "husband_income", "childrenpresent"]
model = Model(
    [f"{k}:{v}" for k in ["parttime", "fulltime"] for v in part],
    [
        Observation(
            multinomial, block(row(r), row(r)), [int(r["participation"] == "parttime"), int(r["participation"] == "fulltime")]
        )
        for r in rows
    ],
)
entry = model.report([-1.4, 0.007, 0.02, 2, -0.1, -2.5])
result["labour_multinomial"] = entry
two = [r for r in rows if r["participation"] != "parttime"]
pair = Model(part, [Observation(bernoulli, [row(r)], [int(r["participation"] == "fulltime"), 1]) for r in two])
restricted = pair.report([2, -0.1, -2.5])
difference = mp.matrix(restricted["estimate"]) - mp.matrix(entry["estimate"][3:])
variance = restricted["covariance_observed"] - entry["covariance_observed"][3:6, 3:6]
result["labour_hausman"] = {
    "restricted_estimate": restricted["estimate"],
    "restricted_covariance": restricted["covariance_observed"],
    "difference": difference,
    "covariance_difference": variance,
    "eigenvalues": list(mp.eigsy(variance, eigvals_only=True)),
    "statistic": (difference.T * mp.inverse(variance) * difference)[0],
}

# Satisfaction with housing: cumulative logit and probit

rows = read("housing")
z1, z2 = sp.symbols("z1 z2", real=True)
covariates = lambda r: [
    *dummies(r["influence"], ["Low", "Medium", "High"]),
    *dummies(r["type"], ["Tower", "Apartment", "Atrium", "Terrace"]),
    int(r["contact"] == "High"),
]
names = [
    "Low|Medium",
    "Medium|High",
    "influenceMedium",
    "influenceHigh",
    "typeApartment",
    "typeAtrium",
    "typeTerrace",
    "contactHigh",
]
for link, cdf in [("logit", lambda e: 1 / (1 + sp.exp(-e))), ("probit", normal_cdf)]:
    answers = {"Low": cdf(z1 - eta), "Medium": cdf(z2 - eta) - cdf(z1 - eta), "High": cdf(eta - z2)}
    densities = {k: Density(sp.log(v), [z1, z2, eta], []) for k, v in answers.items()}
    observations = [
        Observation(densities[r["satisfaction"]], block([1], [1], covariates(r)), [], int(r["residents"])) for r in rows
    ]
    start = (
        [-0.5, 0.7, 0.57, 1.29, -0.57, -0.37, -1.09, 0.36]
        if link == "logit"
        else [-0.3, 0.43, 0.35, 0.78, -0.35, -0.22, -0.66, 0.22]
    )

    def expected(t):
        out = []
        for o, r in zip(observations, rows):
            total = sum(q["residents"] for q in rows if covariates(q) == covariates(r))
            # each class of tenants has three rows, one for each answer; its expectation is over the answers
            density = densities[r["satisfaction"]]
            out.append(Observation(density, o.a, [], total * mp.exp(density.value(*o.local(t)))))
        return out

    result[f"housing_ordered_{link}"] = Model(names, observations).report(start, expected)

# Remission of leukaemia and lung cancer: Weibull accelerated failure times

sigma = sp.Symbol("sigma", real=True)  # ln scale
w = (x - eta) / sp.exp(sigma)
event = Density(w - sp.exp(w) - sigma - x, [eta, sigma], [x])
censored = Density(-sp.exp(w), [eta, sigma], [x])


def survival(rows, covariates, time, died):
    return [Observation(event if died(r) else censored, block(covariates(r), [1]), [mp.log(time(r))]) for r in rows]


rows = read("gehan")
model = Model(
    ["(Intercept)", "treatmentcontrol", "ln_scale"],
    survival(rows, lambda r: [1, int(r["treatment"] == "control")], lambda r: r["weeks"], lambda r: r["relapsed"] == 1),
    [r["pair"] for r in rows],
)
entry = model.report([3.5, -1.27, -0.3])
entry["interval_profile"] = [model.profile_interval(entry["estimate"], j) for j in range(3)]
result["gehan_weibull"] = entry
# The exponential distribution is the Weibull distribution with ln_scale = 0, so its fit is the hypothesis of three tests.
fitted, restricted = entry["estimate"], model.constrained([*entry["estimate"][:2], mp.mpf(0)], 2)[1]
value, score, hessian = model.totals(restricted)
result["gehan_exponential_tests"] = {
    "restricted_estimate": restricted[:2],
    "restricted_ln_likelihood": value,
    "likelihood_ratio": 2 * (entry["ln_likelihood"] - value),
    "wald_observed": fitted[2] ** 2 / entry["covariance_observed"][2, 2],
    "score_observed": (score.T * mp.inverse(-hessian) * score)[0],
    "score_opg": (score.T * mp.inverse(model.outer_product(restricted)) * score)[0],
}
rows = read("lung")
model = Model(
    ["(Intercept)", "age", "sexfemale", "ecog", "ln_scale"],
    survival(rows, lambda r: [1, r["age"], int(r["sex"] == "female"), r["ecog"]], lambda r: r["days"], lambda r: r["died"] == 1),
)
result["lung_weibull"] = model.report([6.7, -0.0075, 0.4, -0.34, -0.31])

# Waiting for Old Faithful: a mixture of two normal distributions

a, m1, m2, s1, s2 = sp.symbols("a m1 m2 s1 s2", real=True)
part = lambda m, s: sp.exp(-(((x - m) / s) ** 2) / 2) / s
mixture = Density(sp.log((a * part(m1, s1) + (1 - a) * part(m2, s2)) / sp.sqrt(2 * sp.pi)), [a, m1, m2, s1, s2], [x])
model = Model(
    ["weight_1", "mean_1", "mean_2", "sd_1", "sd_2"], [Observation(mixture, ones(5), [r["waiting"]]) for r in read("faithful")]
)
result["faithful_mixture"] = model.report([0.36, 54.6, 80.1, 5.87, 5.87])

equal = Density(sp.log((a * part(m1, s1) + (1 - a) * part(m2, s1)) / sp.sqrt(2 * sp.pi)), [a, m1, m2, s1], [x])
model = Model(["weight_1", "mean_1", "mean_2", "sd"], [Observation(equal, ones(4), [r["waiting"]]) for r in read("faithful")])
result["faithful_mixture_equal_sd"] = model.report([0.36, 54.6, 80.1, 5.87])

# Puromycin: Michaelis-Menten with normal errors

V, dV, K = sp.symbols("V dV K", real=True)
rows = read("puromycin")
ln_normal = lambda r, s: -((r / s) ** 2) / 2 - sp.log(s) - sp.log(2 * sp.pi) / 2
one = Density(ln_normal(y - V * x / (K + x), s), [V, K, s], [x, y])
two = Density(ln_normal(y - (V + dV * z) * x / (K + x), s), [V, dV, K, s], [x, y, z])


def puromycin_expected(model, mean):
    """Given the concentration, the Hessian at the fitted velocity, plus that of the standard deviation, whose square is an expectation."""

    def expected(t):
        # (y - f)^2 enters linearly: two velocities one standard deviation above and below have its expectation
        out = []
        for o in model.observations:
            for side in (-1, 1):
                out.append(Observation(o.density, o.a, [o.data[0], mean(o, t) + side * t[-1], *o.data[2:]], mp.mpf(1) / 2))
        return out

    return expected


model = Model(
    ["V", "K", "sigma"], [Observation(one, ones(3), [r["concentration"], r["rate"]]) for r in rows if r["state"] == "treated"]
)
entry = model.report([212, 0.064, 10], puromycin_expected(model, lambda o, t: t[0] * o.data[0] / (t[1] + o.data[0])))
entry["interval_profile"] = [model.profile_interval(entry["estimate"], j) for j in range(3)]
entry |= model.jackknife(entry["estimate"])
result["puromycin_treated"] = entry
model = Model(
    ["V", "dV", "K", "sigma"],
    [Observation(two, ones(4), [r["concentration"], r["rate"], int(r["state"] == "treated")]) for r in rows],
)
result["puromycin_both"] = model.report(
    [166, 42, 0.058, 9.9], puromycin_expected(model, lambda o, t: (t[0] + t[1] * o.data[2]) * o.data[0] / (t[2] + o.data[0]))
)

# Sea levels at Port Pirie: generalised extreme values

xi = sp.Symbol("xi", real=True)
t_of = lambda location: (1 + xi * (x - location) / s) ** (-1 / xi)
ln_gev = lambda location: -sp.log(s) + (1 + xi) * sp.log(t_of(location)) - t_of(location)
rows = read("port_pirie")
levels = [r["sea_level"] for r in rows]
density = Density(ln_gev(mu), [mu, s, xi], [x])
model = Model(["location", "scale", "shape"], [Observation(density, ones(3), [v]) for v in levels])
entry = model.report([3.87, 0.198, -0.05])
entry["interval_profile"] = [model.profile_interval(entry["estimate"], j) for j in range(3)]
result["port_pirie_gev"] = entry
for years in [10, 100]:
    c = -sp.log(1 - sp.Rational(1, years))
    density = Density(ln_gev(mu + s / xi * (1 - c ** (-xi))), [mu, s, xi], [x])  # mu is the return level here
    model = Model([f"level_{years}", "scale", "shape"], [Observation(density, ones(3), [v]) for v in levels])
    level = model.report([4.3 if years == 10 else 4.69, 0.198, -0.05])
    level["interval_profile"] = model.profile_interval(level["estimate"], 0)
    result[f"port_pirie_return_level_{years}"] = level

# Wind: Weibull, gamma, normal

k = sp.Symbol("k", positive=True)
wind = [r["wind"] for r in read("wind")]
distributions = {
    "weibull": (["shape", "scale"], [k, s], sp.log(k / s) + (k - 1) * sp.log(x / s) - (x / s) ** k, [3.05, 11.1]),
    "gamma": (["shape", "rate"], [k, s], k * sp.log(s) - sp.loggamma(k) + (k - 1) * sp.log(x) - s * x, [7.19, 0.72]),
    "normal": (["mean", "sd"], [mu, s], ln_normal(x - mu, s), [9.9, 3.5]),
}
for name, (names, local, expression, start) in distributions.items():
    density = Density(expression, local, [x])
    model = Model(names, [Observation(density, ones(2), [v]) for v in wind])
    entry = model.report(start)
    entry["interval_profile"] = [model.profile_interval(entry["estimate"], j) for j in range(2)]
    entry["information_matrix_test"] = model.information_matrix_test(entry["estimate"])
    result[f"wind_{name}"] = entry

# Level of Lake Huron: first-order autoregression, exact likelihood

level = [r["level"] for r in read("lake_huron")]
first = Density(ln_normal(x - mu, s / sp.sqrt(1 - phi**2)), [mu, phi, s], [x])
later = Density(ln_normal(x - mu - phi * (z - mu), s), [mu, phi, s], [x, z])
model = Model(
    ["mean", "phi", "sigma"],
    [Observation(first, ones(3), level[:1]), *(Observation(later, ones(3), [b, a]) for a, b in zip(level, level[1:]))],
)
entry = model.report([579.1, 0.84, 0.71])
entry["interval_profile"] = [model.profile_interval(entry["estimate"], j) for j in range(3)]
result["lake_huron_ar1"] = entry

# Investment and seizures, with clusters

rows = read("grunfeld")
linear = Density(ln_normal(y - eta, s), [eta, s], [y])
model = Model(
    ["(Intercept)", "value", "capital", "sigma"],
    [Observation(linear, block([1, r["value"], r["capital"]], [1]), [r["investment"]]) for r in rows],
    [r["firm"] for r in rows],
)
entry = model.report([-38.4, 0.1145, 0.2275, 93.7])
entry["information_matrix_test"] = model.information_matrix_test(entry["estimate"])
result["grunfeld_normal"] = entry
rows = read("seizures")
names = ["(Intercept)", "ln(baseline)", "treatmentprogabide", "ln(age)", "ln(baseline):treatmentprogabide"]


def covariates(r):
    drug, b = int(r["treatment"] == "progabide"), mp.log(r["baseline"])
    return [1, b, drug, mp.log(r["age"]), drug * b]


model = Model(names, [Observation(poisson, [covariates(r)], [r["seizures"]]) for r in rows], [r["patient"] for r in rows])
result["seizures_poisson"] = model.report([-4, 0.95, -2.1, 0.89, 0.56])

# Exchange rate: GARCH(1,1)

returns = np.array([r["return"] for r in read("exchange")]).astype(np.longdouble)
result["exchange_garch"] = garch.report(returns, [-0.00619041, 0.0107613, 0.153134, 0.805974])

# Law School Admission Test: two-parameter logistic model, by Gauss-Hermite quadrature

rows = read("lsat")


def two_parameter_logistic(points):
    """Marginal maximum likelihood in (a_1, d_1, ..., a_5, d_5), P(right) = 1 / (1 + exp(-(a z + d))), z standard normal."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(points)
    weights = weights / weights.sum()
    answers = np.array([[r[f"item{j}"] for j in range(1, 6)] for r in rows])
    counts = np.array([r["count"] for r in rows])
    t = np.array([0.8, 2.8, 0.7, 1.0, 0.9, 0.25, 0.7, 1.3, 0.65, 2.0])

    def derivatives(t):
        a, d = t[0::2], t[1::2]
        total, scores, hessian = 0.0, np.zeros((len(rows), 10)), np.zeros((10, 10))
        for i, answer in enumerate(answers):
            linear = nodes[:, None] * a + d
            p = 1 / (1 + np.exp(-linear))
            terms = np.where(answer == 1, -np.logaddexp(0, -linear), -np.logaddexp(0, linear)).sum(1) + np.log(weights)
            value = np.logaddexp.reduce(terms)
            posterior = np.exp(terms - value)
            residual = answer - p
            s = np.zeros((points, 10))
            s[:, 0::2], s[:, 1::2] = residual * nodes[:, None], residual
            score = posterior @ s
            h = (s * posterior[:, None]).T @ s - np.outer(score, score)
            curvature = p * (1 - p)
            for j in range(5):
                w = posterior * curvature[:, j]
                h[2 * j : 2 * j + 2, 2 * j : 2 * j + 2] -= [[w @ nodes**2, w @ nodes], [w @ nodes, w.sum()]]
            total += counts[i] * value
            scores[i] = score
            hessian += counts[i] * h
        return total, scores, hessian

    for _ in range(100):
        total, scores, hessian = derivatives(t)
        step = np.linalg.solve(hessian, counts @ scores)
        t = t - step
        if np.max(np.abs(step)) < 1e-13:
            break
    else:
        if np.max(np.abs(step)) > 1e-11:
            raise ArithmeticError("Newton's method did not end")
    total, scores, hessian = derivatives(t)
    bread, meat = np.linalg.inv(-hessian), (scores * counts[:, None]).T @ scores
    se = lambda v: np.sqrt(np.diag(v)).tolist()
    sandwich = bread @ meat @ bread
    return {
        "parameters": [f"{k}{j}" for j in range(1, 6) for k in ("slope_", "intercept_")],
        "quadrature_points": points,
        "estimate": t.tolist(),
        "ln_likelihood": total,
        "aic": -2 * total + 20,
        "bic": -2 * total + 10 * float(np.log(1000)),
        "se_observed": se(bread),
        "se_opg": se(np.linalg.inv(meat)),
        "se_sandwich": se(sandwich),
        "covariance_observed": bread.tolist(),
        "covariance_opg": np.linalg.inv(meat).tolist(),
        "covariance_sandwich": sandwich.tolist(),
        "difficulty": (-t[1::2] / t[0::2]).tolist(),
    }


for points in [21, 41, 81]:
    result[f"lsat_two_parameter_logistic_{points}"] = two_parameter_logistic(points)

versions = {"mpmath": mp.__version__, "sympy": sp.__version__, "numpy": np.__version__}
with open(HERE / "likelihood.json", "w") as file:
    json.dump({"versions": versions} | {k: plain(v) for k, v in result.items()}, file, indent=1)
    file.write("\n")
