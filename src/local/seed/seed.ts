import { readFileSync } from 'node:fs';
import { CannotStart, Refusal } from '../store/refusal';
import { checkValueSize, parse, seedFile } from '../schema';
import { seedDemo } from './demo';
import type { Vault } from '../store/vault';

/**
 * Fills a vault that never held anything; leaves any other as it is. `seed` is "demo" or the path of a JSON file
 * `{organizations: [{id?, name}], objects: [{name, value, context}]}`.
 * @throws {CannotStart} when the file can't be read or is not such a file
 */
export function seedVault(vault: Vault, seed: string): void {
	const fill = seed === 'demo' ? seedDemo : fillFrom(seed);
	vault.database.write(() => {
		if (vault.isNew) fill(vault);
	});
}

function fillFrom(file: string): (vault: Vault) => void {
	let raw: unknown;
	try {
		raw = JSON.parse(readFileSync(file, 'utf8'));
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
