import { createHash } from 'node:crypto';
import { uuidFromName } from '../store/keys/crypto';
import { certificate } from './demoCertificate';
import {
	type MakeValue,
	alternating,
	connection,
	env,
	json,
	large,
	odbc,
	pem,
	pin,
	returning,
	token,
	unicode,
} from './demoValues';
import { ulid } from '../store/identifiers';
import type { KeyContext } from '../store/keys/keyContext';
import type { Vault } from '../store/vault';

interface DemoObject {
	readonly name: string;
	readonly value: MakeValue;
	readonly versions: number;
	readonly context: KeyContext;
	/** How often it was read lately, where that is not left to its place in the list. */
	readonly reads?: number;
}

const dayMs = 86_400_000;
const newestAgeMs = 3 * 60_000;
const oldestAgeMs = 400 * dayMs;
const readsWithinMs = 28 * dayMs;
/** Every so many objects, one was read, at most so often. */
const oneReadIn = 4;
const mostReads = 9;

const tern = 'Arctic Tern Logistics';
const harbor = 'Harborlight Payments';
const lumen = 'Lumenfield Energy';
const meadow = 'Meadowbrook Health';
const oak = 'Oak & Anvil Studio';
const demoOrganizations = [tern, harbor, lumen, meadow, oak];

const stationNames = [
	['aarhus', 'antwerp', 'bergen', 'bilbao', 'bremen', 'cork', 'dublin', 'gdansk', 'genoa', 'ghent', 'gothenburg'],
	['hamburg', 'helsinki', 'le-havre', 'leixoes', 'malmo', 'oslo', 'reykjavik', 'riga', 'rotterdam', 'stavanger'],
	['tallinn', 'trieste', 'tromso', 'turku', 'vigo'],
].flat();

const servicesOf: Readonly<Record<string, readonly string[]>> = {
	[harbor]: ['checkout', 'ledger', 'payouts'],
	[lumen]: ['billing', 'grid', 'meters'],
	[meadow]: ['appointments', 'labs', 'records'],
	[oak]: ['assets', 'renders', 'website'],
};

/** The id of an organization of the demo: the same in every demo vault. */
function organizationId(name: string): string {
	return `org_${ulid(Date.UTC(2025, 8, 1), createHash('sha256').update(`demo ${name}`).digest().subarray(0, 10))}`;
}

function of(organization: string, more: KeyContext = {}): KeyContext {
	return { organization_id: organizationId(organization), ...more };
}

function station(name: string, index: number): DemoObject[] {
	const at = `stations/${name}`;
	const gateway = of(tern, { data_type: 'gateway' });
	const scanners = Array.from({ length: 6 }, (_, number) => ({
		name: `${at}/scanner-${String(number + 1).padStart(2, '0')}/token`,
		value: token,
		versions: 1 + ((index + number) % 3 === 0 ? 1 : 0),
		context: of(tern),
	}));
	return [
		{ name: `${at}/door-controller/pin`, value: pin, versions: 1 + (index % 4), context: of(tern) },
		{ name: `${at}/gateway/client-key.pem`, value: pem, versions: 2, context: gateway },
		{ name: `${at}/gateway/mqtt-url`, value: connection('mqtts', 8883, `/${name}`), versions: 1, context: gateway },
		{ name: `${at}/warehouse/credentials.json`, value: json, versions: 1 + (index % 2), context: of(tern) },
		...scanners,
	];
}

function service(organization: string, name: string, index: number): DemoObject[] {
	const context = of(organization);
	return [
		{ name: `${name}/DATABASE_URL`, value: connection('postgres', 5432, `/${name}`), versions: 3 + index, context },
		{ name: `${name}/REDIS_URL`, value: connection('rediss', 6380, '/0'), versions: 1 + index, context },
		{
			name: `${name}/api-client.json`,
			value: json,
			versions: 4,
			context: of(organization, { data_type: 'credentials' }),
		},
		{ name: `${name}/production.env`, value: env, versions: 6 + index, context },
		{ name: `${name}/signing-key.pem`, value: pem, versions: 2, context },
	];
}

