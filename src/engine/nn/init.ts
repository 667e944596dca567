import type { Stream } from '../streams.ts';
import { type ParameterSpec, sizeOf } from './spec.ts';

/** A parameter's first values, drawn from the stream in row-major order. */
export function initialValues(parameter: ParameterSpec, stream: Stream): Float32Array {
  const { init, fanIn, fanOut } = parameter;
  const count = sizeOf(parameter.shape);
  switch (init.kind) {
    case 'zeros':
      return new Float32Array(count);
    case 'normal':
      return stream.normals(count, init.deviation, init.mean);
    case 'he':
      return stream.normals(count, (init.gain ?? 1) * Math.sqrt(2 / fanIn));
    case 'glorot': {
      const limit = Math.sqrt(6 / (fanIn + fanOut));
      return stream.uniforms(count, -limit, limit);
    }
  }
}
