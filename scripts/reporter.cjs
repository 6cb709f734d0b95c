'use strict';
// Mocha's usual report, and besides one line of JSON for each failure in the file that TEST_FAILURES names: steps.mjs
// says at the end what failed, and how to run just that.
const { appendFileSync } = require('node:fs');
const {
	reporters: { Spec },
} = require('mocha');

module.exports = class extends Spec {
	constructor(runner, options) {
		super(runner, options);
		runner.on('fail', (failed) => {
			const file = process.env.TEST_FAILURES;
			const only = (failed.type === 'hook' ? failed.parent : failed).fullTitle();
			if (file) appendFileSync(file, `${JSON.stringify({ title: failed.fullTitle(), only })}\n`);
		});
	}
};
