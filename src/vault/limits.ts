/** The most characters that an object's name has. */
export const maxNameLength = 200;
