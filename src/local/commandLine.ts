import { parseArgs } from 'node:util';
import { type Fault, faultBody } from './administration/fault';
import { parse } from './schema';
import { Refusal } from './store/refusal';

/** How to start Local Vault from the command line. */
export const usage =
	'Usage: localVault [--port N] [--data FILE] [--seed demo|FILE.json] [--latency MS] [--requests-per-minute N] ' +
	'[--api-key sk_…] [--maximum-keys N] [--purge-after DAYS] [--fault JSON]… [--root-key-stdin] [--help]';

/** The arguments can't be used; the message says which and why. */
export class WrongArguments extends Error {}

type WholeNumber = 'port' | 'latency' | 'requests-per-minute' | 'maximum-keys' | 'purge-after';

/** What the arguments ask for. */
export interface Arguments {
	readonly port: number | undefined;
	readonly dataFile: string | undefined;
	readonly seed: string | undefined;
	readonly latency: number | undefined;
	readonly requestsPerMinute: number | undefined;
	readonly apiKey: string | undefined;
	readonly maximumKeys: number | undefined;
	readonly purgeAfterDays: number | undefined;
	readonly faults: readonly Fault[];
	/** The root key is the first line on stdin, and the process ends when stdin closes. */
	readonly readsRootKey: boolean;
	/** Only the usage is asked for. */
	readonly asksHelp: boolean;
}

/** @throws {WrongArguments} */
export function readArguments(args: string[]): Arguments {
	const values = parsed(args);
	const apiKey = values['api-key'];
	if (apiKey !== undefined && !/^sk_[\x21-\x7e]+$/.test(apiKey)) {
		throw new WrongArguments('The value of --api-key must start with sk_ and hold no spaces.');
	}
	for (const name of ['data', 'seed'] as const) {
		if (values[name] === '') throw new WrongArguments(`The value of --${name} must not be empty.`);
	}
	const whole = (name: WholeNumber, least: number, most: number) => {
		const text = values[name];
		if (text === undefined) return undefined;
		const number = Number(text);
		if (/^\d+$/.test(text) && number >= least && number <= most) return number;
		throw new WrongArguments(`The value of --${name} must be a whole number from ${least} to ${most}.`);
	};
	return {
		port: whole('port', 0, 65_535),
		dataFile: values.data,
		seed: values.seed,
		latency: whole('latency', 0, 600_000),
		requestsPerMinute: whole('requests-per-minute', 1, 1_000_000),
		apiKey,
		maximumKeys: whole('maximum-keys', 1, 1_000_000),
		purgeAfterDays: whole('purge-after', 0, 36_500),
		faults: (values.fault ?? []).map(faultOf),
		readsRootKey: values['root-key-stdin'],
		asksHelp: values.help,
	};
}

function faultOf(text: string): Fault {
	try {
		return parse(faultBody, JSON.parse(text), 'invalid');
	} catch (error) {
		const why = error instanceof Refusal ? error.message : 'It is not JSON.';
		throw new WrongArguments(`The value of --fault can't be used: ${why}`);
	}
}

function parsed(args: string[]) {
	const value = { type: 'string' } as const;
	try {
		return parseArgs({
			args,
			options: {
				port: value,
				data: value,
				seed: value,
				latency: value,
				'requests-per-minute': value,
				'api-key': value,
				'maximum-keys': value,
				'purge-after': value,
				fault: { type: 'string', multiple: true },
				'root-key-stdin': { type: 'boolean', default: false },
				help: { type: 'boolean', short: 'h', default: false },
			},
		}).values;
	} catch (error) {
		throw new WrongArguments(error instanceof Error ? error.message : String(error));
	}
}
