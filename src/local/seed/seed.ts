import { readFileSync } from 'node:fs';
import { CannotStart, Refusal } from '../store/refusal';
import { checkValueSize, parse, seedFile } from '../schema';
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
		try {
			const { organizations, objects } = parse(seedFile, raw, 'malformed');
			for (const organization of organizations) vault.organizations.create(organization);
			for (const object of objects) {
				checkValueSize(object.value);
				vault.objects.create(object);
			}
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			throw new CannotStart(`The seed ${file} can't be used: ${error.message}`);
		}
	};
}
