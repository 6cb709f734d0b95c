/** The most characters that an object's name has. */
export const maxNameLength = 200;
/** The most bytes that a value has in UTF-8. */
export const maxValueBytes = 1024 * 1024;

// https://workos.com/docs/vault/key-context
/** The most pairs that a key context has. */
export const maxPairs = 10;
/** The most characters that the name of a pair has. */
export const maxPairNameLength = 120;
/** The most characters that the value of a pair has. */
export const maxPairValueLength = 500;
