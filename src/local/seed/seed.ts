import { readFileSync } from 'node:fs';
import { CannotStart, Refusal } from '../store/refusal';
import { checkValueSize, parse, seedFile } from '../schema';
import { itemsOf } from '../store/keyring';
import { seedDemo } from './demo';
import type { Vault } from '../store/vault';

/** Fills an empty vault. @throws {CannotStart} when what it was made of can't be used */
export type Seed = (vault: Vault) => void;

/**
 * What fills a vault: the examples for "demo", or the JSON file of that path, which is read now:
 * `{organizations: [{id?, name}], objects: [{name, value, context}]}`. Nothing when undefined.
 * @throws {CannotStart} when the file can't be read or is not JSON
 */
export function seedOf(source: string | undefined): Seed {
	if (source === undefined) return () => undefined;
	return source === 'demo' ? seedDemo : seedOfFile(source);
}

function seedOfFile(file: string): Seed {
	let raw: unknown;
	try {
		raw = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
	} catch (error) {
		// The message of a JSON error quotes the text around it, and that may be a value.
		const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
		const reason =
			error instanceof SyntaxError ? 'it is not JSON' : isMissing ? 'it is not there' : 'it is no readable file';
		throw new CannotStart(`The seed ${file} can't be read: ${reason}.`);
	}
	return (vault) => {
		let at = '';
		try {
			const { organizations, objects } = parse(seedFile, raw, 'malformed');
			vault.makeRoomForKeys(new Set(objects.flatMap(({ context }) => itemsOf(context))).size);
			for (const [index, organization] of organizations.entries()) {
				at = `, organization ${index + 1} (“${organization.name}”)`;
				vault.organizations.create(organization);
			}
			for (const [index, object] of objects.entries()) {
				at = `, object ${index + 1} (“${object.name}”)`;
				checkValueSize(object.value);
				vault.objects.create(object);
			}
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			throw new CannotStart(`The seed ${file}${at} can't be used: ${error.message}${nameIn(raw, error.message)}`);
		}
	};
}

/** The name of the first object or organization that a message speaks of by its place; an empty text for none. */
function nameIn(raw: unknown, message: string): string {
	const [, list = '', place = ''] = /"(objects|organizations)\.(\d+)/.exec(message) ?? [];
	const entry = (raw as Record<string, unknown[] | undefined>)[list]?.[Number(place)];
	const name = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
	return typeof name === 'string' ? ` Number ${place}, counted from 0, is “${name.slice(0, 200)}”.` : '';
}
