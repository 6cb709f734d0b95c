import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** The organization that every object of a run belongs to. */
export const organization = { id: 'org_01TEST0000000000000000ACME', name: 'Acme' };

/**
 * Starts a Local Vault over a file, and answers another client of it.
 * @param {{ program: string, folder: string, apiKey: string }} options
 */
export async function startVault({ program, folder, apiKey }) {
	mkdirSync(folder, { recursive: true });
	const args = [program, '--data', path.join(folder, 'vault.sqlite'), '--api-key', apiKey];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	process.once('exit', () => child.kill());
	const line = await new Promise((resolve, reject) => {
		child.stdout.once('data', (chunk) => resolve(String(chunk)));
		child.once('exit', (code) => reject(new Error(`Local Vault ended with ${code}.`)));
	});
	const { url } = JSON.parse(line);

	async function call(method, route, body) {
		const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
		const answer = await fetch(url + route, { method, headers, ...(body && { body: JSON.stringify(body) }) });
		if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status}`);
		return answer.json();
	}
	const find = async (name) => call('GET', `/vault/v1/kv/name/${encodeURIComponent(name)}`);
	await call('POST', '/_local/organizations', organization);

	return {
		url,
		call,
		create: (name, value) =>
			call('POST', '/vault/v1/kv', { name, value, key_context: { organization_id: organization.id } }),
		/** An object's value; this is a read that the vault logs. */
		read: async (name) => (await find(name)).value,
		publish: async (name, value) => call('PUT', `/vault/v1/kv/${(await find(name)).id}`, { value }),
		fail: (route, fault) => call('POST', '/_local/faults', { route, ...fault }),
		/** How many reads the vault has logged. */
		countReads: async () => {
			const { data } = await call('GET', '/events?events=vault.data.read&limit=100');
			if (data.length === 100) throw new Error('There are more reads than one page of events has.');
			return data.length;
		},
		async stop() {
			const ended = new Promise((resolve) => child.once('exit', resolve));
			child.kill();
			await ended;
		},
	};
}
