import type { CallOptions, VaultApi } from '../../../src/vault/api';
import type { Method } from '../../support/fakeVault';

/** What the calls below hand over: nothing of it may come back in a log or an error. */
export const secret = {
	apiKey: 'sk_test_CANARY_key_1f0c',
	name: 'CANARY/name of the object',
	value: 'CANARY-value-77\nsecond "line" of CANARY-value-78',
	search: 'CANARY search words',
	context: { organization_id: 'org_CANARY_context' },
	blob: Buffer.from('CANARY blob of wrapped keys').toString('base64'),
	id: 'b4a1f7e2-0000-4000-8000-0000000000aa',
	versionId: 'b4a1f7e2-0000-4000-8000-0000000000bb',
};

const { id, name, value, versionId, blob } = secret;
const keyContext = secret.context;

/** One call of every method. */
export const calls: Readonly<Record<Method, (vault: VaultApi, options?: CallOptions) => Promise<unknown>>> = {
	listOrganizations: (vault, options) => vault.listOrganizations({ search: secret.search }, options),
	getOrganization: (vault, options) => vault.getOrganization(keyContext.organization_id, options),
	listObjects: (vault, options) => vault.listObjects({ search: secret.search }, options),
	listEvents: (vault, options) => vault.listEvents({ kinds: ['created'], order: 'oldestFirst' }, options),
	listActivity: (vault, options) => vault.listActivity({ kinds: ['read'], organizationId: id }, options),
	describeObject: (vault, options) => vault.describeObject(id, options),
	readObject: (vault, options) => vault.readObject(id, options),
	listVersions: (vault, options) => vault.listVersions(id, options),
	readVersion: (vault, options) => vault.readVersion(id, 1, options),
	createObject: (vault, options) => vault.createObject({ name, value, keyContext }, options),
	updateObject: (vault, options) => vault.updateObject({ id, value, versionCheck: versionId }, options),
	deleteObject: (vault, options) => vault.deleteObject(id, versionId, options),
	createDataKey: (vault, options) => vault.createDataKey(keyContext, options),
	decryptDataKey: (vault, options) => vault.decryptDataKey(blob, options),
	rekeyDataKey: (vault, options) => vault.rekeyDataKey(blob, keyContext, options),
};

/** The methods whose lost answer must not be made up for by sending again. */
export const writes: readonly Method[] = ['createObject', 'updateObject', 'deleteObject'];

/** All methods, by name. */
export const methods = Object.keys(calls) as readonly Method[];

/** Those of `methods` that change nothing in the vault. */
export const reads = methods.filter((method) => !writes.includes(method));
