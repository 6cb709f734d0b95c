/** The runs that have ended and are to be examined. @type {import('./driver/run.mjs').Run[]} */
export const ended = [];
