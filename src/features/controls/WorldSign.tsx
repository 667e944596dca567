import Pencil from 'lucide-react/icons/pencil';
import type { WorldId } from '../../config/worlds.ts';

type Dots = readonly (readonly [number, number])[];

const dots = (count: number, place: (i: number) => readonly [number, number]): Dots =>
  Array.from({ length: count }, (_, i) => place(i));
/** Around the middle of a sign, 24 by 24. */
const polar = (radius: number, angle: number) =>
  [12 + radius * Math.cos(angle), 12 - radius * Math.sin(angle)] as const;

/** A few points of each world; the samplers themselves are the engine's. */
const shapes: Readonly<Record<Exclude<WorldId, 'points' | 'dirac'>, { readonly r: number; readonly dots: Dots }>> = {
  ring: { r: 1.5, dots: dots(8, (i) => polar(8, (i * Math.PI) / 4)) },
  grid: { r: 1.05, dots: dots(25, (i) => [4 + 4 * (i % 5), 4 + 4 * Math.floor(i / 5)]) },
  spirals: {
    r: 0.95,
    dots: dots(26, (i) => {
      const along = ((i >> 1) + 1) / 13;
      return polar(1.2 + 8.6 * along, 5.2 * along + Math.PI * (i % 2));
    }),
  },
  moons: {
    r: 0.95,
    dots: dots(20, (i) => {
      const angle = (Math.PI * (i >> 1)) / 9;
      const [x, y] = [Math.cos(angle), Math.sin(angle)];
      return i % 2 === 0 ? [9 + 5.8 * x, 13.4 - 5.8 * y] : [15 - 5.8 * x, 10.6 + 5.8 * y];
    }),
  },
  checkerboard: {
    r: 0.95,
    dots: dots(40, (i) => {
      const square = Math.floor(i / 5);
      const row = square >> 1;
      const [x, y] = [6 + 4 * (2 * (square % 2) + (row % 2)), 6 + 4 * row];
      const corner = i % 5;
      return corner === 4 ? [x, y] : [x + (corner % 2 ? 1.1 : -1.1), y + (corner > 1 ? 1.1 : -1.1)];
    }),
  },
  swissRoll: {
    r: 0.95,
    dots: dots(26, (i) => {
      const angle = 1.5 * Math.PI * (1 + (2 * i) / 25);
      return polar((9.6 * angle) / (4.5 * Math.PI), angle);
    }),
  },
};

/** A world in small. */
export function WorldSign({ world }: { readonly world: WorldId }) {
  if (world === 'points') return <Pencil className="icon" />;
  const shape = shapes[world as keyof typeof shapes];
  return (
    <svg className="world-sign" viewBox="0 0 24 24" aria-hidden="true">
      {shape ? (
        shape.dots.map(([x, y]) => <circle key={`${x} ${y}`} cx={x.toFixed(1)} cy={y.toFixed(1)} r={shape.r} />)
      ) : (
        <>
          <path d="M3 12h18M12 3v18" />
          <path d="M17 7C22 13 15 20 9.500 17.500C5 15 7 8.500 12 9" />
          <circle cx={12} cy={12} r={1.8} />
        </>
      )}
    </svg>
  );
}
