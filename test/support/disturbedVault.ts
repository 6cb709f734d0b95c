import type { CallOptions, NewObject, PageRequest, ValueUpdate } from '../../src/vault/api';
import type {
	KeyContext,
	ObjectMetadata,
	ObjectSummary,
	ObjectVersion,
	Page,
	VaultObject,
} from '../../src/vault/model';
import { FakeVault, type Method } from './fakeVault';

/** A version as it was written: on top of which one, and by whom. It stays when its object is deleted. */
export interface Written {
	readonly object: string;
	readonly id: string;
	readonly value: string;
	readonly before: Written | undefined;
	readonly isOurs: boolean;
}

/** What happens to one call. */
export interface Disturbance {
	/** The request arrives when this resolves. Without a failure its answer never comes: whoever waits for it is gone. */
	readonly arrival?: Promise<void> | undefined;
	/** What somebody else does just before it takes effect. */
	readonly before?: (() => void) | undefined;
	/** It fails, without an effect or, where `isApplied`, after it. */
	readonly failure?: Error | undefined;
	readonly isApplied?: boolean;
}

/** A fake vault whose calls are disturbed as a test says, and that knows who wrote what: we by calls, others by acts. */
export class DisturbedVault extends FakeVault {
	readonly written: Written[] = [];
	disturb: (method: Method) => Disturbance = () => ({});
	#isOurs = false;

	/** The current version of an object, or undefined when it is gone. */
	current(object: string): Written | undefined {
		return this.valuesOf(object) && this.written.findLast((version) => version.object === object);
	}

	override add(name: string, keyContext: KeyContext, value: string): ObjectMetadata {
		return this.#written(super.add(name, keyContext, value), value);
	}

	override publish(id: string, value: string): ObjectMetadata {
		return this.#written(super.publish(id, value), value);
	}

	override listObjects(page: PageRequest, options?: CallOptions): Promise<Page<ObjectSummary>> {
		return this.#meet('listObjects', () => super.listObjects(page, options));
	}

	override describeObject(id: string, options?: CallOptions): Promise<ObjectMetadata> {
		return this.#meet('describeObject', () => super.describeObject(id, options));
	}

	override readObject(id: string, options?: CallOptions): Promise<VaultObject> {
		return this.#meet('readObject', () => super.readObject(id, options));
	}

	override listVersions(id: string, options?: CallOptions): Promise<readonly ObjectVersion[]> {
		return this.#meet('listVersions', () => super.listVersions(id, options));
	}

	override createObject(object: NewObject, options?: CallOptions): Promise<ObjectMetadata> {
		return this.#meet('createObject', () => super.createObject(object, options));
	}

	override updateObject(update: ValueUpdate, options?: CallOptions): Promise<ObjectMetadata> {
		return this.#meet('updateObject', () => super.updateObject(update, options));
	}

	async #meet<T>(method: Method, run: () => Promise<T>): Promise<T> {
		const { arrival, before, failure, isApplied = false } = this.disturb(method);
		if (arrival) {
			void arrival.then(() => this.#takeEffect(run)).catch(() => undefined);
			if (failure) throw failure;
			return new Promise(() => undefined);
		}
		before?.();
		if (failure && !isApplied) throw failure;
		const result = await this.#takeEffect(run);
		if (failure) throw failure;
		return result;
	}

	#takeEffect<T>(run: () => Promise<T>): Promise<T> {
		// A call of the fake vault takes effect before it first waits.
		this.#isOurs = true;
		const answer = run();
		this.#isOurs = false;
		return answer;
	}

	#written(object: ObjectMetadata, value: string): ObjectMetadata {
		const before = this.written.findLast((version) => version.object === object.id);
		this.written.push({ object: object.id, id: object.versionId ?? '', value, before, isOurs: this.#isOurs });
		return object;
	}
}
