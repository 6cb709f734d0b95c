import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { organization } from '../driver/vault.mjs';

/** The moment after which what was typed is kept, and what was to appear has appeared. */
export const settled = () => delay(1000);

/** Writes a file of the person's own with a new canary in it. */
export function ownFile(run, label, content = run.canaries.make(label)) {
	const file = path.join(run.folders.own, `${label.replaceAll(' ', '-')}.txt`);
	writeFileSync(file, content);
	return file;
}

/** Opens a draft and types a new canary into it; answers the text that it holds then. */
export async function typeInto(run, name, label, delay = 0) {
	const before = await run.vault.read(name);
	await run.person.edit(name);
	const typed = `-${run.canaries.make(label)}`;
	await run.person.type(typed, delay);
	await run.person.seeText(typed);
	return before + typed;
}

export async function publish({ person }, name) {
	await person.press('Control+S');
	await person.acknowledge(`Published a new version of “${name}”`);
}

/** Goes through the questions of Create Object up to the one where the value comes from. */
export async function startCreating({ person }, name) {
	await person.runCommand('WorkOS Vault: Create Object…');
	await person.pick(organization.name);
	await person.answer('unique in this environment', name);
	await person.pick('Organization,');
}

export async function created(run, name, value) {
	await run.person.acknowledge(`Created “${name}”.`);
	assert.equal(await run.vault.read(name), value);
}

/** Makes somebody else publish over a draft, and answers the draft's text once the conflict is told. */
export async function collide(run, name) {
	const mine = await typeInto(run, name, `${name}, mine`);
	await run.vault.publish(name, run.canaries.make(`${name}, theirs`));
	await run.person.press('Control+S');
	await run.person.notice('Somebody published a newer version');
	return mine;
}
