'use strict';
// Preloaded into the CLI: a connection to anything but 127.0.0.1 fails before its name is looked up, and every attempt is
// written down.
const fs = require('node:fs');
const net = require('node:net');

const note = (host) => fs.appendFileSync(process.env.ATTEMPTS_FILE, `${host}\n`);

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
	const [first] = args.flat();
	const host = typeof first === 'object' ? (first.host ?? first.path ?? '127.0.0.1') : String(args[1] ?? '127.0.0.1');
	note(host);
	if (host === '127.0.0.1') return connect.apply(this, args);
	process.nextTick(() => this.destroy(new Error(`Tests let no connection out: ${host}`)));
	return this;
};
