"""Answers requests, one JSON line each, until its input ends: a peer that waits its turn between rounds."""
import json
import re
import sys


def blas():
    """The linear algebra library this process has loaded: one word, or None where that cannot be seen."""
    try:
        with open("/proc/self/maps") as maps:
            names = maps.read()
    except OSError:
        return None
    for known in ("openblas", "mkl_rt", "mkl_core", "blis"):
        if known in names:
            return known.split("_")[0]
    return "reference" if re.search(r"/libblas\.so", names) else None


def serve(handlers):
    """handlers: by the name under `do`; each takes the request and returns what goes back."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"result": handlers[request["do"]](request)}
        except Exception as error:  # whatever it is, whoever asked must hear of it
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": request["id"], **answer}), flush=True)
