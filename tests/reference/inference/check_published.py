"""Holds the printed numbers of published.json against the computed ones; exits with an error if one disagrees.

python3 check_published.py
"""

import json
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
published = json.loads((HERE / "published.json").read_text())
files = {name: json.loads((HERE / name).read_text()) for name in {row["file"] for row in published}}
wrong = 0
for row in published:
    value = files[row["file"]]
    for key in row["path"]:
        value = value[key]
    printed = Decimal(row["printed"])
    last_place = Decimal(1).scaleb(printed.as_tuple().exponent)
    if abs(printed - Decimal(value)) > last_place * Decimal(row["units"]):
        wrong += 1
        print(row["entry"], row["quantity"], "printed", row["printed"], "computed", value)
print(len(published) - wrong, "agree,", wrong, "differ")
raise SystemExit(wrong > 0)
