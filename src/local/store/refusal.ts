/** Why a request is refused. Each HTTP dialect gives a reason its own status and body. */
export type Reason =
	| 'malformed'
	| 'invalid'
	| 'unauthorized'
	| 'forbidden'
	| 'notFound'
	| 'noRoute'
	| 'conflict'
	| 'externalIdTaken'
	| 'tooLarge'
	| 'tooManyKeys'
	| 'invalidDataKey'
	| 'keyUnavailable'
	| 'rateLimited';

/** A request that the vault refuses: the reason for programs, the message for people. Never holds a value or a key. */
export class Refusal extends Error {
	constructor(
		readonly reason: Reason,
		message: string,
		readonly retryAfterSeconds?: number,
	) {
		super(message);
	}
}

/** Local Vault can't start, or its data can't be used: the message is a sentence for the person who started it. */
export class CannotStart extends Error {}
