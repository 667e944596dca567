import { create } from 'zustand';

/** What can be drawn, in the order of the keys that turn it on and off, 1 to 8: on the plane, and of DiracGAN. */
export const layersOf = {
  cloud: ['real', 'fake', 'opinion', 'levels', 'arrows', 'lattice', 'trails', 'modes'],
  dirac: ['flow', 'path'],
} as const;
export type LayerId = (typeof layersOf)[keyof typeof layersOf][number];

export type Layers = Readonly<Record<LayerId, boolean>>;

interface PlaneLook {
  readonly layers: Layers;
  readonly toggle: (layer: LayerId) => void;
}

/** Outlives the view being left, and holds for every world. */
export const usePlaneLook = create<PlaneLook>()((set) => ({
  layers: {
    real: true,
    fake: true,
    opinion: true,
    levels: true,
    arrows: true,
    lattice: true,
    trails: false,
    modes: true,
    flow: true,
    path: true,
  },
  toggle: (layer) => set(({ layers }) => ({ layers: { ...layers, [layer]: !layers[layer] } })),
}));
