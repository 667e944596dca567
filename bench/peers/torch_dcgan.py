"""The step of a DCGAN in PyTorch on the CPU, as its own example writes it. `bench/peers/python.ts` talks to it.

Threads come from OMP_NUM_THREADS. OPENBLAS_NUM_THREADS should be 1: OpenMP and OpenBLAS otherwise fight for the cores.
"""
import math
import time

import torch
from serve import blas, serve
from torch import nn


class Reshape(nn.Module):
    def __init__(self, height, width, channels):
        super().__init__()
        self.shape = (-1, channels, height, width)

    def forward(self, x):
        return x.view(self.shape)


def bend(activation):
    return {
        "leaky": lambda: [nn.LeakyReLU(0.2)],
        "relu": lambda: [nn.ReLU()],
        "tanh": lambda: [nn.Tanh()],
        "linear": lambda: [],
    }[activation]()


def modules(layer):
    """The modules for one planned layer of src/engine/nn/spec.ts."""
    spec, channels = layer["spec"], layer["input"][-1]
    kind = spec["kind"]
    if kind == "dense":
        return [nn.Linear(channels, spec["units"], bias=spec["bias"])] + bend(spec["activation"])
    if kind in ("conv", "convTranspose"):
        make = nn.Conv2d if kind == "conv" else nn.ConvTranspose2d
        pad = (spec["kernel"] - spec["stride"]) // 2
        if 2 * pad != spec["kernel"] - spec["stride"]:
            raise ValueError("only kernels that exceed their stride by an even number")
        conv = make(channels, spec["filters"], spec["kernel"], spec["stride"], pad, bias=spec["bias"])
        return [conv] + bend(spec["activation"])
    if kind == "norm":
        make = nn.BatchNorm2d if len(layer["input"]) == 3 else nn.BatchNorm1d
        return [make(channels, spec["epsilon"], 1 - spec["momentum"])] + bend(spec["activation"])
    if kind == "reshape":
        return [Reshape(*spec["shape"])]
    if kind == "flatten":
        return [nn.Flatten()]
    if kind == "dropout":
        return []
    raise ValueError(f"no layer {kind}")


def network(layers):
    net = nn.Sequential(*(module for layer in layers for module in modules(layer)))
    for module in net:
        if isinstance(module, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.normal_(module.weight, 0, 0.02)
    return net


class Gan:
    def __init__(self, work):
        self.g, self.d = network(work["generator"]), network(work["discriminator"])
        self.batch, self.latent = work["batch"], work["latent"]
        size, channels = work["size"], work["channels"]
        self.real = torch.rand(self.batch, channels, size, size) * 2 - 1
        self.move_g, self.move_d = (
            torch.optim.Adam(net.parameters(), lr, (beta1, beta2))
            for net, (lr, beta1, beta2) in ((self.g, work["adamG"]), (self.d, work["adamD"]))
        )
        self.loss = nn.BCEWithLogitsLoss()
        self.ones, self.zeros = torch.ones(self.batch, 1), torch.zeros(self.batch, 1)

    def step(self):
        self.move_d.zero_grad()
        fake = self.g(torch.randn(self.batch, self.latent)).detach()
        loss_d = self.loss(self.d(self.real), self.ones) + self.loss(self.d(fake), self.zeros)
        loss_d.backward()
        self.move_d.step()
        self.move_g.zero_grad()
        # As ours: D's weights need no gradient here, which is 8 % of the step.
        self.d.requires_grad_(False)
        loss_g = self.loss(self.d(self.g(torch.randn(self.batch, self.latent))), self.ones)
        loss_g.backward()
        self.move_g.step()
        self.d.requires_grad_(True)
        return loss_d.item(), loss_g.item()


works = {}


def build(request):
    works[request["work"]["name"]] = Gan(request["work"])


def run(request):
    """Milliseconds that so many steps took."""
    gan = works[request["name"]]
    began = time.perf_counter()
    for _ in range(request["steps"]):
        losses = gan.step()
    elapsed = time.perf_counter() - began
    if not all(map(math.isfinite, losses)):
        raise ArithmeticError("a loss is not finite")
    return 1000 * elapsed


def about(_):
    torch.ones(9, 9) @ torch.ones(9, 9)
    return {"version": f"PyTorch {torch.__version__}", "threads": torch.get_num_threads(), "blas": blas()}


serve({"about": about, "build": build, "run": run, "drop": lambda request: works.pop(request["name"]) and None})
