// localReplay.mjs RECORD DATABASE COUNTS: runs the statements of a record in one process, without server and encryption,
// and prints what they took. COUNTS tells how many requests of each kind were recorded, in order: {"read": 20000, …}.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { deserialize } from 'node:v8';
import { percentiles } from './localLoad.mjs';

const WARM_UP = 0.1;
const SYNCHRONOUS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

const [record, file, counts] = process.argv.slice(2);
const { opening, requests } = deserialize(readFileSync(record));
const connection = new DatabaseSync(file);
const statements = new Map();

function statementOf(sql) {
	const known = statements.get(sql);
	if (known) return known;
	const statement = connection.prepare(sql);
	statements.set(sql, statement);
	return statement;
}

function repeat(calls) {
	for (const [method, sql, values] of calls) {
		if (method === 'exec') connection.exec(sql);
		else statementOf(sql)[method](...values);
	}
}

/** What a statement does to which table. */
function outline(sql) {
	const [, verb] = /^\s*(\w+)/.exec(sql);
	const [, table] = /(?:FROM|INTO|UPDATE)\s+(\w+)/i.exec(sql) ?? [];
	return table ? `${verb} ${table}` : sql.trim();
}

const pragma = (name) => Object.values(connection.prepare(`PRAGMA ${name}`).get())[0];

repeat(opening);
const kinds = {};
for (const [kind, count] of Object.entries(JSON.parse(counts))) {
	const some = requests.splice(0, count);
	const warmUp = some.splice(0, Math.ceil(count * WARM_UP));
	for (const calls of warmUp) repeat(calls);
	const times = [];
	const cpuBefore = process.cpuUsage();
	const start = performance.now();
	for (const calls of some) {
		const before = performance.now();
		repeat(calls);
		times.push(performance.now() - before);
	}
	const seconds = (performance.now() - start) / 1000;
	const { user, system } = process.cpuUsage(cpuBefore);
	kinds[kind] = {
		rate: some.length / seconds,
		...percentiles(times),
		cpu: (user + system) / some.length,
		synchronous: SYNCHRONOUS[pragma('synchronous')],
		statements: some[0].map(([, sql]) => outline(sql)),
	};
}
console.log(JSON.stringify({ kinds, journalMode: pragma('journal_mode'), version: process.versions.sqlite }));
connection.close();
