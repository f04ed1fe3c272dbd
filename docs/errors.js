// Writes docs/errors.md anew from the registry.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorRegistry } from '@parley/core';
import { renderErrors } from './errors/render.js';
import { findUsers } from './errors/users.js';

const root = join(import.meta.dirname, '..');
writeFileSync(join(import.meta.dirname, 'errors.md'), renderErrors(errorRegistry, findUsers(root)));
