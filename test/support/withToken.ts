import { Draft } from '../../src/vault/drafts/draft';
import type { ObjectMetadata } from '../../src/vault/model';
import { makeApp, type FakeApp, type FakeAppOptions } from './fakes';

/** An app whose vault and tree hold the object `token` with the value `one`, and an untouched draft of it. */
export async function withToken(
	options?: FakeAppOptions,
): Promise<FakeApp & Readonly<{ token: ObjectMetadata; draft: Draft; values: () => unknown }>> {
	const made = makeApp(options);
	const token = made.vault.add('token', { organization_id: 'org_acme' }, 'one');
	made.catalog.put(token);
	const draft = Draft.ofObject('one', await made.vault.readObject(token.id));
	made.vault.forgetCalls();
	const values = () => made.vault.valuesOf(token.id);
	return { ...made, token, draft, values };
}
