"""Maximum likelihood at 30 digits, from log-densities written in sympy.

The log-density of an observation is a sympy expression in local parameters u and in data. The local parameters are linear in the
parameters of the model, u = A theta, with a matrix A of each observation; a regression has its covariates there. Derivatives up to the
third are symbolic, sums run in mpmath, and Newton's method ends when its step is below 1e-25 relative to the parameters.
"""

from itertools import combinations_with_replacement

import mpmath as mp
import sympy as sp

mp.mp.dps = 30


class Density:
    """A log-density with its derivatives in the local parameters, up to the third, each a function of (u, data)."""

    def __init__(self, expression, local, data):
        self.m = len(local)
        arguments = [*local, *data]
        third = list(combinations_with_replacement(range(self.m), 3))
        second = list(combinations_with_replacement(range(self.m), 2))
        compiled = lambda e: sp.lambdify(arguments, e, modules="mpmath", cse=True)
        self.value = compiled(expression)
        gradient = [sp.diff(expression, a) for a in local]
        hessian = [sp.diff(gradient[a], local[b]) for a, b in second]
        self._gradient, self._hessian = compiled(gradient), compiled(hessian)
        self._second, self._third_index = second, third
        self._third = None
        self._make_third = lambda: compiled([sp.diff(expression, *(local[a] for a in t)) for t in third])

    def derivatives(self, u, data):
        """Value, gradient and Hessian."""
        value = self.value(*u, *data)
        gradient = self._gradient(*u, *data)
        hessian = [[0] * self.m for _ in range(self.m)]
        for (a, b), h in zip(self._second, self._hessian(*u, *data)):
            hessian[a][b] = hessian[b][a] = h
        return value, gradient, hessian

    def third(self, u, data):
        """The third derivatives, as a mapping of sorted triples."""
        if self._third is None:
            self._third = self._make_third()
        return dict(zip(self._third_index, self._third(*u, *data)))


class Observation:
    """Data of one observation with the matrix A, and how often it was seen."""

    def __init__(self, density, a, data, weight=1):
        self.density, self.data, self.weight = density, [mp.mpf(x) for x in data], weight
        self.a = [[mp.mpf(x) for x in row] for row in a]

    def local(self, theta):
        return [mp.fsum(x * t for x, t in zip(row, theta) if x) for row in self.a]

    def derivatives(self, theta):
        """Value, score and Hessian in theta."""
        value, g, h = self.density.derivatives(self.local(theta), self.data)
        p, m, a = len(theta), self.density.m, self.a
        score = [mp.fsum(g[k] * a[k][i] for k in range(m) if a[k][i]) for i in range(p)]
        half = [[mp.fsum(h[k][l] * a[l][j] for l in range(m) if a[l][j]) for j in range(p)] for k in range(m)]
        hessian = [[mp.fsum(a[k][i] * half[k][j] for k in range(m) if a[k][i]) for j in range(p)] for i in range(p)]
        return value, score, hessian

    def third(self, theta):
        """The third derivatives in theta, p x p x p."""
        t, m, p, a = self.density.third(self.local(theta), self.data), self.density.m, len(theta), self.a
        out = [[[mp.mpf(0)] * p for _ in range(p)] for _ in range(p)]
        for x in range(m):
            for y in range(m):
                for z in range(m):
                    value = t[tuple(sorted((x, y, z)))]
                    for i in range(p):
                        for j in range(p):
                            for k in range(p):
                                if a[x][i] and a[y][j] and a[z][k]:
                                    out[i][j][k] += value * a[x][i] * a[y][j] * a[z][k]
        return out


