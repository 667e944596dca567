"""Single-precision matrix products in numpy: what the machine's BLAS makes of them. `bench/peers/python.ts` talks to it.

Threads come from OPENBLAS_NUM_THREADS.
"""
import time

import numpy as np
from serve import blas, serve


def matmul(request):
    """Milliseconds that so many products took, one after the other."""
    rows, inner, columns = request["rows"], request["inner"], request["columns"]
    random = np.random.default_rng(1)
    uniform = lambda *shape: random.random(shape, dtype=np.float32)
    # A stored transpose is a flag to BLAS, not a copy.
    a = uniform(inner, rows).T if request.get("transposeA") else uniform(rows, inner)
    b = uniform(inner, columns)
    out = np.empty((rows, columns), dtype=np.float32)
    np.matmul(a, b, out=out)
    began = time.perf_counter()
    for _ in range(request["times"]):
        np.matmul(a, b, out=out)
    return 1000 * (time.perf_counter() - began)


def about(_):
    np.ones((9, 9), np.float32) @ np.ones((9, 9), np.float32)
    return {"version": f"numpy {np.__version__}", "blas": blas()}


serve({"about": about, "matmul": matmul})
