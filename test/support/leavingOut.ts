import type { VaultApi } from '../../src/vault/api';
import type { ObjectMetadata } from '../../src/vault/model';
import type { Method } from './fakeVault';

const withVersion = new Set<Method>(['describeObject', 'readObject', 'createObject', 'updateObject']);

/**
 * A vault whose answers leave out `version_id` where `isLeftOut` says so, as the live API's may. The list of versions
 * always has it.
 */
export function leavingOutVersions(vault: VaultApi, isLeftOut: () => boolean): VaultApi {
	return new Proxy(vault, {
		get: (target, method: Method) => {
			const call = target[method].bind(target) as (...asked: unknown[]) => Promise<object>;
			if (!withVersion.has(method)) return call;
			return async (...asked: unknown[]) => {
				const answer = (await call(...asked)) as ObjectMetadata;
				return isLeftOut() ? { ...answer, versionId: undefined } : answer;
			};
		},
	});
}
