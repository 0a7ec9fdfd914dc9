"""Gaussian GARCH(1,1) with the exact derivatives of its recursion, in extended precision."""

import numpy as np

L = np.longdouble


def contributions(theta, x):
    """Log-likelihood, score and Hessian of each observation, in (mu, omega, alpha, beta).

    h_t = omega + alpha e_{t-1}^2 + beta h_{t-1}, e_t = x_t - mu, with h_0 = e_0^2 = the mean of all e_t^2, which moves with mu.
    """
    mu, omega, alpha, beta = (L(t) for t in theta)
    n = len(x)
    e = x - mu
    # squared residual before the sample, with derivatives in theta
    square, square_d, square_dd = np.mean(e * e), np.zeros(4, L), np.zeros((4, 4), L)
    square_d[0], square_dd[0, 0] = -2 * np.mean(e), 2
    h, dh, ddh = square, square_d.copy(), square_dd.copy()
    value, score, hessian = np.zeros(n, L), np.zeros((n, 4), L), np.zeros((n, 4, 4), L)
    unit = np.eye(4, dtype=L)
    for t in range(n):
        new_ddh = alpha * square_dd + beta * ddh
        new_ddh += np.outer(unit[2], square_d) + np.outer(square_d, unit[2]) + np.outer(unit[3], dh) + np.outer(dh, unit[3])
        new_dh = unit[1] + unit[2] * square + unit[3] * h + alpha * square_d + beta * dh
        h = omega + alpha * square + beta * h
        dh, ddh = new_dh, new_ddh
        square, square_d, square_dd = e[t] ** 2, np.zeros(4, L), np.zeros((4, 4), L)
        square_d[0], square_dd[0, 0] = -2 * e[t], 2
        value[t] = -(np.log(2 * L(np.pi)) + np.log(h) + square / h) / 2
        score[t] = -(dh / h + square_d / h - square * dh / h**2) / 2
        cross = np.outer(square_d, dh)
        outer = np.outer(dh, dh)
        hessian[t] = (
            -(ddh / h - outer / h**2 + square_dd / h - (cross + cross.T) / h**2 - square * ddh / h**2 + 2 * square * outer / h**3)
            / 2
        )
    return value, score, hessian


def fit(x, start):
    """Newton's method, ended by a step below 1e-15."""
    theta = np.array(start, L)
    for _ in range(50):
        _, score, hessian = contributions(theta, x)
        step = refined_solve(hessian.sum(0), score.sum(0))
        theta = theta - step
        if np.max(np.abs(step)) < 1e-15:
            return theta
    raise ArithmeticError("Newton's method did not end")


def refined_solve(a, b):
    """Solves in double precision and refines the residual in extended precision."""
    inverse = np.linalg.inv(a.astype(float)).astype(L)
    x = inverse @ b
    for _ in range(5):
        x = x + inverse @ (b - a @ x)
    return x


def report(x, start):
    """Estimates with the covariances by Hessian, outer product and sandwich."""
    theta = fit(x, start)
    value, score, hessian = contributions(theta, x)
    bread = np.linalg.inv(-hessian.sum(0).astype(float))
    meat = (score.T @ score).astype(float)
    opg = np.linalg.inv(meat)
    sandwich = bread @ meat @ bread
    n, p, total = len(x), 4, float(value.sum())
    se = lambda v: np.sqrt(np.diag(v)).tolist()
    return {
        "parameters": ["mu", "omega", "alpha", "beta"],
        "estimate": [float(t) for t in theta],
        "observations": n,
        "ln_likelihood": total,
        "aic": -2 * total + 2 * p,
        "bic": -2 * total + p * float(np.log(n)),
        "se_observed": se(bread),
        "se_opg": se(opg),
        "se_sandwich": se(sandwich),
        "covariance_observed": bread.tolist(),
        "covariance_opg": opg.tolist(),
        "covariance_sandwich": sandwich.tolist(),
    }
