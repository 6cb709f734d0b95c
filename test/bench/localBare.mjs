// A Hono server with the routes of the four measured requests and nothing behind them: each answers a constant.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

const lines = createInterface({ input: process.stdin });
lines.once('close', () => process.exit());
lines.once('line', (line) => {
	const answers = JSON.parse(line);
	const constant = (name, status) => (c) => c.body(answers[name], status, { 'Content-Type': 'application/json' });
	const app = new Hono();
	app.get('/vault/v1/kv', constant('list', 200));
	app.post('/vault/v1/kv', constant('create', 201));
	app.get('/vault/v1/kv/:id', constant('read', 200));
	app.put('/vault/v1/kv/:id', constant('update', 201));
	// As the server of Local Vault has it in a process of its own.
	const listener = getRequestListener(app.fetch, { overrideGlobalObjects: true });
	const server = createServer((request, response) => void listener(request, response));
	server.listen(0, '127.0.0.1', () => {
		console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
	});
});
