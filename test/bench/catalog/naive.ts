import { WorkOS } from '@workos-inc/node';
import { timed, type Bench, type Server } from './running';

/** What a scan cost. */
export interface Cost {
	readonly requests: number;
	readonly ms: number;
}

/** Which object belongs to which organization, as a user of the SDK would find it out: the list, then one by one. */
export async function naiveScan({ apiKey }: Bench, { url }: Server): Promise<Cost> {
	const { hostname, port } = new URL(url);
	let requests = 0;
	const workos = new WorkOS({
		apiKey,
		apiHostname: hostname,
		port: Number(port),
		https: false,
		fetchFn: (...args) => {
			requests++;
			return fetch(...args);
		},
	});
	const { ms } = await timed(async () => {
		// Without a limit: with one, the SDK's `autoPagination` answers the first page only.
		const list = await workos.vault.listObjects();
		for (const { id } of await list.autoPagination()) await workos.vault.describeObject({ id });
	});
	return { requests, ms };
}
