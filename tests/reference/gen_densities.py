"""Log-densities with their gradients and Hessians at awkward points, for densities.json.

Run with mpmath 1.3: python3 gen_densities.py > densities.json
Arguments are IEEE doubles, printed exactly; derivatives are differences at 900 digits (x may be 1e300), or as many as a family with
expensive functions names after its points, printed to 25.
"""

import json
import multiprocessing
from mpmath import mp, mpf, log, pi, loggamma, besseli, diff, nstr
from mpmath import mp, mpf, besseli, cos, cosh, diff, erfc, exp, expm1, log, log1p, loggamma, nstr, pi, sqrt
from mpmath import mp, mpf, log, exp, pi, sqrt, loggamma, besseli, zeta, diff, nstr
from mpmath import mp, mpf, matrix, det, log, pi, loggamma, diff, nstr
from mpmath import mp, mpf, exp, log, ncdf, nint, pi, loggamma, diff, nstr, sech

mp.dps = 900


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def normal(m, s, x):
    return -((x - m) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2


def student_t(m, s, n, x):
    return -log_beta(n / 2, mpf(1) / 2) - log(n) / 2 - log(s) - (n + 1) / 2 * log(1 + ((x - m) / s) ** 2 / n)


def binomial(p, x):  # ten trials
    return -log(11) - log_beta(x + 1, 11 - x) + x * log(p) + (10 - x) * log(1 - p)


def gamma(a, r, x):
    return a * log(r) - loggamma(a) + (a - 1) * log(x) - r * x


def generalised_gamma(d, p, a, x):
    return log(p) - d * log(a) - loggamma(d / p) + (d - 1) * log(x) - (x / a) ** p


def chi(k, x):
    return (1 - k / 2) * log(2) - loggamma(k / 2) + (k - 1) * log(x) - x**2 / 2


def nakagami(m, w, x):
    return log(2) + m * log(m / w) - loggamma(m) + (2 * m - 1) * log(x) - m * x**2 / w


def inverse_gaussian(m, l, x):
    return log(l / (2 * pi * x**3)) / 2 - l * (x - m) ** 2 / (2 * m**2 * x)


def rice(n, s, x):
    return log(x) - 2 * log(s) - (x**2 + n**2) / (2 * s**2) + log(besseli(0, x * n / s**2))
def gev(m, s, k, x):
    z = (x - m) / s
    y = log1p(k * z) / k if k != 0 else z
    return -log(s) - (1 + k) * y - exp(-y)


def gpd(s, k, x):
    z = x / s
    y = log1p(k * z) / k if k != 0 else z
    return -log(s) - (1 + k) * y


def fisher_snedecor(m, n, x):
    return m / 2 * log(m) + n / 2 * log(n) - log_beta(m / 2, n / 2) + (m / 2 - 1) * log(x) - (m + n) / 2 * log(n + m * x)


def skew_normal(m, s, a, x):
    return log(2) + normal(m, s, x) + log(erfc(-a * (x - m) / s / sqrt(mpf(2))) / 2)


def burr(c, k, s, x):
    return log(c * k / s) + (c - 1) * log(x / s) - (k + 1) * log(1 + (x / s) ** c)
def negative_binomial(r, p, x):
    return loggamma(x + r) - loggamma(r) - loggamma(x + 1) + r * log(p) + x * log(1 - p)


def zero_inflated_poisson(i, r, x):
    if abs(x) < mpf(10) ** -6:  # a step in x away from 0 is no count at all
        return log(i + (1 - i) * exp(-r))
    return log(1 - i) + x * log(r) - r - loggamma(x + 1)


def beta_binomial(a, b, x):  # ten trials
    return -log(11) - log_beta(x + 1, 11 - x) + log_beta(x + a, 10 - x + b) - log_beta(a, b)


def zipf(s, x):  # ten ranks
    return -s * log(x) - log(sum(mpf(k) ** -s for k in range(1, 11)))


def skellam(a, b, x):
    return -a - b + x / 2 * log(a / b) + log(besseli(abs(x), 2 * sqrt(a * b)))


def conway_maxwell_poisson(r, n, x):
    total, term, k = mpf(1), mpf(1), 0
    while term > total * mp.eps or k**n < r:
        k += 1
        term *= r / mpf(k) ** n
        total += term
    return x * log(r) - n * loggamma(x + 1) - log(total)


def categorical(p, q, x):  # three categories
    return log([p, q, 1 - p - q][int(mp.nint(x))])
def symmetric(triangle):  # from the lower triangle, row after row
    size = next(k for k in range(1, 9) if k * (k + 1) // 2 == len(triangle))
    entry = lambda i, j: triangle[i * (i + 1) // 2 + j]
    return matrix([[entry(max(i, j), min(i, j)) for j in range(size)] for i in range(size)])


def dirichlet(*at):
    a, x = at[: len(at) // 2], at[len(at) // 2 :]
    return loggamma(sum(a)) - sum(map(loggamma, a)) + sum((c - 1) * log(y) for c, y in zip(a, x))


def bivariate_normal(m, n, s, t, r, x, y):
    u, v = (x - m) / s, (y - n) / t
    return -log(2 * pi * s * t) - log(1 - r**2) / 2 - (u**2 - 2 * r * u * v + v**2) / (2 * (1 - r**2))


def multivariate_normal(size):
    def density(*at):
        mean, triangle, x = at[:size], at[size:-size], at[-size:]
        covariance = symmetric(triangle)
        residual = matrix([y - m for y, m in zip(x, mean)])
        square = (residual.T * covariance**-1 * residual)[0]
        return -square / 2 - log(det(covariance)) / 2 - size * log(2 * pi) / 2

    return density


def multivariate_t(size):
    def density(*at):
        mean, triangle, n, x = at[:size], at[size : -size - 1], at[-size - 1], at[-size:]
        scale = symmetric(triangle)
        residual = matrix([y - m for y, m in zip(x, mean)])
        square = (residual.T * scale**-1 * residual)[0]
        constant = loggamma((n + size) / 2) - loggamma(n / 2) - size * log(n * pi) / 2 - log(det(scale)) / 2
        return constant - (n + size) / 2 * log(1 + square / n)

    return density


def wishart(size):
    def density(*at):
        half = size * (size + 1) // 2
        n, scale, x = at[0], symmetric(at[1:-half]), symmetric(at[-half:])
        inverse = scale**-1
        trace = sum((inverse * x)[i, i] for i in range(size))
        ln_gamma = mpf(size * (size - 1)) / 4 * log(pi) + sum(loggamma((n - k) / 2) for k in range(size))
        power = (n - size - 1) / 2 * log(det(x)) - n / 2 * log(det(scale))
        return power - trace / 2 - n * size / 2 * log(2) - ln_gamma

    return density
def poisson(r, x):
    return x * log(r) - r - loggamma(x + 1)


def mixture_of_two(density, w, one, other, x):
    return log(w * exp(density(*one, x)) + (1 - w) * exp(density(*other, x)))


def normal_between(m, s, a, b):  # ln P(a < X <= b), either bound None if infinite
    below = lambda c, default: ncdf((c - m) / s) if c is not None else mpf(default)
    return log(below(b, 1) - below(a, 0))


def near(x, value):
    return abs(x - value) < mpf(10) ** -100


def zero_inflated(density, p, theta, x, zero_is_possible):
    if not near(x, 0):
        return log(1 - p) + density(*theta, x)
    return log(p + (1 - p) * exp(density(*theta, x))) if zero_is_possible else log(p)


def censored_normal(m, s, x):  # at 0 and 3
    if x < 1 and (x < 0 or near(x, 0)):
        return normal_between(m, s, None, 0)
    return normal_between(m, s, 3, None) if x > 3 or near(x, 3) else normal(m, s, x)


def censored_poisson(r, x):  # at 6
    return log(1 - sum(exp(poisson(r, k)) for k in range(6))) if x > 6 or near(x, 6) else poisson(r, x)


def grouped_normal(m, s, x):
    ends = [None, mpf(-1), mpf(0), mpf(1) / 2, mpf(2), None]
    k = int(nint(x))
    return normal_between(m, s, ends[k], ends[k + 1])


FAMILIES = {
    "normal": (normal, [(0, 1, 0.5), (1e6, 1e-3, 1e6 + 0.25), (-3, 2, 1e100)]),
    "lognormal": (lambda m, s, x: normal(m, s, log(x)) - log(x), [(0, 1, 0.5), (10, 8, 1e-300), (-2, 0.25, 1e30)]),
    "exponential": (lambda r, x: log(r) - r * x, [(1, 0.5), (1e-3, 1e5), (2, 1e-300)]),
    "gamma": (
        gamma,
        [(2.5, 0.75, 3), (1e-3, 1, 1e-300), (0.03125, 4, 20), (1000, 0.0625, 16100), (1e6, 2, 500500), (64, 1, 70), (1e4, 1, 4000)],
    ),
    "Weibull": (
        lambda k, s, x: log(k) - log(s) + (k - 1) * log(x / s) - (x / s) ** k,
        [(2.5, 3, 4), (0.125, 0.5, 1e30), (0.125, 0.5, 1e-300), (64, 1024, 1030)],
    ),
    "beta": (
        lambda a, b, x: (a - 1) * log(x) + (b - 1) * log(1 - x) - log_beta(a, b),
        [(2.5, 0.75, 0.3), (0.03125, 0.0625, 1e-300), (0.03125, 0.0625, 1 - 2.0**-53), (500, 2, 0.99), (1e6, 0.5, 0.999999), (1e6, 2e6, 0.3335), (64, 100, 0.75)],
    ),
    "Laplace": (lambda m, s, x: -abs(x - m) / s - log(2 * s), [(0, 1, 0.5), (-1.5, 0.03125, -40), (1e3, 4096, 1e300)]),
    "Cauchy": (
        lambda m, s, x: -log(pi) - log(s) - log(1 + ((x - m) / s) ** 2),
        [(0, 1, 0.5), (-2.25, 0.015625, 7), (5, 1e3, 1e25), (5, 1e3, -1e34), (0, 1, 1e-10), (0, 2, 1e300)],
    ),
    "Student's t": (
        student_t,
        [
            (0, 1, 3, 0.5),
            (1.5, 2, 0.5, 1e20),
            (1.5, 2, 0.5, -1e200),
            (-1, 0.5, 31, -1.75),
            (-1, 0.5, 32, -1.75),
            (-1, 0.5, 100, 4),
            (0, 1, 4096, 1.25),
            (0, 1, 4096, -9),
            (0, 1, 1e8, 2.5),
            (0, 1, 64, 1e40),
        ],
    ),
    "half-normal": (lambda s, x: log(2) - log(2 * pi) / 2 - log(s) - (x / s) ** 2 / 2, [(1, 0.5), (0.25, 1e-300), (1e6, 3e7)]),
    "normal, by variance": (
        lambda m, v, x: -((x - m) ** 2) / (2 * v) - log(2 * pi * v) / 2,
        [(0, 1, 0.5), (1e3, 1e6, -40), (-3, 2.0**-20, 1e100)],
    ),
    "gamma, by scale": (
        lambda a, s, x: gamma(a, 1 / s, x),
        [(2.5, 0.75, 3), (0.0625, 0.5, 1e-300), (0.03125, 4, 1e3), (300, 65536, 1.9e7), (1e6, 2, 2001000), (64, 1, 70), (1e4, 1, 4000)],
    ),
    "inverse gamma": (
        lambda a, b, x: a * log(b) - loggamma(a) - (a + 1) * log(x) - b / x,
        [(3, 2, 0.5), (0.125, 0.25, 1e300), (0.125, 0.25, 0.01), (64, 1024, 15), (1e6, 2, 2.001e-6), (1000, 16, 0.1)],
    ),
    "generalised gamma": (
        generalised_gamma,
        [(1, 2, 1, 0.5), (2.5, 0.75, 3, 1e-300), (0.5, 8, 1e3, 1200), (2.5, 0.75, 3, 1e5), (8, 0.25, 1e-6, 0.5), (1000, 1, 2, 2100), (20, 0.125, 1e-12, 100)],
    ),
    "chi": (chi, [(1, 0.5), (0.0625, 1e-300), (4.5, 30), (1000, 32), (1e6, 1001), (200, 1e-200)]),
    "chi-squared": (
        lambda k, x: gamma(k / 2, mpf(1) / 2, x),
        [(1, 0.5), (0.0625, 1e-300), (4.5, 900), (2000, 2100), (2e6, 2001000)],
    ),
    "Rayleigh": (lambda s, x: log(x) - 2 * log(s) - (x / s) ** 2 / 2, [(1, 0.5), (2.0**-10, 1e-300), (1e5, 3e5)]),
    "Maxwell": (
        lambda s, x: log(2) - log(2 * pi) / 2 + 2 * log(x) - 3 * log(s) - (x / s) ** 2 / 2,
        [(1, 0.5), (2.0**-10, 1e-300), (1e5, 3e5)],
    ),
    "Nakagami": (
        nakagami,
        [(1, 1, 0.5), (0.25, 1e3, 1e-300), (2.5, 0.75, 1.5), (60, 4, 2.5), (500, 4, 2.05), (1e6, 1, 1.002), (1e4, 2, 0.5)],
    ),
    "Fréchet": (
        lambda a, s, x: log(a / s) - (a + 1) * log(x / s) - (x / s) ** -a,
        [(1, 1, 0.5), (2.5, 3, 4), (0.125, 0.5, 1e300), (0.125, 0.5, 1e-7), (64, 1024, 1030)],
    ),
    "Lévy": (lambda c, x: log(c / (2 * pi)) / 2 - 3 * log(x) / 2 - c / (2 * x), [(1, 0.5), (2.0**-7, 1e300), (4096, 30), (1, 1e-2)]),
    "inverse Gaussian": (
        inverse_gaussian,
        [(1, 1, 0.5), (2.5, 0.75, 1e300), (8, 0.015625, 1e-3), (0.125, 512, 0.126), (1e6, 1, 1e3), (1, 1e6, 1.001), (1, 1, 1e-150)],
    ),
    "Rice": (
        rice,
        [(1, 1, 0.5), (6, 0.5, 6.25), (0.125, 2, 3), (2.0**-20, 1, 2), (1000, 0.25, 1000.5), (4, 1, 5.75), (4, 1, 6), (4, 1, 7), (1, 1, 1e-300), (2.5, 0.75, 40)],
    ),
    "logistic": (
        lambda m, s, x: -log(s) - (x - m) / s - 2 * log(1 + exp(-(x - m) / s)),
        [(0, 1, 0.5), (4, 0.0625, 4 + 2.0**-30), (-100, 1024, 1e5), (4, 0.0625, -40), (0, 1, 1.9)],
    ),
    "hyperbolic secant": (
        lambda m, s, x: -log(2 * s) - log(cosh(pi * (x - m) / s / 2)),
        [(0, 1, 0.5), (1e3, 1e-2, 1000 + 2.0**-30), (-2.5, 0.25, 30), (-2.5, 0.25, -500), (0, 1, 0.6)],
    ),
    "Gumbel": (
        lambda m, s, x: -log(s) - (x - m) / s - exp(-(x - m) / s),
        [(0, 1, 0.5), (-7, 0.0078125, -7.03), (0.5, 2.5, 1000), (0.5, 2.5, -200)],
    ),
    "generalised extreme value": (
        gev,
        [
            (0, 1, 0.25, 0.5),
            (1.5, 2, -0.25, 9),
            (1.5, 2, -0.25, -1e3),
            (-1, 0.5, 1.5, 1e200),
            (2, 3, 0, 5.5),
            (0, 1, 2.0**-40, 3),
            (0, 1, -1e-3, -2),
            (0, 1, 0.125, 1.75),
            (0, 1, -0.4375, 2.25),
            (0, 1, 0.5, -1.9),
        ],
    ),
    "skew-normal": (
        skew_normal,
        [(0, 1, 1, 0.5), (1, 2, -3, 4), (0, 1, 20, -1.5), (-2, 0.5, 0, -1.75), (0, 1, 0.125, 30)],
    ),
    "Lomax": (
        lambda a, s, x: log(a / s) - (a + 1) * log(1 + x / s),
        [(1, 1, 0.5), (4.5, 0.25, 1e-300), (0.25, 1e3, 1e300), (1e6, 2e6, 3), (1e-10, 1, 1e30), (2.5, 4, 5)],
    ),
    "Burr": (
        burr,
        [(1, 1, 1, 0.5), (2.5, 0.75, 3, 1e-300), (2.5, 0.75, 3, 1e300), (8, 20, 1e-3, 7e-4), (0.5, 1e-8, 1, 1e100), (64, 2, 5, 5.1)],
    ),
    "log-logistic": (
        lambda s, b, x: log(b / s) + (b - 1) * log(x / s) - 2 * log(1 + (x / s) ** b),
        [(1, 1, 0.5), (3, 4.5, 3.25), (1e3, 0.25, 1e-300), (1e3, 0.25, 1e300), (2, 64, 2.5)],
    ),
    "generalised Pareto": (
        gpd,
        [
            (1, 0.25, 0.5),
            (2, -0.375, 5),
            (0.5, 3, 1e250),
            (4, 0, 3),
            (1.5, 2.0**-40, 7),
            (1.5, -1e-3, 7),
            (1, -0.25, 0.96875),
            (1, 1e6, 1e100),
        ],
    ),
    "Gompertz": (
        lambda a, b, x: log(a) + b * x - a * expm1(b * x) / b,
        [(1, 1, 0.5), (0.25, 2.5, 1.75), (4, 1e-3, 0.375), (1, 2.0**-60, 3), (1e-5, 0.125, 90), (2, 0.25, 1e-300)],
    ),
    "F": (
        fisher_snedecor,
        [
            (5, 10, 0.5),
            (0.25, 0.5, 1e-300),
            (0.25, 0.5, 1e300),
            (1024, 2048, 1.03125),
            (1e6, 3, 0.75),
            (3, 1e6, 2.5),
            (1e6, 4e6, 1.001),
            (1e8, 500, 0.9375),
            (200, 100, 0.875),
            (1e6, 3, 1e-6),
            (1e6, 1e-3, 1.5),
        ],
    ),
    "Pareto": (  # above 2
        lambda a, x: log(a) + a * log(mpf(2)) - (a + 1) * log(x),
        [(1, 3), (4.5, 2.0 + 2.0**-40), (0.03125, 1e300), (4.5, 4.25)],
    ),
    "Kumaraswamy": (
        lambda a, b, x: log(a * b) + (a - 1) * log(x) + (b - 1) * log(1 - x**a),
        [(2, 3, 0.5), (0.125, 0.25, 1e-300), (0.125, 0.25, 1 - 2.0**-53), (8, 200, 0.45), (1e-3, 2.5, 0.75)],
    ),
    "von Mises": (
        lambda m, k, x: k * cos(x - m) - log(2 * pi) - log(besseli(0, k)),
        [(0, 1, 0.5), (1.5, 4.5, -3), (3, 1e3, 3.125), (-0.5, 2.0**-10, 2), (0.25, 63, 0.375), (0.25, 1e6, 0.2515), (40, 64, 2.5)],
    ),
    "Bernoulli": (lambda p, x: x * log(p) + (1 - x) * log(1 - p), [(0.25, 1), (0.25, 0), (1 - 2.0**-20, 0), (2.0**-30, 1)]),
    "binomial": (binomial, [(0.5, 3), (0.25, 0), (1 - 2.0**-20, 7), (2.0**-30, 10), (0.25, 2.5)]),
    "geometric": (lambda p, x: log(p) + (x - 1) * log(1 - p), [(0.5, 1), (0.125, 20), (2.0**-40, 1e12), (1 - 2.0**-20, 3), (0.25, 2.5)]),
    "negative binomial": (
        negative_binomial,
        [
            (1, 0.5, 0),
            (2.5, 0.125, 30),
            (1e-8, 0.5, 0),
            (1e-8, 0.5, 3),
            (0.125, 2.0**-40, 1e12),
            (1e3, 0.9375, 70),
            (1e3, 0.9375, 0.5),
            (1e8, 1 - 2.0**-24, 7),
            (1e8, 1 - 2.0**-20, 100),
            (1e8, 0.5, 100001000),
            (1e6, 0.25, 64),
            (64, 2.0**-10, 65000),
        ],
        200,
    ),
    "zero-inflated Poisson": (
        zero_inflated_poisson,
        [(0.25, 2, 0), (0.25, 2, 3), (0.5, 2.0**-30, 0), (2.0**-40, 30, 0), (0.9990234375, 5, 7), (0.5, 1000, 1100), (0.5, 1000, 0)],
        200,
    ),
    "beta-binomial": (
        beta_binomial,
        [(1, 1, 3), (2.5, 0.75, 0), (2.5, 0.75, 10), (200, 300, 4), (1e8, 2e8, 3), (2.0**-20, 2.0**-10, 5), (2.0**-20, 1e6, 1), (2.5, 0.75, 2.5)],
        200,
    ),
    "logarithmic": (
        lambda p, x: x * log(p) - log(x) - log(-log(1 - p)),
        [(0.5, 1), (0.5, 4), (0.125, 3), (0.0625, 2), (2.0**-30, 1), (2.0**-30, 2), (1 - 2.0**-30, 1e6), (0.9990234375, 300)],
    ),
    "zeta": (lambda s, x: -s * log(x) - log(zeta(s)), [(3.5, 1), (2, 7), (1.0625, 1e15), (1 + 2.0**-30, 1e300), (16, 2), (1000, 1)], 200),
    "Zipf": (zipf, [(1, 1), (2.5, 3), (-8, 10), (-8, 1), (0, 4), (30, 1), (-300, 10), (0.5, 2.5)], 200),
    "Skellam": (
        skellam,
        [
            (1, 1, 1),
            (4, 0.5, 3),
            (4, 0.5, -2),
            (2.0**-10, 2.0**-9, 1),
            (30, 20, 12.5),
            (1e4, 2500, 7600),
            (1e4, 1e4, 40),
            (1e4, 1e4, -900),
            (2500, 1e4, 40000),
            (1, 1, 199),
            (1, 1, 201),
            (1e-3, 2, 1e6),
            (1e8, 2.0**-20, 99995000),
            (50, 49, 12),
            (51, 50, 12),
        ],
        150,
    ),
    "Conway–Maxwell–Poisson": (
        conway_maxwell_poisson,
        [(2, 1.5, 3), (0.75, 0.25, 2), (0.75, 2.0**-7, 3), (10, 8, 1), (10, 8, 6), (1e3, 0.75, 10100), (200, 0.75, 1200), (1e100, 60, 48), (90, 1, 80), (2, 1.5, 2.5)],
        120,
    ),
    "categorical": (categorical, [(0.25, 0.5, 0), (0.25, 0.5, 1), (0.25, 0.5, 2), (0.5, 0.4990234375, 2)]),
    "Poisson": (lambda r, x: x * log(r) - r - loggamma(x + 1), [(1, 0), (4.5, 7), (2.0**-10, 3), (1000, 1100), (4.5, 2.5), (1e6, 1002000), (64, 64.5), (1000, 300)]),
    "multinomial": (  # ten trials
        lambda p, q, x, y, z: loggamma(11) - loggamma(x + 1) - loggamma(y + 1) - loggamma(z + 1) + x * log(p) + y * log(q) + z * log(1 - p - q),
        [(0.25, 0.5, (3, 5, 2)), (0.125, 0.375, (0, 10, 0)), (2.0**-30, 0.5, (1, 0, 9)), (2.0**-10, 1 - 2.0**-7, (0, 9, 1))],
        200,
    ),
    "Dirichlet": (
        dirichlet,
        [
            (1, 1, 1, (0.25, 0.5, 0.25)),
            (2.5, 0.75, 4, (0.125, 0.25, 0.625)),
            (0.125, 0.25, 0.0625, (1e-300, 0.5, 0.5)),
            (1e6, 2e6, 0.5, (0.3330078125, 0.6669921875 - 2.0**-24, 2.0**-24)),
            (60, 1e-3, 1e-3, (0.96875, 0.03125, 2.0**-70)),
            (100, 1, 0.5, (0.875, 0.0625, 0.0625)),
            (1e8, 1e4, 100, (1 - 13 * 2.0**-17 - 2.0**-20, 13 * 2.0**-17, 2.0**-20)),
        ],
    ),
    "bivariate normal": (
        bivariate_normal,
        [
            (0, 0, 1, 1, 0, (0.5, -1.25)),
            (1, -2, 2, 0.5, -0.625, (3, -2.75)),
            (0, 0, 1, 1024, 0.9990234375, (0.5, 530)),
            (0, 0, 1, 1, 1 - 2.0**-40, (1, 1 + 2.0**-21)),
            (0, 0, 1, 1, -1 + 2.0**-40, (1, -1 + 2.0**-21)),
            (0, 0, 1, 2, 2.0**-30, (1e10, 1e-3)),
            (0, 0, 1e-100, 1e100, 0.25, (2e-100, -3e100)),
        ],
    ),
    "2-dimensional normal": (
        multivariate_normal(2),
        [
            (0, 0, 1, 0.25, 1, (0.5, -1.25)),
            (1, -2, 4, -0.625, 0.25, (3, -2.75)),
            (5, 0, 1e-6, 0.5, 1e6, (5.002, -300)),
            (0, 0, 1, 0.96875, 1, (2, -3)),
        ],
    ),
    "3-dimensional normal": (
        multivariate_normal(3),
        [
            (1, -2, 0.5, 4, -0.625, 0.25, 1, 0.25, 2, (3, -2.75, 1.5)),
            (0, 0, 0, 1, 0.96875, 1, 0.9375, 0.96875, 1, (0.5, 1, -1)),
        ],
    ),
    "normal vector": (multivariate_normal(2), [(1, -2, 4, -0.625, 0.25, (3, -2.75)), (5, 0, 1e-6, 0.5, 1e6, (5.002, -300))]),
    "multivariate t": (
        multivariate_t(2),
        [
            (1, -2, 4, -0.625, 0.25, 8, (3, -2.75)),
            (0, 0, 1, 0.96875, 1, 0.5, (1e200, -3)),
            (0, 0, 1, 0.25, 1, 4096, (0.5, 1.25)),
            (0, 0, 1, 0.25, 1, 1e8, (2, -1)),
        ],
    ),
    "Wishart": (
        wishart(2),
        [
            (3, 1, 0, 1, (2, 0.5, 3)),
            (7.5, 2, -0.5, 0.25, (9, -3, 2)),
            (1.125, 1, 0.5, 1, (1e-10, 0, 1e-3)),
            (2000, 1, 0.5, 2, (2010, 990, 4020)),
        ],
    ),
    "mixture of two normals": (
        lambda w, m, s, n, t, x: mixture_of_two(normal, w, (m, s), (n, t), x),
        [(0.25, 0, 1, 3, 2, 0.5), (0.5, -1, 0.5, 1, 0.5, 0.125), (0.0625, 0, 1, 50, 0.125, 20), (1 - 2.0**-40, 0, 1, 0.5, 1e-3, 0.5001), (0.5, 0, 1, 3, 2, 1e6)],
    ),
    "mixture of two Poissons": (
        lambda w, r, t, x: mixture_of_two(poisson, w, (r,), (t,), x),
        [(0.5, 1, 8, 4), (0.125, 0.25, 3, 0), (0.875, 0.5, 400, 150), (2.0**-30, 0.5, 400, 1), (0.75, 2.0**-30, 2.0**-40, 0)],
    ),
    "truncated normal": (
        lambda m, s, x: normal(m, s, x) - normal_between(m, s, mpf(-1), mpf(3)),
        [(0, 1, 0.5), (2, 0.5, -0.75), (-4, 2, 2.75), (-30, 1, 0.125), (0.5, 4, 2)],
    ),
    "zero-truncated Poisson": (lambda r, x: poisson(r, x) - log(1 - exp(-r)), [(1, 1), (4.5, 7), (0.0625, 2), (1000, 900)]),
    "censored normal": (censored_normal, [(0, 1, 0), (2, 0.5, 1.5), (-40, 1, 3), (-3, 0.125, -7), (1, 2, 5)]),
    "censored exponential": (lambda r, x: -2 * r if x > 2 or near(x, 2) else log(r) - r * x, [(1, 0.5), (4.5, 2), (2.0**-10, 3), (2.0**-10, 1e-300)]),
    "censored Poisson": (censored_poisson, [(1, 0), (4.5, 6), (0.25, 8), (16, 5), (8, 6)]),
    "grouped normal": (grouped_normal, [(0, 1, 0), (1.5, 0.75, 2), (-3, 1, 4), (10, 0.5, 1), (0.25, 8, 3)]),
    "zero-inflated Poisson": (
        lambda p, r, x: zero_inflated(poisson, p, (r,), x, True),
        [(0.25, 2, 0), (0.5, 0.0625, 3), (2.0**-10, 100, 0), (1 - 2.0**-20, 4.5, 7), (1 - 2.0**-20, 4.5, 0), (2.0**-40, 2, 0)],
    ),
    "zero-inflated binomial": (
        lambda p, q, x: zero_inflated(binomial, p, (q,), x, True),
        [(0.25, 0.5, 0), (0.5, 0.25, 4), (2.0**-10, 1 - 2.0**-10, 0), (1 - 2.0**-20, 0.25, 10)],
    ),
    "zero-inflated gamma": (
        lambda p, a, r, x: zero_inflated(gamma, p, (a, r), x, False),
        [(0.25, 2.5, 0.75, 0), (0.5, 1.5, 1, 1e-30), (1 - 2.0**-20, 1000, 0.0625, 16100)],
    ),
    "hyperbolic secant by location and scale": (
        lambda m, s, x: log(sech(pi * (x - m) / (2 * s)) / 2) - log(s),
        [(0, 1, 0.5), (-3.5, 0.25, -3.25), (1e3, 1e-3, 1001), (0, 2, -1e6)],
    ),
}


def point(density, theta, x, digits=900):
    with mp.workdps(digits):
        return differentiated(density, theta, x)


def differentiated(density, theta, x):  # an observation is a number or a tuple
    coordinates = x if isinstance(x, tuple) else (x,)
    at = [mpf(v) for v in (*theta, *coordinates)]

    def along(order):
        # Steps in proportion to each coordinate, since x may be 1e-300.
        scale = [abs(v) if v != 0 else mpf(1) for v in at]
        scaled = lambda *u: density(*[v + s * w for v, s, w in zip(at, scale, u)])
        value = diff(scaled, [mpf(0)] * len(at), tuple(order))
        for s, k in zip(scale, order):
            value /= s**k
        return value

    def unit(*indices):
        return [indices.count(k) for k in range(len(at))]

    count = len(theta)
    exact = lambda v: repr(float(v))
    same = lambda values: values if isinstance(x, tuple) else values[0]
    return {
        "theta": [exact(v) for v in theta],
        "x": same([exact(v) for v in coordinates]),
        "value": nstr(density(*at), 25),
        "score": [nstr(along(unit(i)), 25) for i in range(count)],
        "hessian": [nstr(along(unit(j, i)), 25) for i in range(count) for j in range(i + 1)],
        "slope": same([nstr(along(unit(count + k)), 25) for k in range(len(coordinates))]),
    }


def rows(name):
    density, points, *digits = FAMILIES[name]
    return [point(density, p[:-1], p[-1], *digits) for p in points]


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool() as pool:
        table = dict(zip(FAMILIES, pool.map(rows, FAMILIES, chunksize=1)))
    print(json.dumps(table, indent=1, ensure_ascii=False))
