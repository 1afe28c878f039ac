import type { Route } from '../exchange.js';
import type { Platform } from '../platform/create-platform.js';
import { applicationRoutes } from './xml/application-routes.js';
import { buildRoutes } from './xml/build-routes.js';
import { fileRoutes } from './xml/file-routes.js';
import { sandboxRoutes } from './xml/sandbox-routes.js';
import { scanRoutes } from './xml/scan-routes.js';

/** Every operation of the emulated platform. @public */
export function createRoutes({ world }: Platform): readonly Route[] {
  return [
    ...applicationRoutes(world),
    ...buildRoutes(world),
    ...fileRoutes(world),
    ...scanRoutes(world),
    ...sandboxRoutes(world),
  ];
}
