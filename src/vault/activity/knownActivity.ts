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

	/** When an object was last read, of what was learnt; undefined where nobody asked, or no read was found. */
	lastReadOf(id: string): Date | undefined {
		return this.#activities.get(id)?.lastRead?.at;
	}

	/** Our own reads of an object's value, the oldest first. */
	ownReadsOf(id: string): readonly OwnRead[] {
		return this.#reads.get(id) ?? [];
	}

	/** Notes when a call ran that read an object's value, whether or not its answer came. */
	async noteRead<T>(id: string, call: () => Promise<T>): Promise<T> {
		const sentAt = new Date();
		try {
			return await call();
		} finally {
			keep(this.#reads, id, [...this.ownReadsOf(id), { sentAt, answeredAt: new Date() }].slice(-mostReads));
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
