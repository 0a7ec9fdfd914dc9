"""Dense reference table of special functions and their derivatives, written to special_dense.json.

Needs only mpmath (1.3). Every argument is an IEEE double, printed with repr, so that nothing is lost on the way. Every value
is printed with 25 significant digits. The routes differ from those of the library on purpose:

- one variable: closed forms at 120 digits or more, derivatives from polynomials in the function and its first derivative
  (the cancellation that ruins them in double precision costs nothing here);
- ln B: differences of polygamma functions at 120 digits;
- P, Q and I_x(a, b): a positive series at 120 digits or more, derivatives by central differences with step 1e-25 times the
  natural scale, whose truncation error is near 1e-50; values are checked against mpmath's own gammainc and betainc.
"""

import json
import mpmath
from mpmath import mp, mpf

DIGITS = 25
SMALLEST = mpf(10) ** -290  # rows with smaller values would test underflow, not accuracy


def text(v):
    return mpmath.nstr(v, DIGITS, min_fixed=0, max_fixed=0) if v else "0"


def logspace(lo, hi, per_decade):
    n = int(round((hi - lo) * per_decade))
    return [float(10 ** (lo + i / per_decade)) for i in range(n + 1)]


def binomial_recurrence(moments, n):
    """Derivatives of ln f from moments[k] = f^(k)/f: k_n = m_n - sum_j C(n-1, j-1) k_j m_(n-j)."""
    k = [mpf(0)]
    for i in range(1, n + 1):
        k.append(moments[i] - sum(mp.binomial(i - 1, j - 1) * k[j] * moments[i - j] for j in range(1, i)))
    return k[1:]


def gamma_family(x):
    return [mp.loggamma(x)] + [mp.psi(n, x) for n in range(12)]


def erf_family(x, complement):
    d1 = 2 / mp.sqrt(mp.pi) * mp.exp(-x * x) * (-1 if complement else 1)
    return [mp.erfc(x) if complement else mp.erf(x), d1, -2 * x * d1, (4 * x * x - 2) * d1]


def ln_norm_cdf(x):
    with mp.workdps(400):
        cdf = mp.erfc(-x / mp.sqrt(2)) / 2
        pdf = mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)
        r = pdf / cdf
        he = [1, x, x * x - 1, x ** 3 - 3 * x]
        m = [mpf(1)] + [(-1) ** (n - 1) * he[n - 1] * r for n in range(1, 5)]
        # ln(1 - small) keeps its digits at this precision up to x = 30
        return [mp.log(cdf)] + binomial_recurrence(m, 3)


def ln_1m_exp(x):
    with mp.workdps(400):
        n = 1 / (mp.exp(-x) - 1)
        return [mp.log(1 - mp.exp(x)), -n, -n * (1 + n), -n * (1 + n) * (1 + 2 * n)]


def logistic(x):
    with mp.workdps(700):
        p = 1 / (1 + mp.exp(-x))
        return [p, p * (1 - p), p * (1 - p) * (1 - 2 * p), p * (1 - p) * (1 - 6 * p + 6 * p * p)]


def ln_1p_exp(x):
    with mp.workdps(700):
        return [mp.log(1 + mp.exp(x))] + logistic(x)[:3]


def ln_bessel_i0(x):
    with mp.workdps(200):
        i0 = mp.besseli(0, x)
        # I0' = I1, I0'' = I0 - I1/x, and on from the differential equation f'' = f - f'/x
        d = [i0, mp.besseli(1, x)]
        d.append(d[0] - d[1] / x)
        d.append(d[1] - d[2] / x + d[1] / x ** 2)
        d.append(d[2] - d[3] / x + 2 * d[2] / x ** 2 - 2 * d[1] / x ** 3)
        return [mp.log(i0)] + binomial_recurrence([v / i0 for v in d], 4)


def ln_zeta(s):
    # ln zeta is near 2^-s: less than s digits are lost
    with mp.workdps(120 + int(s)):
        z = [mp.zeta(s, 1, n) for n in range(6)]
        return [mp.log(z[0])] + binomial_recurrence([v / z[0] for v in z], 5)


