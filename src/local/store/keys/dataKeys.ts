import { CannotOpen } from './crypto';
import type { Database } from '../database';
import type { Events } from '../events';
import type { KeyContext } from './keyContext';
import type { DataKey, Keyring } from './keyring';
import { Refusal } from '../refusal';

/** A data key, and the same one sealed under a context: base64, for whoever keeps it. */
export interface SealedDataKey {
	readonly dataKey: DataKey;
	readonly sealed: string;
}

/** The data keys that applications encrypt with on their own side. The vault keeps none of them. */
export class DataKeys {
	constructor(
		private readonly database: Database,
		private readonly keyring: Keyring,
		private readonly events: Events,
	) {}

	/** A new data key. @throws {Refusal} `tooManyKeys`, `keyUnavailable` */
	create(context: KeyContext): SealedDataKey {
		return this.#seal(this.keyring.newDataKey(), context);
	}

	/** Opens what {@link create} has sealed. @throws {Refusal} `invalidDataKey`, `keyUnavailable` */
	open(sealed: string): DataKey {
		return this.database.audit(() => {
			const dataKey = this.#open(sealed);
			this.events.record('vault.dek.decrypted', { key_id: dataKey.id }, undefined);
			return dataKey;
		});
	}

	/** The same data key, sealed under another context. @throws {Refusal} `invalidDataKey`, `tooManyKeys`, `keyUnavailable` */
	rekey(sealed: string, context: KeyContext): SealedDataKey {
		return this.database.write(() => this.#seal(this.open(sealed), context));
	}

	// Not an audit: a key-encryption key that is made here has to outlast a power cut, or the data key is lost with it.
	#seal(dataKey: DataKey, context: KeyContext): SealedDataKey {
		return this.database.write(() => {
			const keyIds = this.keyring.keyIdsOf(context);
			const sealed = this.keyring.sealDataKey(dataKey, keyIds).toString('base64');
			const eventData = { key_ids: keyIds, key_context: context };
			this.events.record('vault.dek.read', eventData, context.organization_id);
			return { dataKey, sealed };
		});
	}

	#open(sealed: string): DataKey {
		const blob = Buffer.from(sealed, 'base64');
		try {
			// Buffer skips what is no base64, and a blob that was changed has to be refused.
			if (blob.toString('base64') !== sealed) throw new CannotOpen();
			return this.keyring.openDataKey(blob);
		} catch (error) {
			if (!(error instanceof CannotOpen)) throw error;
			const sentence = 'Invalid data key: the encrypted data key was changed, or is not one of this vault.';
			throw new Refusal('invalidDataKey', sentence);
		}
	}
}
