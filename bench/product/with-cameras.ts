import { type CameraFarm, type CameraKind, startCameraFarm } from './camera-farm.js';
import { type Product, startProduct } from './product.js';

/** The product with real cameras, and where they come from. */
export interface WatchedCameras {
  readonly product: Product;
  readonly farm: CameraFarm;
  /** Ids of the cameras. */
  readonly names: readonly string[];
}

/** Runs the product with so many cameras of a kind while `work` lasts. */
export async function withCameras<T>(
  kind: CameraKind,
  count: number,
  work: (watched: WatchedCameras) => Promise<T>,
): Promise<T> {
  const farm = await startCameraFarm(kind);
  try {
    const names = Array.from({ length: count }, (_, index) => `c${index + 1}`);
    const product = await startProduct(Object.fromEntries(names.map((name) => [name, farm.url(name)])));
    try {
      return await work({ product, farm, names });
    } finally {
      await product.close();
    }
  } finally {
    await farm.close();
  }
}
