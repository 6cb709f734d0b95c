import { isOrganizationId, isOrganizationName, organizationIdOf, otherSpelling } from './keyContext';
import { maxNameLength } from './limits';
import type { KeyContext } from './model';

/**
 * What may be a mistake in an object's key context, or in its name:
 * - `emptyContext`: a key belongs to a pair, and an empty key context has none (https://workos.com/docs/vault/key-context).
 *   The `workos` CLI makes one where it is given no organization.
 * - `otherSpelling`: customer-managed keys are bound to `organization_id` (https://workos.com/docs/vault/byok), while samples of
 *   WorkOS write `organizationId` (https://workos.com/docs/vault/quick-start). Nobody has said that it is taken for the same.
 * - `userAsOrganization`, `organizationAsUser`, `organizationUnderOtherName`: seen in applications; a key is found by name and
 *   value as they stand (https://workos.com/docs/vault/key-context).
 * - `otherOrganization`: the one that was chosen is not the one that the key context names; the same source.
 * - `colonInValue`: one application had its writes answered with "KEK was created but is not yet ready" for ever
 *   (packages/plugins/workos-vault in https://github.com/UsefulSoftwareCo/executor). WorkOS says nothing about it.
 * - `longName`: the API's description allows 200 characters (https://github.com/workos/openapi-spec). The same application could
 *   create objects of longer names, and every read of them was refused.
 */
export type KeyContextHintCode =
	| 'emptyContext'
	| 'otherSpelling'
	| 'userAsOrganization'
	| 'organizationAsUser'
	| 'organizationUnderOtherName'
	| 'otherOrganization'
	| 'colonInValue'
	| 'longName';

/** Something that may be a mistake. It is no reason to refuse anything. */
export interface KeyContextHint {
	readonly code: KeyContextHintCode;
	/** What may happen, for a person. No value is in it, but the pair's name as it was typed. */
	readonly sentence: string;
	/** The name of the pair that it is about; absent where it is about all of the key context, or the object's name. */
	readonly pair?: string;
}

/** What hints are about: an object, or what is known of one that is to be made. */
export interface HintSubject {
	readonly keyContext: KeyContext;
	readonly name?: string | undefined;
	/** The id of the organization that it was made for, where somebody chose one. */
	readonly madeFor?: string | undefined;
}

const userId = /^user_\w+$/;
const userName = /^user(_?id)?$/i;

/**
 * What may be a mistake, the gravest first. Nobody is asked for it, so that it can't say which organizations have keys of their
 * own: wherever the name decides about them, it says that one may not be used.
 */
export function keyContextHints({ keyContext, name = '', madeFor }: HintSubject): readonly KeyContextHint[] {
	const pairs = Object.entries(keyContext);
	const hints = pairs.flatMap(([pair, value]) => organizationHint(pair, value, keyContext) ?? []);
	if (pairs.length === 0) hints.push({ code: 'emptyContext', sentence: emptySentence });
	if (hints.length === 0 && madeFor !== undefined && organizationIdOf(keyContext) !== madeFor) {
		hints.push({ code: 'otherOrganization', sentence: otherOrganizationSentence });
	}
	for (const [pair, value] of pairs) {
		if (!value.includes(':')) continue;
		const sentence = `“${pair}” has a “:” in its value: the vault may never get the key for it ready.`;
		hints.push({ code: 'colonInValue', sentence, pair });
	}
	if (name.length > maxNameLength) hints.push({ code: 'longName', sentence: longNameSentence });
	return hints;
}

const emptySentence =
	'The key context is empty: all objects with an empty one may share a key, and a customer-managed key may not be used.';
const otherOrganizationSentence =
	'The key context does not name the organization that you chose: the object may not belong to it, and its customer-managed key may not be used.';
const longNameSentence = `The name has more than ${maxNameLength} characters: the vault may refuse to read the object.`;

/** What may be wrong with a pair that has an id of WorkOS under a name that is for another kind of id. */
function organizationHint(pair: string, value: string, context: KeyContext): KeyContextHint | undefined {
	if (isOrganizationName(pair) && userId.test(value)) {
		const sentence = `“${pair}” has a user’s ID: the object may belong to no organization, and a customer-managed key may not be used.`;
		return { code: 'userAsOrganization', sentence, pair };
	}
	if (pair === otherSpelling(context)) {
		const sentence = `Customer-managed keys match on organization_id: with “${pair}” in its place, one may not be used.`;
		return { code: 'otherSpelling', sentence, pair };
	}
	if (!isOrganizationId(value) || isOrganizationName(pair)) return undefined;
	if (userName.test(pair)) {
		const sentence = `“${pair}” has an organization’s ID: all its users may share the key that was meant for one of them.`;
		return { code: 'organizationAsUser', sentence, pair };
	}
	if (organizationIdOf(context) !== undefined) return undefined;
	const sentence = `“${pair}” has an organization’s ID, but organization_id says whose an object is: it may belong to no organization, and a customer-managed key may not be used.`;
	return { code: 'organizationUnderOtherName', sentence, pair };
}
