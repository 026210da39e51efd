"""Writes the vectors that crates/frame is held against: an Arrow file made by PyArrow, and what
Python's own integers, Fractions and Decimals say of it. Run with PyArrow 12 or newer:

    python make.py

The file is cut into batches of 37 rows. Orders and filters are computed on Python values, never by
PyArrow's compute functions."""

import datetime
import json
import math
import pathlib
import random
from decimal import Decimal, getcontext
from fractions import Fraction

import pyarrow as pa

getcontext().prec = 100
HERE = pathlib.Path(__file__).parent
ROWS = 150
rng = random.Random(20261122)
EPOCH = datetime.date(1970, 1, 1)


def some(values, nulls=0.1):
    """A column's values: the given ones first, then picks from them, some absent."""
    values = list(values)
    more = [rng.choice(values) for _ in range(ROWS - len(values))]
    column = values + [None if rng.random() < nulls else value for value in more]
    rng.shuffle(column)
    return column


def digits(count, places):
    return Decimal(rng.randrange(-(10**count) + 1, 10**count)).scaleb(-places)


i64 = some([2**53, 2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63), 0, 1, -1] + [rng.randrange(-(2**63), 2**63) for _ in range(60)])
u64 = some([0, 2**64 - 1, 2**63, 2**63 - 1] + [rng.randrange(2**64) for _ in range(40)])
i16 = some(range(-20, 20))
dec = some([Decimal("0.000000000000000001"), Decimal("-0.000000000000000001"), Decimal(10**20 - 1)] + [digits(38, 18) for _ in range(60)])
huge = some([digits(70, 10) for _ in range(60)] + [Decimal(1), Decimal(0)])
f64 = some([math.nan, math.inf, -math.inf, 0.0, -0.0, 5e-324, 1.7976931348623157e308, 0.1, 1e16] + [rng.uniform(-1e6, 1e6) for _ in range(50)])
day = some([datetime.date(1, 1, 1), datetime.date(9999, 12, 31), datetime.date(2024, 2, 29)] + [EPOCH + datetime.timedelta(rng.randrange(-30000, 30000)) for _ in range(50)])
ns = some([2**63 - 1, -(2**63), 0, -1, 1] + [rng.randrange(-(2**63), 2**63) for _ in range(50)])
ms = some([0, -1, 1732286030123] + [rng.randrange(-(2**40), 2**42) for _ in range(50)])
text = some(["", "NULL", "null", "中文", "a\tb\n", "é", "e\u0301", "\U0001f600", "\uffff", "Z", "a", "aa", "100%", "a_b", "<script>", "x" * 300] + ["".join(rng.choice("abAB中é_%\\") for _ in range(rng.randrange(12))) for _ in range(50)])
raw = some([b"", b"\x00", b"\xff\xfe", b"\xd6\xd0", b"abc"] + [bytes(rng.randrange(256) for _ in range(rng.randrange(12))) for _ in range(30)])
flag = some([True, False])
moment = some([(0, 0), (-1, 999_999_999), (253402300799, 999_999_999), (-62135596800, 0)] + [(rng.randrange(-(10**10), 10**10), rng.randrange(10**9)) for _ in range(40)])

COLUMNS = {
    "i64": (pa.int64(), i64, i64),
    "u64": (pa.uint64(), u64, u64),
    "i16": (pa.int16(), i16, i16),
    "dec": (pa.decimal128(38, 18), dec, dec),
    "huge": (pa.decimal256(76, 10), huge, huge),
    "f64": (pa.float64(), f64, f64),
    "day": (pa.date32(), day, day),
    "ns": (pa.timestamp("ns"), ns, ns),
    "ms": (pa.timestamp("ms"), ms, ms),
    "text": (pa.string(), text, [None if v is None else v.encode() for v in text]),
    "category": (pa.dictionary(pa.int8(), pa.string()), [None if v is None else str(v % 7) for v in i16], [None if v is None else str(v % 7).encode() for v in i16]),
    "raw": (pa.binary(), raw, raw),
    "flag": (pa.bool_(), flag, flag),
    "moment": (pa.struct([("sec", pa.int64()), ("nano", pa.int32())]), [None if v is None else {"sec": v[0], "nano": v[1]} for v in moment], moment),
}


