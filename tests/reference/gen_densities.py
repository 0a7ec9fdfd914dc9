"""Log-densities with their gradients and Hessians at awkward points, for densities.json.

Run with mpmath 1.3: python3 gen_densities.py > densities.json
Arguments are IEEE doubles, printed exactly; derivatives are differences at 900 digits (x may be 1e300), printed to 25.
"""

import json
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
    "Bernoulli": (lambda p, x: x * log(p) + (1 - x) * log(1 - p), [(0.25, 1), (0.25, 0), (1 - 2.0**-20, 0), (2.0**-30, 1)]),
    "binomial": (binomial, [(0.5, 3), (0.25, 0), (1 - 2.0**-20, 7), (2.0**-30, 10), (0.25, 2.5)]),
    "Poisson": (poisson, [(1, 0), (4.5, 7), (2.0**-10, 3), (1000, 1100), (4.5, 2.5), (1e6, 1002000), (64, 64.5), (1000, 300)]),
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
