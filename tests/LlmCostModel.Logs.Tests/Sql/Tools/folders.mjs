// Lets packages import a folder or a file without its extension, as bundlers do.
import { existsSync } from 'node:fs';
import { dirname, extname, join, resolve as combine } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && extname(specifier) !== '.js') {
    const path = combine(dirname(fileURLToPath(context.parentURL)), specifier);
    const found = [`${path}.js`, join(path, 'index.js')].find(candidate => existsSync(candidate));
    return next(found ? pathToFileURL(found).href : specifier, context);
  }

  return next(specifier, context);
}
