import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { CannotStart, Refusal } from '../store/refusal';
import { checkValueSize, parse, seedFile, seedObject, seedOrganization } from '../schema';
import { itemsOf } from '../store/keys/keyContext';
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
		const read = <T>(what: string, entries: readonly unknown[], schema: z.ZodType<T>) =>
			entries.map((entry, index): [string, T] => {
				at = whereIn(what, index, entry);
				return [at, parse(schema, entry, 'malformed', 'It')];
			});
		try {
			const lists = parse(seedFile, raw, 'malformed', 'It');
			const organizations = read('organization', lists.organizations, seedOrganization);
			const objects = read('object', lists.objects, seedObject);
			vault.makeRoomForKeys(new Set(objects.flatMap(([, { context }]) => itemsOf(context))).size);
			for (const [place, organization] of organizations) {
				at = place;
				vault.organizations.create(organization);
			}
			for (const [place, object] of objects) {
				at = place;
				checkValueSize(object.value);
				vault.objects.create(object);
			}
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			throw new CannotStart(`The seed ${file}${at} can't be used: ${error.message}`);
		}
	};
}

/** Where an entry stands in its list, counted from 1, with its name where it has one. */
function whereIn(what: string, index: number, entry: unknown): string {
	const name = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
	const isUsable = typeof name === 'string' && name.trim() !== '';
	return `, ${what} ${index + 1}${isUsable ? ` (“${name.slice(0, 200)}”)` : ''}`;
}
