"""Log-densities with their gradients and Hessians at awkward points, for densities.json.

Run with mpmath 1.3: python3 gen_densities.py > densities.json
Arguments are IEEE doubles, printed exactly; derivatives are differences at 900 digits (x may be 1e300), printed to 25.
"""

import json
from mpmath import mp, mpf, matrix, det, log, pi, loggamma, diff, nstr

mp.dps = 900


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def normal(m, s, x):
    return -((x - m) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2


def student_t(m, s, n, x):
    return -log_beta(n / 2, mpf(1) / 2) - log(n) / 2 - log(s) - (n + 1) / 2 * log(1 + ((x - m) / s) ** 2 / n)


def binomial(p, x):  # ten trials
    return -log(11) - log_beta(x + 1, 11 - x) + x * log(p) + (10 - x) * log(1 - p)


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
}


def point(density, theta, x):  # an observation is a number or a tuple
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


rows = {name: [point(f, p[:-1], p[-1]) for p in points] for name, (f, points) in FAMILIES.items()}
print(json.dumps(rows, indent=1, ensure_ascii=False))
