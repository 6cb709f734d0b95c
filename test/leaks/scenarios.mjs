import { creating } from './scenarios/creating.mjs';
import { editing } from './scenarios/editing.mjs';
import { encrypting } from './scenarios/encrypting.mjs';
import { leaving } from './scenarios/leaving.mjs';
import { showing } from './scenarios/showing.mjs';

/**
 * What a person does with values, each with canaries of its own.
 * @typedef {object} Scenario
 * @property {string} title
 * @property {string[]} [objects] objects that the vault has beforehand; the value of each is a canary of the same label
 * @property {(run: import('./driver/run.mjs').Run) => Promise<void>} act
 */

/** In the order of one long session. @type {Scenario[]} */
export const scenarios = [...showing, ...editing, ...creating, ...encrypting, ...leaving];
