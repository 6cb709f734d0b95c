/** Keeps a canary where an extension keeps what it wants to find again. */
exports.activate = (context) => context.globalState.update('control', process.env.LEAK_CONTROL);