const specialObjects: readonly DemoObject[] = [
	// It has everything that an object's activity and versions can show.
	{ name: 'stripe-webhook-secret', value: returning, versions: 12, context: of(harbor), reads: 40 },
	{ name: 'legacy/odbc.ini', value: odbc, versions: 2, context: of(harbor) },
	{ name: 'service-area.json', value: large, versions: 2, context: of(lumen) },
	{ name: 'patients/consent-key', value: token, versions: 3, context: of(meadow, { user_id: 'user_demo_consents' }) },
	{ name: 'Café Menü/Schlüssel', value: unicode, versions: 3, context: of(oak) },
	{ name: 'promo/100% off.json', value: json, versions: 1, context: of(oak) },
	{ name: 'tls/www.oakandanvil.example', value: () => certificate, versions: 1, context: of(oak) },
	{ name: 'customs/broker-key', value: token, versions: 2, context: { organizationId: organizationId(tern) } },
	{ name: 'ci/container-registry', value: token, versions: 5, context: { team: 'platform' } },
	{ name: 'status-page/token', value: token, versions: 1, context: { data_type: 'shared' } },
	{ name: 'mail/relay-token', value: alternating, versions: 5, context: of(harbor) },
];

const userIds = ['ada', 'bela', 'carl', 'dora', 'emil', 'fay'];
const demoProviders = ['anthropic', 'google', 'openai'];

/** The id of a user of an application. */
function userId(name: string): string {
	return `user_${ulid(Date.UTC(2025, 10, 1), createHash('sha256').update(`demo user ${name}`).digest().subarray(0, 10))}`;
}

/** What applications keep of their users and of the services that they call: ids in names, and mostly no organization. */
function ofApplications(): DemoObject[] {
	const keys = demoProviders.map((provider) => ({
		name: `gateway/${provider}/api-key`,
		value: token,
		versions: 2,
		context: { app: 'gateway', kind: 'api-key', provider },
	}));
	const tokens = demoProviders.flatMap((provider) =>
		[lumen, oak].map((organization, index) => ({
			name: `${provider}/oauth/${organizationId(organization)}/${300 + index}`,
			value: json,
			versions: 3,
			context: of(organization, { provider }),
		})),
	);
	const users = userIds.flatMap((name, index) => [
		{ name: `byok-gateway-${userId(name)}-slack`, value: token, versions: 1, context: { userId: userId(name) } },
		{
			name: `agent-proxy:${userId(name)}`,
			value: json,
			versions: 1 + (index % 3),
			context: { user_id: userId(name), data_type: 'oauth' },
		},
	]);
	return [...keys, ...tokens, ...users];
}

/** The demo's objects in the order of their names. */
function demoObjects(): DemoObject[] {
	const services = Object.entries(servicesOf).flatMap(([organization, names]) =>
		names.flatMap((name, index) => service(organization, name, index)),
	);
	return [...stationNames.flatMap(station), ...services, ...specialObjects, ...ofApplications()].sort((a, b) =>
		a.name < b.name ? -1 : 1,
	);
}

/**
 * Fills a vault with five believable organizations and some 350 objects, which were read now and then in the last weeks. Names, ids, values and order are the same each
 * time, ages are relative to now. Created from the last name to the first, so that a list, newest first, is in order.
 */
export function seedDemo(vault: Vault): void {
	const now = Date.now();
	for (const name of demoOrganizations.toReversed()) {
		vault.organizations.create({ name, id: organizationId(name), at: now - oldestAgeMs - dayMs });
	}
	const objects = demoObjects().toReversed();
	const steps = objects.flatMap(({ name, value, versions, context }, index) => {
		const age = newestAgeMs + (oldestAgeMs - newestAgeMs) * (1 - index / (objects.length - 1)) ** 2;
		const id = uuidFromName(`demo object ${name}`);
		return Array.from({ length: versions }, (_, before) => {
			const version = {
				value: value(name, before + 1),
				versionId: uuidFromName(`demo version ${before + 1} of ${name}`),
				at: Math.round(now - age * (1 - before / versions)),
			};
			const take = () =>
				before === 0 ? vault.objects.create({ id, name, context, ...version }) : vault.objects.update(id, version);
			return { at: version.at, id, take };
		});
	});
	const created = new Map(steps.toReversed().map(({ at, id }) => [id, at]));
	const reads = objects.flatMap(({ name, reads: often }, index) => {
		const id = uuidFromName(`demo object ${name}`);
		const length = often ?? (index % oneReadIn === 0 ? 1 + (index % mostReads) : 0);
		return Array.from({ length }, (_, number) => {
			const part = ((index * 37 + number * 61) % 97) / 97;
			const at = Math.round(now - newestAgeMs - part * readsWithinMs);
			return { at, id, take: () => vault.objects.read(id, {}, at) };
		});
	});
	// In the order of time, as its events would have come; nobody reads what is not there yet.
	const isThere = ({ at, id }: { at: number; id: string }) => at > (created.get(id) ?? 0);
	for (const { take } of [...steps, ...reads.filter(isThere)].sort((one, other) => one.at - other.at)) take();
}
