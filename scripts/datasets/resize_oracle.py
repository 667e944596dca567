"""Writes src/engine/data/resize.oracle.json: what PyTorch makes of small images at other sizes. Run it with

    python3 scripts/datasets/resize_oracle.py        (needs torch and numpy)

bilinear: interpolate(mode='bilinear', align_corners=False); nearest: interpolate(mode='nearest'). area: the exact mean over
each output pixel's footprint, as repeating every pixel to the common multiple of both sizes and avg_pool2d back.
(torch's own mode='area' takes whole pixels, so its footprints overlap unless one size divides the other; there both agree,
which is asserted.) Of each result 250 values are kept, the corners among them.
"""
import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

CASES = [
    # mode, from, to, channels
    ('area', 28, 16, 1), ('area', 32, 16, 3), ('area', 32, 28, 3), ('area', 16, 8, 3), ('area', 64, 28, 1),
    ('bilinear', 28, 32, 1), ('bilinear', 28, 64, 1), ('bilinear', 32, 64, 3), ('bilinear', 16, 28, 3), ('bilinear', 1, 4, 1),
    ('nearest', 16, 32, 3), ('nearest', 16, 64, 3),
]


def area(x, source, target):
    common = math.lcm(source, target)
    repeated = F.interpolate(x, scale_factor=common // source, mode='nearest')
    result = F.avg_pool2d(repeated, common // target)
    if source % target == 0:
        assert torch.allclose(result, F.interpolate(x, target, mode='area'))
    return result


def resize(x, mode, source, target):
    if mode == 'area':
        return area(x, source, target)
    return F.interpolate(x, target, mode=mode, **({'align_corners': False} if mode == 'bilinear' else {}))


random = np.random.default_rng(7)
cases = []
for mode, source, target, channels in CASES:
    pixels = random.integers(0, 256, (2, source, source, channels), dtype=np.uint8)
    x = torch.tensor(pixels.astype(np.float64)).permute(0, 3, 1, 2)
    result = resize(x, mode, source, target).permute(0, 2, 3, 1).reshape(-1).numpy()
    last = result.size - 1
    at = sorted({0, target * channels - 1, last, *random.integers(0, result.size, min(247, last)).tolist()})
    cases.append({
        'mode': mode, 'from': source, 'to': target, 'channels': channels, 'length': int(result.size),
        'pixels': pixels.reshape(-1).tolist(), 'at': at, 'values': [round(float(result[i]), 5) for i in at],
    })

out = pathlib.Path(__file__).parents[2] / 'src/engine/data/resize.oracle.json'
out.write_text('[\n' + ',\n'.join(json.dumps(case, separators=(',', ':')) for case in cases) + '\n]\n')
