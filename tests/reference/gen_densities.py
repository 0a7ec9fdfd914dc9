"""Log-densities with their gradients and Hessians at awkward points, for densities.json.

Run with mpmath 1.3: python3 gen_densities.py > densities.json
Arguments are IEEE doubles, printed exactly; derivatives are differences at 900 digits (x may be 1e300), printed to 25.
"""

import json
from mpmath import mp, mpf, log, pi, loggamma, diff, nstr

mp.dps = 900


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def normal(m, s, x):
    return -((x - m) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2


def student_t(m, s, n, x):
    return -log_beta(n / 2, mpf(1) / 2) - log(n) / 2 - log(s) - (n + 1) / 2 * log(1 + ((x - m) / s) ** 2 / n)


def binomial(p, x):  # ten trials
    return -log(11) - log_beta(x + 1, 11 - x) + x * log(p) + (10 - x) * log(1 - p)


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
    "Poisson": (lambda r, x: x * log(r) - r - loggamma(x + 1), [(1, 0), (4.5, 7), (2.0**-10, 3), (1000, 1100), (4.5, 2.5), (1e6, 1002000), (64, 64.5), (1000, 300)]),
}


def point(density, theta, x):
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


rows = {name: [point(f, p[:-1], p[-1]) for p in points] for name, (f, points) in FAMILIES.items()}
print(json.dumps(rows, indent=1, ensure_ascii=False))