def key(value):
    """NaN greatest; everything else as Python compares it."""
    if isinstance(value, float):
        return (1, 0) if math.isnan(value) else (0, value)
    return (0, value)


def instant(ticks, places):
    seconds, part = divmod(ticks, 10**places)
    days, seconds = divmod(seconds, 86400)
    date = (EPOCH + datetime.timedelta(days)).isoformat()
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{date} {clock}" + (f".{part:0{places}}" if part else "")


def shown(name, value):
    if value is None:
        return "NULL"
    if name == "f64":
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN" if math.isnan(value) else repr(value))
    if name in ("dec", "huge"):
        return f"{value:.{18 if name == 'dec' else 10}f}"
    if name in ("ns", "ms"):
        return instant(value, 9 if name == "ns" else 3)
    if name == "moment":
        return instant(value[0] * 10**9 + value[1], 9)
    if name == "flag":
        return str(value).lower()
    if name == "raw":
        return value.hex()
    if name == "day":
        return value.isoformat()
    return value.decode() if isinstance(value, bytes) else str(value)


def order(values, descending, nulls_first):
    absent = [row for row, value in enumerate(values) if value is None]
    present = [row for row, value in enumerate(values) if value is not None]
    present.sort(key=lambda row: key(values[row]), reverse=descending)
    return absent + present if nulls_first else present + absent


def like(pattern, text):
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(like(pattern[1:], text[at:]) for at in range(len(text) + 1))
    if pattern[0] == "\\":
        return text[:1] == pattern[1] and like(pattern[2:], text[1:])
    return bool(text) and pattern[0] in ("_", text[0]) and like(pattern[1:], text[1:])


SIGNS = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def filters():
    def rows(name, keep):
        return [row for row, value in enumerate(COLUMNS[name][2]) if value is not None and keep(value)]

    exact = {
        "i64": [str(2**53 + 1), "0.5", "-9223372036854775808", "1e19", "-1E30", "9007199254740993.0"],
        "u64": ["9223372036854775808", "-1", "18446744073709551615.5"],
        "i16": ["3", "-3.5", "40000"],
        "dec": ["0.0000000000000000005", "0.000000000000000001", "99999999999999999999", "-1e-18", "1e40"],
        "huge": ["0", "1.00000000001", "1e76", "-1e80"],
    }
    for name, values in exact.items():
        for value in values:
            for op, test in SIGNS.items():
                yield name, {"compare": {"op": op, "value": value}}, rows(name, lambda v: test(Fraction(v), Fraction(value)))
    for value in ["NaN", "inf", "-Infinity", "0", "-0.0", "0.1", "1e999"]:
        for op, test in SIGNS.items():
            yield "f64", {"compare": {"op": op, "value": value}}, rows("f64", lambda v: test(key(v), key(float(value))))
    for op, test in SIGNS.items():
        yield "day", {"compare": {"op": op, "value": "2024-02-29"}}, rows("day", lambda v: test(v, datetime.date(2024, 2, 29)))
        yield "ms", {"compare": {"op": op, "value": "2024-11-22 14:33:50.123"}}, rows("ms", lambda v: test(v, 1732286030123))
        yield "ns", {"compare": {"op": op, "value": "1970-01-01T00:00:00.0000000005"}}, rows("ns", lambda v: test(Fraction(v), Fraction(1, 2)))
        yield "moment", {"compare": {"op": op, "value": "1969-12-31 23:59:59.999999999"}}, rows("moment", lambda v: test(v, (-1, 999_999_999)))
        yield "text", {"compare": {"op": op, "value": "é"}}, rows("text", lambda v: test(v, "é".encode()))
        yield "raw", {"compare": {"op": op, "value": "0xd6D0"}}, rows("raw", lambda v: test(v, b"\xd6\xd0"))
        yield "flag", {"compare": {"op": op, "value": "true"}}, rows("flag", lambda v: test(v, True))
        yield "category", {"compare": {"op": op, "value": "3"}}, rows("category", lambda v: test(v, b"3"))
    yield "dec", {"between": {"low": "-0.5", "high": "1e19"}}, rows("dec", lambda v: Decimal("-0.5") <= v <= 10**19)
    yield "i64", {"between": {"low": "1", "high": "-1"}}, []
    yield "i16", {"in": ["1", "2.0", "2.5", "-7"]}, rows("i16", lambda v: v in (1, 2, -7))
    yield "text", {"in": ["", "NULL", None]}, [row for row, v in enumerate(text) if v in ("", "NULL", None)]
    yield "text", {"not": {"in": ["", "NULL", None]}}, rows("text", lambda v: v.decode() not in ("", "NULL"))
    yield "text", "null", [row for row, v in enumerate(text) if v is None]
    yield "moment", {"not": "null"}, rows("moment", lambda v: True)
    yield "text", {"not": {"contains": {"text": "A", "case": True}}}, rows("text", lambda v: "A" not in v.decode())
    yield "text", {"contains": {"text": "aB", "case": False}}, rows("text", lambda v: "ab" in v.decode().lower())
    for pattern in ["%a_%", "a%", "100\\%", "%\\\\%", "_", ""]:
        yield "text", {"like": pattern}, rows("text", lambda v: like(pattern, v.decode()))
    yield "i64", {"contains": {"text": "99", "case": True}}, rows("i64", lambda v: "99" in str(v))