def ln_beta(a, b):
    out = [mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)]
    for n in range(3):  # total order n + 1: da, db; daa, dab, dbb; daaa, daab, dabb, dbbb
        s = mp.psi(n, a + b)
        out += [mp.psi(n, a) - s] + [-s] * n + [mp.psi(n, b) - s]
    return out


def gamma_p(a, x):
    term = total = mpf(1)
    k = 0
    while term > total * mp.eps:
        k += 1
        term *= x / (a + k)
        total += term
    return total * mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))


def inc_gamma(a, x):
    with mp.workdps(140):
        q = 1 - gamma_p(a, x)
        extra = int(-mp.log10(abs(q))) + 10 if abs(q) > mpf(10) ** -130 else 460
    with mp.workdps(140 + extra):
        f = gamma_p
        p = f(a, x)
        s = mp.sqrt(a) if a > 1 else a  # natural scale of change in a
        t = min(x, mp.sqrt(a) if a > 1 else x)
        h, g = s * mpf(10) ** -25, t * mpf(10) ** -25
        ap, am, xp, xm = f(a + h, x), f(a - h, x), f(a, x + g), f(a, x - g)
        mixed = (f(a + h, x + g) - f(a + h, x - g) - f(a - h, x + g) + f(a - h, x - g)) / (4 * h * g)
        return [p, 1 - p, (ap - am) / (2 * h), (xp - xm) / (2 * g), (ap - 2 * p + am) / h ** 2, mixed,
                (xp - 2 * p + xm) / g ** 2]


def beta_i(x, a, b, side):
    """I_x(a, b), or its complement if side is 1, by a positive series in x."""
    term = total = mpf(1)
    k = 0
    while term > total * mp.eps * (1 - x):
        term *= (a + b + k) / (a + 1 + k) * x
        total += term
        k += 1
    v = total * mp.exp(a * mp.log(x) + b * mp.log(1 - x) + mp.loggamma(a + b) - mp.loggamma(a + 1) - mp.loggamma(b))
    return 1 - v if side else v


def inc_beta(x, a, b):
    with mp.workdps(160):
        flip = x > 0.5
        f = (lambda x, a, b: beta_i(1 - x, b, a, 1)) if flip else (lambda x, a, b: beta_i(x, a, b, 0))
        c = (lambda x, a, b: beta_i(1 - x, b, a, 0)) if flip else (lambda x, a, b: beta_i(x, a, b, 1))
        spread = mp.sqrt(1 / (1 / a + 1 / b))
        e = mpf(10) ** -25
        h = [min(x, 1 - x) * min(1, 1 / mp.sqrt(max(a, b))) * e, min(a, max(spread, mp.sqrt(a))) * e,
             min(b, max(spread, mp.sqrt(b))) * e]
        v0 = f(x, a, b)

        def at(*shifts):
            p = [x, a, b]
            for i, sign in shifts:
                p[i] += sign * h[i]
            return f(*p)

        first, second = [], {}
        for i in range(3):
            up, down = at((i, 1)), at((i, -1))
            first.append((up - down) / (2 * h[i]))
            second[i, i] = (up - 2 * v0 + down) / h[i] ** 2
            for j in range(i):
                second[j, i] = (at((i, 1), (j, 1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1)) + at((i, -1), (j, -1))) / (
                    4 * h[i] * h[j])
        assert (v0 if flip else c(x, a, b)) > mpf(10) ** -70  # what is left of the 160 digits after two differences
        return [v0, c(x, a, b)] + first + [second[k] for k in [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]]


TABLES = []


def table(name, arguments, values, points, f):
    rows = []
    for p in points:
        v = f(*map(mpf, p))
        if any(0 < abs(y) < SMALLEST for y in v):
            print("left out", name, p)
            continue
        rows.append([repr(a) for a in p] + [text(y) for y in v])
    TABLES.append({"function": name, "arguments": arguments, "values": values, "rows": rows})
    print(name, len(rows), flush=True)