class Model:
    """A sample: the names of the parameters and the observations."""

    def __init__(self, names, observations, clusters=None):
        self.names, self.observations, self.clusters = list(names), observations, clusters

    @property
    def n(self):
        return sum(o.weight for o in self.observations)

    def totals(self, theta):
        """Log-likelihood, score and Hessian of the sample."""
        p = len(theta)
        value, score, hessian = mp.mpf(0), mp.matrix(p, 1), mp.matrix(p, p)
        for o in self.observations:
            v, s, h = o.derivatives(theta)
            value += o.weight * v
            for i in range(p):
                score[i] += o.weight * s[i]
                for j in range(p):
                    hessian[i, j] += o.weight * h[i][j]
        return value, score, hessian

    def fit(self, start):
        """Newton's method from a start close enough; steps that lower the log-likelihood are halved."""
        theta = [mp.mpf(t) for t in start]
        value, score, hessian = self.totals(theta)
        for _ in range(200):
            step = mp.lu_solve(hessian, -score)
            if (score.T * step)[0] < 0:  # not uphill: the Hessian is not negative definite here
                step = mp.matrix([s / (1 + abs(hessian[i, i])) for i, s in enumerate(score)])
            scale = mp.mpf(1)
            while True:
                new = [t + scale * d for t, d in zip(theta, step)]
                try:
                    totals = self.totals(new)
                    good = mp.im(totals[0]) == 0 and totals[0] >= value - mp.mpf(10) ** -20 * abs(value)
                except (ValueError, ZeroDivisionError):
                    good = False
                if good:
                    break
                scale /= 2
                if scale < mp.mpf(2) ** -60:
                    raise ArithmeticError(f"no step improves {self.names}")
            theta, (value, score, hessian) = new, totals
            if max(abs(d) / (1 + abs(t)) for d, t in zip(step, theta)) < mp.mpf(10) ** -25:
                return theta
        raise ArithmeticError(f"Newton's method did not end: {self.names}")

    def outer_product(self, theta):
        p = len(theta)
        total = mp.matrix(p, p)
        for o in self.observations:
            s = mp.matrix(o.derivatives(theta)[1])
            total += o.weight * s * s.T
        return total

    def cluster_product(self, theta):
        p = len(theta)
        sums = {}
        for o, c in zip(self.observations, self.clusters):
            sums[c] = sums.get(c, mp.matrix(p, 1)) + o.weight * mp.matrix(o.derivatives(theta)[1])
        total = mp.matrix(p, p)
        for s in sums.values():
            total += s * s.T
        return total, len(sums)

    def report(self, start, expected=None):
        """Everything that follows from the maximum.

        `expected(theta)` gives observations over which minus the weighted sum of Hessians is the expected information.
        """
        theta = self.fit(start)
        p, n = len(theta), self.n
        value, score, hessian = self.totals(theta)
        bread = mp.inverse(-hessian)
        meat = self.outer_product(theta)
        out = {
            "parameters": self.names,
            "estimate": theta,
            "observations": n,
            "ln_likelihood": value,
            "aic": -2 * value + 2 * p,
            "bic": -2 * value + p * mp.log(n),
            "tic": -2 * value + 2 * sum((bread * meat)[i, i] for i in range(p)),
            "covariance_observed": bread,
            "covariance_opg": mp.inverse(meat) if n > p else None,
            "covariance_sandwich": bread * meat * bread,
        }
        out["se_observed"] = [mp.sqrt(bread[i, i]) for i in range(p)]
        out["se_sandwich"] = [mp.sqrt(out["covariance_sandwich"][i, i]) for i in range(p)]
        if self.clusters:
            middle, groups = self.cluster_product(theta)
            out["clusters"] = groups
            out["covariance_cluster"] = bread * middle * bread
        if expected:
            information = -Model(self.names, expected(theta)).totals(theta)[2]
            out["covariance_expected"] = mp.inverse(information)
            out["se_expected"] = [mp.sqrt(out["covariance_expected"][i, i]) for i in range(p)]
        return out

    def constrained(self, theta, index):
        """The maximum over the other parameters from a start close to it; the log-likelihood and the parameters."""
        others = [i for i in range(len(theta)) if i != index]
        theta = list(theta)
        value, score, hessian = self.totals(theta)
        for _ in range(200):
            k = len(others)
            inner = mp.matrix(k, k)
            for a, i in enumerate(others):
                for b, j in enumerate(others):
                    inner[a, b] = hessian[i, j]
            step = mp.lu_solve(inner, mp.matrix([-score[i] for i in others])) if k else []
            scale = mp.mpf(1)
            while True:
                new = list(theta)
                for i, d in zip(others, step):
                    new[i] += scale * d
                try:
                    totals = self.totals(new)
                    good = mp.im(totals[0]) == 0 and totals[0] >= value - mp.mpf(10) ** -20 * abs(value)
                except (ValueError, ZeroDivisionError):
                    good = False
                if good:
                    break
                scale /= 2
                if scale < mp.mpf(2) ** -60:
                    raise ArithmeticError("no step improves the profile")
            theta, (value, score, hessian) = new, totals
            if all(abs(d) / (1 + abs(theta[i])) < mp.mpf(10) ** -20 for i, d in zip(others, step)):
                return value, theta
        raise ArithmeticError("the profile did not end")

    def profile_end(self, theta, index, sign, level=0.95):
        """One end of the profile-likelihood interval of a parameter.

        Steps outward and bisects with the other parameters at their maximum, then ends with the Newton iteration of Venzon and
        Moolgavkar (1988): the scores of the other parameters vanish, and the log-likelihood is the maximum less half the quantile.
        """
        top, _, hessian = self.totals(theta)
        target = top - chi2_quantile_1(level) / 2
        bread = mp.inverse(-hessian)
        p = len(theta)
        inside, stride = list(theta), sign * mp.sqrt(bread[index, index]) / 4

        def moved(base, by):
            start = [t + by * bread[i, index] / bread[index, index] for i, t in enumerate(base)]
            try:
                if mp.im(self.totals(start)[0]) == 0:
                    return self.constrained(start, index)
            except (ValueError, ZeroDivisionError):
                pass
            start = list(base)
            start[index] += by
            return self.constrained(start, index)

        while True:
            value, outside = moved(inside, stride)
            if value < target:
                break
            inside = outside
        for _ in range(6):
            stride /= 2
            value, middle = moved(inside, stride)
            if value >= target:
                inside = middle
        current = inside
        for _ in range(60):
            value, score, hessian = self.totals(current)
            equations, jacobian = mp.matrix(p, 1), mp.matrix(p, p)
            for i in range(p):
                equations[i] = value - target if i == index else score[i]
                for j in range(p):
                    jacobian[i, j] = score[j] if i == index else hessian[i, j]
            step = mp.lu_solve(jacobian, -equations)
            current = [t + d for t, d in zip(current, step)]
            if max(abs(d) / (1 + abs(t)) for d, t in zip(step, current)) < mp.mpf(10) ** -24:
                assert sign * (current[index] - theta[index]) > 0
                return current[index]
        raise ArithmeticError("the profile did not end")

    def profile_interval(self, theta, index, level=0.95):
        return [self.profile_end(theta, index, -1, level), self.profile_end(theta, index, 1, level)]

    def jackknife(self, theta):
        """Estimates without each observation in turn, and (n - 1) / n times the sum of squares about their mean."""
        rows = []
        for i in range(len(self.observations)):
            rows.append(Model(self.names, self.observations[:i] + self.observations[i + 1 :]).fit(theta))
        n, p = len(rows), len(theta)
        mean = [mp.fsum(r[j] for r in rows) / n for j in range(p)]
        covariance = mp.matrix(p, p)
        for i in range(p):
            for j in range(p):
                covariance[i, j] = mp.mpf(n - 1) / n * mp.fsum((r[i] - mean[i]) * (r[j] - mean[j]) for r in rows)
        return {"leave_one_out": rows, "covariance_jackknife": covariance}

    def information_matrix_test(self, theta, outcomes=None):
        """White's (1982) information-matrix test at the maximum, in up to three forms; README.md has the formulas."""
        p, n = len(theta), self.n
        pairs = [(i, j) for i in range(p) for j in range(i, p)]
        rows = []
        for o in self.observations:
            _, s, h = o.derivatives(theta)
            t = o.third(theta)
            q = [s[i] * s[j] + h[i][j] for i, j in pairs]
            dq = [[h[i][k] * s[j] + s[i] * h[j][k] + t[i][j][k] for k in range(p)] for i, j in pairs]
            rows.append((o.weight, s, q, dq, h))
        # Elements that are linear combinations of the scores and of earlier elements are left out.
        columns, kept = [], []
        product = lambda x, y: mp.fsum(w * a * b for (w, *_), a, b in zip(rows, x, y))
        candidates = [[r[1][i] for r in rows] for i in range(p)] + [[r[2][e] for r in rows] for e in range(len(pairs))]
        for c, column in enumerate(candidates):
            rest = list(column)
            for basis in columns:
                f = product(rest, basis)
                rest = [a - f * b for a, b in zip(rest, basis)]
            norm, size = mp.sqrt(product(rest, rest)), mp.sqrt(product(column, column))
            if size > 0 and norm > mp.mpf(10) ** -12 * size:
                columns.append([a / norm for a in rest])
                if c >= p:
                    kept.append(c - p)
        k = len(kept)
        mean = mp.matrix([mp.fsum(w * q[e] for w, _, q, _, _ in rows) / n for e in kept])
        slope, a = mp.matrix(k, p), mp.matrix(p, p)
        for w, _, _, dq, h in rows:
            for x, e in enumerate(kept):
                for y in range(p):
                    slope[x, y] += w * dq[e][y] / n
            for x in range(p):
                for y in range(p):
                    a[x, y] += w * h[x][y] / n
        correction = slope * mp.inverse(a)
        variance = mp.matrix(k, k)
        for w, s, q, _, _ in rows:
            r = mp.matrix([q[e] for e in kept]) - correction * mp.matrix(s)
            variance += w * r * r.T / n
        white = n * (mean.T * mp.inverse(variance) * mean)[0]
        joint = mp.matrix(p + k, p + k)
        total = mp.matrix(p + k, 1)
        for w, s, q, _, _ in rows:
            v = mp.matrix([*s, *(q[e] for e in kept)])
            joint += w * v * v.T
            total += w * v
        opg = (total.T * mp.inverse(joint) * total)[0]
        out = {
            "elements": [f"{self.names[pairs[e][0]]}*{self.names[pairs[e][1]]}" for e in kept],
            "df": k,
            "mean": list(mean),
            "white": white,
            "p_white": mp.gammainc(mp.mpf(k) / 2, white / 2, mp.inf, regularized=True),
            "opg": opg,
            "p_opg": mp.gammainc(mp.mpf(k) / 2, opg / 2, mp.inf, regularized=True),
        }
        if outcomes:
            ss, qs, qq = mp.matrix(p, p), mp.matrix(k, p), mp.matrix(k, k)
            for o in self.observations:
                for probability, data in outcomes(o, theta):
                    _, s, h = Observation(o.density, o.a, data).derivatives(theta)
                    q = mp.matrix([s[pairs[e][0]] * s[pairs[e][1]] + h[pairs[e][0]][pairs[e][1]] for e in kept])
                    s = mp.matrix(s)
                    weight = o.weight * probability / n
                    ss += weight * s * s.T
                    qs += weight * q * s.T
                    qq += weight * q * q.T
            v = qq - qs * mp.inverse(ss) * qs.T
            out["efficient"] = n * (mean.T * mp.inverse(v) * mean)[0]
            out["p_efficient"] = mp.gammainc(mp.mpf(k) / 2, out["efficient"] / 2, mp.inf, regularized=True)
        return out


def chi2_quantile_1(level):
    """The quantile of chi-squared with one degree of freedom: the square of a normal quantile."""
    return 2 * mp.erfinv(mp.mpf(str(level))) ** 2


def plain(x):
    """For JSON: numbers as floats, which print the shortest decimal that gives the double back."""
    if isinstance(x, mp.matrix):
        if x.cols == 1:
            return [plain(v) for v in x]
        return [[plain(x[i, j]) for j in range(x.cols)] for i in range(x.rows)]
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items() if v is not None}
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    if isinstance(x, (str, bool, int)) or x is None:
        return x
    return float(x)
