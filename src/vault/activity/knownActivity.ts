import type { VaultApi } from '../api';
import { organizationIdOf } from '../keyContext';
import type { KnownObject } from '../model';
import { ObjectActivity } from './objectActivity';
import type { OwnRead } from './ownReads';

/** The most objects whose activity is kept, and the most of our own reads of each. */
const mostObjects = 200;
const mostReads = 500;

/** What this window learnt of who used which object, and when it read them itself: in memory, while the session lasts. */
export class KnownActivity {
	readonly #activities = new Map<string, ObjectActivity>();
	readonly #reads = new Map<string, readonly OwnRead[]>();

	constructor(private readonly api: Pick<VaultApi, 'listActivity'>) {}

	/** The activity of an object, with all that was learnt of it before. Asks nobody. */
	of({ id, name, keyContext }: KnownObject): ObjectActivity {
		const activity =
			this.#activities.get(id) ?? new ObjectActivity(this.api, { name, organizationId: organizationIdOf(keyContext) });
		keep(this.#activities, id, activity);
		return activity;
	}

	/** When an object was last read, by anybody, as far as that was learnt; there may be later reads. */
	lastReadOf(id: string): Date | undefined {
		const ours = this.ownReadsOf(id).findLast(({ isAnswered }) => isAnswered)?.endedAt;
		const anybodys = this.#activities.get(id)?.lastRead?.at;
		return ours && anybodys ? new Date(Math.max(ours.getTime(), anybodys.getTime())) : (ours ?? anybodys);
	}

	/** Our own reads of an object's values, the oldest first. */
	ownReadsOf(id: string): readonly OwnRead[] {
		return this.#reads.get(id) ?? [];
	}

	/** Notes when a call ran that reads an object's value: the vault may have read it though no answer came. */
	async noteRead<T>(id: string, call: () => Promise<T>): Promise<T> {
		const sentAt = new Date();
		const note = (isAnswered: boolean) => {
			const read = { sentAt, endedAt: new Date(), isAnswered };
			keep(this.#reads, id, [...this.ownReadsOf(id), read].slice(-mostReads));
		};
		try {
			const answer = await call();
			note(true);
			return answer;
		} catch (error) {
			note(false);
			throw error;
		}
	}
}

/** Keeps what was used last, and as much of the rest as there is room for. */
function keep<T>(map: Map<string, T>, id: string, value: T): void {
	map.delete(id);
	map.set(id, value);
	const [oldest] = map.keys();
	if (map.size > mostObjects && oldest !== undefined) map.delete(oldest);
}
