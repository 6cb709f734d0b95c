// Preloaded into Local Vault: writes down every statement that it runs, request by request, so that localReplay.mjs can
// run the very same ones without a server. Meant for one request at a time.
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { serialize } from 'node:v8';

const texts = new WeakMap();
const opening = [];
const requests = [];
let calls = opening;

subscribe('http.server.request.start', () => {
	calls = [];
	requests.push(calls);
});

const { prepare, exec } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (sql, ...options) {
	const statement = prepare.call(this, sql, ...options);
	texts.set(statement, sql);
	return statement;
};
DatabaseSync.prototype.exec = function (sql) {
	calls.push(['exec', sql, []]);
	return exec.call(this, sql);
};
for (const method of ['get', 'all', 'run']) {
	const original = StatementSync.prototype[method];
	StatementSync.prototype[method] = function (...values) {
		calls.push([method, texts.get(this), values]);
		return original.apply(this, values);
	};
}

process.on('exit', () => writeFileSync(process.env.BENCH_RECORD, serialize({ opening, requests })));