def both(xs):
    return [(-x,) for x in reversed(xs)] + [(x,) for x in xs]


def one(xs):
    return [(x,) for x in xs]


def main():
    mp.dps = 120
    f3 = ["f", "d1", "d2", "d3"]
    gx = logspace(-8, 8, 5) + [0.25, 0.75, 0.9, 0.99, 1.01, 1.2, 1.4, 1.46163, 1.6, 1.75, 1.9, 1.99, 2.01, 2.2, 2.75, 3.0, 3.5,
                               4.0, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5, 13.5, 14.5, 17.0, 21.0, 27.0]
    table("gamma_family", ["x"], ["ln_gamma"] + ["psi%d" % n for n in range(12)], one(gx), gamma_family)
    ex = logspace(-8, -2, 1) + [0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.7, 0.83, 0.9, 1.1, 1.24, 1.3, 1.7, 2.1, 2.6, 2.9, 3.3, 4.1, 5.3,
                                6.1, 7.7, 9.3, 12.1, 15.7, 19.3, 22.9, 25.1]
    table("erf", ["x"], f3, both(ex), lambda x: erf_family(x, False))
    table("erfc", ["x"], f3, both(ex), lambda x: erf_family(x, True))
    nx = logspace(-8, -2, 1) + [0.1, 0.25, 0.49, 0.51, 0.75, 0.99, 1.2, 1.49, 1.51, 1.8, 2.2, 2.49, 2.51, 3.1, 3.49, 3.7, 4.3, 4.51,
                                4.9, 5.3, 5.49, 5.51, 5.9, 6.6, 7.7, 8.3, 9.9, 11.3, 13.7, 17.1, 23.3, 29.7, 35.3]
    table("ln_norm_cdf", ["x"], f3, [(-x,) for x in [1e8, 1e6, 12345.0, 1234.5, 333.0, 99.0, 55.5, 41.0, 38.5]] + both(nx),
          ln_norm_cdf)
    lx = logspace(-8, -2, 1) + [0.05, 0.1, 0.3, 0.5, 0.69, 0.7, 1.0, 1.25, 1.4, 2.0, 3.0, 5.0, 9.0, 17.0, 19.0, 25.0, 33.0, 34.0,
                                36.5, 37.5, 60.0, 100.0, 250.0, 600.0]
    table("ln_1m_exp", ["x"], f3, [(-x,) for x in lx], ln_1m_exp)
    table("ln_1p_exp", ["x"], f3, both(lx), ln_1p_exp)
    table("logistic", ["x"], f3, both(lx), logistic)
    bx = logspace(-4, 0, 2) + [0.05, 0.2, 0.35, 0.5, 0.7, 0.85, 0.95, 1.05, 1.2, 1.5, 1.9, 2.4, 3.0, 3.7, 4.5, 5.5, 7.0, 8.7, 10.5,
                               13.0, 15.0, 17.5, 18.5, 21.0, 25.0, 29.0, 31.0, 37.0, 50.0, 80.0, 130.0, 250.0, 500.0, 709.0, 713.5,
                               2000.0, 12345.0, 1e5, 1e6, 1e8]
    table("ln_bessel_i0", ["x"], f3 + ["d4"], [(-x,) for x in (0.3, 3.7, 713.5)] + one(bx), ln_bessel_i0)
    zs = [1 + 2.0 ** -k for k in (50, 40, 30, 20, 12, 8, 6, 4, 3, 2)] + [1.4, 1.5, 1.7, 2.0, 2.3, 2.5, 3.0, 3.5, 4.0, 5.0, 6.3, 7.5, 9.0, 10.0,
                                                                        11.7, 14.0, 16.0, 17.3, 20.0, 25.0, 31.0, 40.0, 55.0, 80.0,
                                                                        130.0, 300.0, 600.0, 900.0]
    table("ln_zeta", ["s"], f3 + ["d4", "d5"], one(zs), ln_zeta)
    ab = [2.0 ** -26, 2.0 ** -10, 0.1, 0.7, 1.0, 2.3, 5.0, 9.5, 10.5, 33.0, 1000.0, 1e6, 1e9]
    table("ln_beta", ["a", "b"], ["f", "a", "b", "aa", "ab", "bb", "aaa", "aab", "abb", "bbb"],
          [(a, b) for i, a in enumerate(ab) for j, b in enumerate(ab) if j <= i or (i + j) % 4 == 0], ln_beta)
    pts = [(a, a * r) for a in (2.0 ** -10, 0.01, 0.1, 0.3, 0.5, 0.9, 1.0, 1.5, 2.5, 7.5, 9.9, 10.1, 30.0, 100.0, 199.0, 201.0, 1000.0)
           for r in ((0.01, 0.3, 0.9, 1.1, 3.0) if a < 50 else (0.7, 0.9, 0.97, 1.0, 1.04, 1.4))]
    pts += [(a, x) for a in (2.0 ** -10, 0.01, 0.1, 0.45, 0.55, 1.0) for x in (0.2, 0.7, 1.1, 1.3, 2.0, 7.0, 50.0)]
    pts += [(a, a + k * a ** 0.5) for a in (1e4, 1.1e4, 1e5, 1e6) for k in (-8.0, -2.0, -0.25, 0.0, 0.5, 3.0, 7.0)]
    pts = [(float(a), float(x)) for a, x in pts]
    table("inc_gamma", ["a", "x"], ["P", "Q", "a", "x", "aa", "ax", "xx"], pts, inc_gamma)
    for a, x in pts:
        if a < 300 and x < 300:
            with mp.workdps(60):
                assert mp.almosteq(gamma_p(mpf(a), mpf(x)), mp.gammainc(mpf(a), 0, mpf(x), regularized=True), mpf(10) ** -40)
    bp = [(x, a, b) for a, b in ((0.03125, 4.0), (0.5, 0.5), (1.0, 1.0), (0.3, 0.1), (2.0, 3.0), (5.0, 0.2), (9.5, 11.0), (20.0, 5.0),
                                 (50.0, 60.0), (0.7, 300.0)) for x in (0.001953125, 0.1, 0.3, 0.5, 0.7, 0.95)
          if b * x < 60]
    bp += [(m + k * (m * (1 - m) / (a + b)) ** 0.5, a, b) for a, b in ((300.0, 200.0), (1000.0, 3000.0), (10000.0, 20000.0),
                                                                  (1e5, 1e5), (12.0, 1e5))
           for m in (a / (a + b),) for k in (-2.5, -1.0, 0.0, 0.5, 2.0, 4.0)]
    bp = [(float(x), float(a), float(b)) for x, a, b in bp]
    table("inc_beta", ["x", "a", "b"], ["I", "C", "x", "a", "b", "xx", "xa", "xb", "aa", "ab", "bb"], bp, inc_beta)
    for x, a, b in bp:
        if a < 100 and b < 100:
            with mp.workdps(60):
                want = mp.betainc(mpf(a), mpf(b), 0, mpf(x), regularized=True)
                flip = x > 0.5
                have = beta_i(1 - mpf(x), mpf(b), mpf(a), 1) if flip else beta_i(mpf(x), mpf(a), mpf(b), 0)
                assert mp.almosteq(have, want, mpf(10) ** -35), (x, a, b)
    with open("special_dense.json", "w") as out:
        out.write('{"schema": "special-dense/1", "digits": %d, "tables": [\n' % DIGITS)
        for i, t in enumerate(TABLES):
            head = {k: t[k] for k in ("function", "arguments", "values")}
            out.write(json.dumps(head)[:-1] + ', "rows": [\n')
            out.write(",\n".join(json.dumps(r, separators=(",", ":")) for r in t["rows"]))
            out.write("\n]}" + (",\n" if i + 1 < len(TABLES) else "\n"))
        out.write("]}\n")


if __name__ == "__main__":
    main()