def profile(name, values):
    present = [value for value in values if value is not None]
    real = [value for value in present if not (isinstance(value, float) and math.isnan(value))]
    ranked = sorted(real, key=key)
    answer = {
        "nulls": len(values) - len(present),
        "distinct": len({key(value) for value in present}),
        "min": shown(name, ranked[0]),
        "max": shown(name, ranked[-1]),
    }
    if name not in ("text", "raw", "category", "flag"):
        places = [max(0, -(-len(ranked) * share // 100) - 1) for share in (5, 25, 50, 75, 95)]
        answer["quantiles"] = [shown(name, ranked[place] + 0.0 if name == "f64" else ranked[place]) for place in places]
    if name in ("i64", "u64", "i16", "dec", "huge"):
        total = sum(present)
        answer["sum"] = shown(name, total)
        scale = {"dec": 18, "huge": 10}.get(name, 0) + 6
        scaled = Fraction(total) * 10**scale / len(present)
        whole = math.floor(abs(scaled) + Fraction(1, 2)) * (-1 if scaled < 0 else 1)
        answer["mean"] = f"{Decimal(whole).scaleb(-scale):.{scale}f}"
    return answer


def main():
    arrays = []
    for kind, values, _ in COLUMNS.values():
        if pa.types.is_timestamp(kind):
            arrays.append(pa.array(values, pa.int64()).cast(kind))
        elif pa.types.is_dictionary(kind):
            arrays.append(pa.array(values, pa.string()).dictionary_encode().cast(kind))
        else:
            arrays.append(pa.array(values, kind))
    table = pa.table(arrays, names=list(COLUMNS))
    with pa.OSFile(str(HERE / "frames.arrow"), "wb") as sink:
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=37)
    names = list(COLUMNS)
    expected = {"columns": {}, "filters": []}
    for name, (_, _, values) in COLUMNS.items():
        expected["columns"][name] = {
            "texts": [shown(name, value) for value in values],
            "ascending": order(values, False, False),
            "descending": order(values, True, True),
            "profile": profile(name, values),
        }
    by_two = order(COLUMNS["i64"][2], True, False)
    flags = COLUMNS["flag"][2]
    expected["flag_then_i64_descending"] = sorted(by_two, key=lambda row: (flags[row] is not None, flags[row] or False))
    for name, test, rows in filters():
        expected["filters"].append({"column": names.index(name), "test": test, "rows": rows})
    text = json.dumps(expected, ensure_ascii=False, separators=(",", ":"))
    (HERE / "frames.json").write_text(text + "\n", encoding="utf-8")


main()
