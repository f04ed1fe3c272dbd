export { type DuplicateExemptions, type DuplicateLimitOptions, duplicateLimit } from './duplicate-limit.ts';
