"""Runs the graphs of every operator on a real Mars cluster and compares with numpy and pandas.

Its input is what `crates/script/tests/operators.rs` writes. Each sample's text is also evaluated by
numpy (as `mt`) and pandas (as `md`); one that only the library can answer, by the library itself in
this process. Prints a line for each difference, and one of JSON with the counts.
"""

import json
import os
import sys
import time

import numpy as np
import pandas as pd
import requests

import mars.dataframe
import mars.tensor
from mars.serialize import dataserializer

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "soak"))
from lifecycle import Cluster  # noqa: E402

AT_ONCE = 12
PATIENCE = 30


class Numpy:
    """numpy under the names of `mars.tensor`."""

    tensor = staticmethod(np.array)

    def __getattr__(self, name):
        return getattr(np, name)


def scope(only_mars):
    if only_mars:
        return {"mt": mars.tensor, "md": mars.dataframe}
    return {"mt": Numpy(), "md": pd}


def expected(sample):
    names = scope(sample["mars"])
    # The library's `fetch` does not run what did not run; here it does.
    *before, last = sample["text"].replace(".fetch()", ".execute()").split("\n")
    exec("\n".join(before), names)
    value = eval(last, names)
    return value.execute() if type(value).__module__.startswith("mars.") else value


def kind(value):
    names = {pd.DataFrame: "DataFrame", pd.Series: "Series", pd.Index: "Index"}
    return next((name for cls, name in names.items() if isinstance(value, cls)), "tensor")


def difference(sample, got, want):
    """What differs, in words; nothing if nothing does."""
    if kind(want) != sample["kind"] or kind(got) != kind(want):
        return "%s was announced, %s came, %s was expected" % (sample["kind"], kind(got), kind(want))
    try:
        if sample["kind"] == "DataFrame":
            announced = [[str(name), str(dtype)] for name, dtype in want.dtypes.items()]
            if announced != sample["columns"]:
                return "announced %s, expected %s" % (sample["columns"], announced)
            pd.testing.assert_frame_equal(got, want, check_less_precise=9)
        elif sample["kind"] == "Series":
            if str(want.dtype) != sample["dtype"]:
                return "announced %s, expected %s" % (sample["dtype"], want.dtype)
            pd.testing.assert_series_equal(got, want, check_less_precise=9)
        else:
            got, want = np.asarray(got), np.asarray(want)
            if str(want.dtype) != sample["dtype"]:
                return "announced %s, expected %s" % (sample["dtype"], want.dtype)
            if want.dtype.kind == "M":
                np.testing.assert_array_equal(got, want)
            else:
                np.testing.assert_allclose(got, want, rtol=1e-9)
            if got.shape != want.shape or got.dtype != want.dtype:
                return "%s %s, expected %s %s" % (got.shape, got.dtype, want.shape, want.dtype)
    except (AssertionError, TypeError) as error:
        return str(error)
    lengths = [length for length in sample["shape"]]
    known = all(a is None or a == b for a, b in zip(lengths, np.shape(want)))
    return None if known else "announced %s, expected %s" % (lengths, np.shape(want))


def run(endpoint, samples):
    """Sends each sample in a session of its own; gives what came of it, or why nothing did."""
    waiting = []
    results = []
    for sample in samples:
        session = requests.post(endpoint + "/api/session", data={"pyver": "3.7.0"}).json()["session_id"]
        base = "%s/api/session/%s/graph" % (endpoint, session)
        form = {"graph": sample["graph"], "target": sample["target"], "names": ""}
        key = requests.post(base, data=form).json()["graph_key"]
        waiting.append((sample, "%s/%s" % (base, key), session))
    for sample, graph, session in waiting:
        end = time.time() + PATIENCE
        state, refused = {"state": "unscheduled"}, 0
        while time.time() < end and state["state"] in ("unscheduled", "preparing", "running", "cancelling"):
            time.sleep(0.05)
            state = requests.get(graph, params={"wait_timeout": 0}).json()
            refused += state["state"] == "cancelling"
            if refused > 40:
                break
        if state["state"] != "succeeded":
            text = state.get("exc_info_text") or ""
            results.append((sample, None, "%s %s" % (state["state"], "".join(text)[-300:])))
        else:
            answer = requests.get("%s/data/%s" % (graph, sample["target"]))
            value = dataserializer.loads(answer.content) if answer.ok else None
            results.append((sample, value, None if answer.ok else "fetch: %d" % answer.status_code))
        requests.delete("%s/api/session/%s" % (endpoint, session))
    return results


def main(path):
    with open(path) as file:
        samples = json.load(file)
    failed, ran = {}, set()
    # Samples name files from here, for the workers and for pandas.
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    cluster = Cluster()
    try:
        cluster.up()
        for start in range(0, len(samples), AT_ONCE):
            for sample, got, why in run(cluster.web, samples[start:start + AT_ONCE]):
                ran.add(sample["operator"])
                if why is None:
                    if sample["sorted"]:
                        got = got.sort_index()
                    try:
                        why = difference(sample, got, expected(sample))
                    except Exception as error:  # the sample is wrong for numpy or pandas
                        why = "no expectation: %r" % error
                if why is not None:
                    failed.setdefault(sample["operator"], []).append((sample["text"], why))
    finally:
        cluster.tell({"command": "stop"})
        cluster.process.wait(30)
    for operator, reasons in sorted(failed.items()):
        for text, why in reasons:
            print("# %s\n%s\n-> %s\n" % (operator, text, why))
    print(json.dumps({"passed": len(ran) - len(failed), "failed": len(failed), "samples": len(samples)}))
    return 1 if failed or not ran else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
