// For programs that make projects.

export type { Choices, StorageName } from './choices.ts';
export { projectFiles, writeProject } from './project.ts';
export { fillIn } from './questions.ts';
export { Refusal } from './refusal.ts';
