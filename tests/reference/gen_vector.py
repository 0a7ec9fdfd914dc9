"""Elementary functions and the gamma family at hard arguments, for the vector functions of the kernels: writes vector.json.

A row is the bits of the argument (or two), the bits of the value rounded to f64, and what the rounding left: exact value minus
rounded value, in units in the last place, so that the error of another value is known in such units to three digits.
"""

import json
import math
import random
import struct

from mpmath import mp, mpf
import mpmath as m

mp.prec = 400
POINTS = 200
RANDOM = random.Random(7)
uniform = RANDOM.uniform


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def number(b):
    return struct.unpack("<d", struct.pack("<Q", b))[0]


def rounded(exact):
    """The nearest f64, subnormal ones and infinity too, and what is left in units in the last place."""
    if exact == 0:
        return 0.0, 0.0
    exponent = max(int(m.frexp(exact)[1]) - 53, -1074)
    scaled = m.ldexp(exact, -exponent)
    integer = int(m.nint(scaled))
    try:
        value = math.ldexp(integer, exponent)
    except OverflowError:
        return math.copysign(math.inf, integer), 0.0
    return value, float(scaled - integer)


def within(low, high):
    return lambda: uniform(low, high)


def size(low, high, signed=True):
    """±10^l with l uniform."""
    return lambda: (RANDOM.choice([-1, 1]) if signed else 1) * 10 ** uniform(low, high)


def near(centre, low=-16, high=-1):
    return lambda: centre + RANDOM.choice([-1, 1]) * 10 ** uniform(low, high)


def any_positive():
    return number(RANDOM.randrange(1, 0x7FF0000000000000))


def subnormal():
    return number(RANDOM.randrange(1, 1 << 52))


def near_quarter_turn(largest):
    """An f64 nearest, or next to nearest, to a multiple of π/2."""

    def draw():
        x = float(RANDOM.randrange(1, largest) * m.pi / 2)
        return RANDOM.choice([-1, 1]) * (x if RANDOM.random() < 0.6 else math.nextafter(x, RANDOM.choice([0, 1e300])))

    return draw


def negative(draw):
    return lambda: -draw()


TURNS = [within(-10, 10), within(-1e6, 1e6), within(-1e9, 1e9), near_quarter_turn(100), near_quarter_turn(600_000_000),
         size(-300, 0), lambda: near_quarter_turn(1000)() / 2]
LOGARITHM = [any_positive, subnormal, within(0.5, 2), near(1), within(0, 100), near(math.sqrt(2), -10), near(math.sqrt(0.5), -10)]

FUNCTIONS = {
    "exp": (m.exp, [within(-745, 709.7), within(-1, 1), size(-20, 0), within(-746, -707), within(709, 709.8), near(math.log(2) / 2, -10)]),
    "exp2": (lambda x: m.mpf(2) ** x, [within(-1075, 1024), within(-1, 1), size(-20, 0), within(-1075, -1020), near(0.5, -10)]),
    "exp_m1": (m.expm1, [within(-40, 709.7), within(-1, 1), size(-310, 0), within(-3, 3), near(math.log(2) / 2, -10)]),
    "ln": (m.log, LOGARITHM),
    "ln_1p": (m.log1p, [any_positive, subnormal, negative(subnormal), within(-0.9, 2), size(-17, -1), size(-1, 17, False),
                        lambda: -1 + 10 ** uniform(-16, 0), near(math.sqrt(2) - 1, -10)]),
    "log2": (lambda x: m.log(x) / m.log(2), LOGARITHM),
    "log10": (lambda x: m.log(x) / m.log(10), LOGARITHM),
    "logistic": (lambda x: 1 / (1 + m.exp(-x)), [within(-745, 40), within(-1, 1), size(-20, 0), within(-746, -707), within(-10, 10)]),
    "ln_1p_exp": (lambda x: m.log1p(m.exp(x)), [within(-745, 745), within(-1, 1), size(-20, 0), within(-746, -707), within(-10, 10)]),
    "sin": (m.sin, TURNS),
    "cos": (m.cos, TURNS),
    "tan": (m.tan, TURNS),
    "sinh": (m.sinh, [within(-710, 710), within(-1, 1), size(-310, 0), within(-3, 3), within(709, 710.5)]),
    "cosh": (m.cosh, [within(-710, 710), within(-1, 1), size(-310, 0), within(-3, 3), within(709, 710.5)]),
    "tanh": (m.tanh, [within(-20, 20), within(-1, 1), size(-310, 1), within(-3, 3)]),
    "atan": (m.atan, [within(-10, 10), size(-310, 300), within(-1, 1), near(1), near(math.sqrt(2) - 1, -10), near(math.sqrt(2) + 1, -10)]),
    "cbrt": (lambda x: m.sign(x) * m.cbrt(abs(x)), [any_positive, subnormal, negative(any_positive), within(-10, 10), near(8, -15)]),
    "ln_gamma": (m.loggamma, [within(0, 3), near(1), near(2), within(0, 20), size(-150, 300, False)]),
    "digamma": (lambda x: m.psi(0, x), [within(0, 3), near(1.4616321449683623), within(0, 20), size(-150, 300, False)]),
    "trigamma": (lambda x: m.psi(1, x), [within(0, 3), within(0, 20), size(-150, 150, False)]),
}


def power_near_edges(base):
    """y over all that gives neither 0 nor ∞, and a little beyond."""

    def draw():
        x = base()
        ln = math.log(x)
        return x, uniform(-746, 710) / ln if ln else 1.0

    return draw


POWERS = [power_near_edges(any_positive), power_near_edges(subnormal), power_near_edges(within(0.5, 2)),
          power_near_edges(near(1, -15)), lambda: (uniform(0, 10), uniform(-10, 10)), lambda: (any_positive(), size(-20, 0)())]


def table(draws, exact):
    rows = []
    while len(rows) < POINTS:
        arguments = draws[len(rows) % len(draws)]()
        arguments = arguments if isinstance(arguments, tuple) else (arguments,)
        value, left = rounded(exact(*map(mpf, arguments)))
        rows.append(" ".join(f"{bits(a):016x}" for a in arguments) + f" {bits(value):016x} {left:.3f}")
    return rows


def main():
    tables = {name: table(draws, f) for name, (f, draws) in FUNCTIONS.items()}
    tables["pow"] = table(POWERS, lambda x, y: m.exp(y * m.log(x)))
    with open("vector.json", "w") as file:
        json.dump(tables, file, indent=0)
        file.write("\n")


if __name__ == "__main__":
    main()
