import { Catalog } from '../../src/vault/catalog/catalog';
import { Outline } from '../../src/vault/outline/outline';
import { FakeVault } from './fakeVault';
import { picture } from './picture';

/** The key context of Acme's objects, and the key of its row. */
export const acme = { organization_id: 'org_acme' };
export const acmeRow = 'organization:org_acme';

const onlyOrganizations = (label: string): boolean => ['Acme', 'Globex', 'No organization'].includes(label);

/** An outline over an empty vault. */
export function makeOutline(): { vault: FakeVault; catalog: Catalog; outline: Outline } {
	const vault = new FakeVault();
	vault.tellsEvents = false;
	const catalog = new Catalog(vault);
	return { vault, catalog, outline: new Outline(vault, catalog) };
}

/** The tree as text, with the organizations open. */
export function drawOrganizations(outline: Outline): Promise<string> {
	return picture(outline, onlyOrganizations);
}

/** Gives Acme `count` objects. */
export function fillAcme(vault: FakeVault, count: number): void {
	vault.addOrganizations('Acme');
	for (let index = 0; index < count; index++) vault.add(`key ${index}`, acme);
}
