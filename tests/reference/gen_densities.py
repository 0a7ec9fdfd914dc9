"""Log-densities with their gradients and Hessians at awkward points, for densities.json.

Run with mpmath 1.3: python3 gen_densities.py > densities.json
Arguments are IEEE doubles, printed exactly; derivatives are differences at 900 digits (x may be 1e300), or as many as a family with
expensive functions names after its points, printed to 25.
"""

import json
from mpmath import mp, mpf, log, exp, pi, sqrt, loggamma, besseli, zeta, diff, nstr

mp.dps = 900


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def normal(m, s, x):
    return -((x - m) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2


def student_t(m, s, n, x):
    return -log_beta(n / 2, mpf(1) / 2) - log(n) / 2 - log(s) - (n + 1) / 2 * log(1 + ((x - m) / s) ** 2 / n)


def binomial(p, x):  # ten trials
    return -log(11) - log_beta(x + 1, 11 - x) + x * log(p) + (10 - x) * log(1 - p)


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


FAMILIES = {
    "normal": (normal, [(0, 1, 0.5), (1e6, 1e-3, 1e6 + 0.25), (-3, 2, 1e100)]),
    "lognormal": (lambda m, s, x: normal(m, s, log(x)) - log(x), [(0, 1, 0.5), (10, 8, 1e-300), (-2, 0.25, 1e30)]),
    "exponential": (lambda r, x: log(r) - r * x, [(1, 0.5), (1e-3, 1e5), (2, 1e-300)]),
    "gamma": (
        lambda a, r, x: a * log(r) - loggamma(a) + (a - 1) * log(x) - r * x,
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
}


def point(density, theta, x, digits=900):
    with mp.workdps(digits):
        return differentiated(density, theta, x)


def differentiated(density, theta, x):
    at = [mpf(v) for v in (*theta, x)]

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
    return {
        "theta": [exact(v) for v in theta],
        "x": exact(x),
        "value": nstr(density(*at), 25),
        "score": [nstr(along(unit(i)), 25) for i in range(count)],
        "hessian": [nstr(along(unit(j, i)), 25) for i in range(count) for j in range(i + 1)],
        "slope": nstr(along(unit(count)), 25),
    }


rows = {name: [point(f, p[:-1], p[-1], *digits) for p in points] for name, (f, points, *digits) in FAMILIES.items()}
print(json.dumps(rows, indent=1, ensure_ascii=False))
